"""Messages of a client: three ways to ask, files that are what they say, and who reads along."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest.mock import ANY
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import TODAY, Scene
from tests.unit.web.rows import user as new_user
from valinta.audit.models import Entry
from valinta.messages import actions
from valinta.messages.addresses import code_for
from valinta.messages.files import MOST_BYTES
from valinta.messages.models import Attachment, Message, Notice, NoticeChoice, Thread
from valinta.messages.states import Route, Side
from valinta.organisers import tenancy
from valinta.processes.send_notices import send_notices
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.users.actor import Actor, actor_of, system

NOW = datetime(2020, 11, 19, 12, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
PDF = b"%PDF-1.7\n%made up for a test\n"
PNG = b"\x89PNG\r\n\x1a\nmade up"


def actor(world: Scene, key: str) -> Actor:
    user_id = world.users[key].pk
    with tenancy.scope([world.organiser.pk], user_id):
        return actor_of(user_id, TODAY)


def enter(world: Scene) -> None:
    """Work for the organiser again: each request leaves the scope when it ends."""
    tenancy.enter([world.organiser.pk], None)


def ask(world: Scene, subject: str = "Keskiviikon aika", to: Route = Route.CASE_MANAGER) -> Thread:
    assert world.aino is not None
    enter(world)
    return actions.open_thread(
        client=world.aino,
        route=to,
        subject=subject,
        words="Käykö se?",
        by=actor(world, "aino"),
        at=NOW,
    )


def page(world: Scene, end: str = "") -> str:
    assert world.aino is not None
    return f"/my/{world.aino.pk}/messages/{end}"


def helmis_provider(world: Scene) -> Provider:
    provider = world.offers["kotihoito"].approval.provider
    Worker.objects.create(
        provider=provider,
        user=world.users["helmi"],
        level=Level.OFFICE,
        valid=(date(2018, 1, 1), None),
    )
    return provider


def test_an_empty_page_says_what_will_be_here(world: Scene) -> None:
    answer = signed_in(world, "aino").get(page(world))
    assert "Et ole vielä kirjoittanut kenellekään" in answer.content.decode()


def test_a_question_goes_to_the_provider_the_case_manager_or_the_office(world: Scene) -> None:
    browser = signed_in(world, "aino")
    provider = helmis_provider(world)
    for to, route in (
        ("case_manager", Route.CASE_MANAGER),
        ("office", Route.OFFICE),
        (f"provider-{provider.pk}", Route.PROVIDER),
    ):
        form = {"to": to, "subject": "Aika", "words": "Voiko ajan siirtää?"}
        answer = browser.post(page(world, "new/"), form, follow=True)
        assert "Viestisi on lähetetty" in answer.content.decode()
        enter(world)
        made = Thread.objects.get(route=route)
        assert made.messages.get().side == Side.CLIENT
        assert (made.provider_id is not None) == (route is Route.PROVIDER)


def test_nothing_typed_is_lost_when_something_is_missing(world: Scene) -> None:
    form = {"to": "", "subject": "", "words": "Tämä on jo kirjoitettu."}
    answer = signed_in(world, "aino").post(page(world, "new/"), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Valitse, keneltä haluat kysyä." in text
    assert "Kirjoita muutamalla sanalla, mistä on kyse." in text
    assert "Tämä on jo kirjoitettu." in text
    enter(world)
    assert not Thread.objects.exists()


def test_a_provider_whom_the_client_does_not_know_cannot_be_written_to(world: Scene) -> None:
    stranger = Provider.objects.exclude(orders__client=world.aino).first()
    assert stranger is not None
    form = {"to": f"provider-{stranger.pk}", "subject": "Hei", "words": "Tuletteko?"}
    assert signed_in(world, "aino").post(page(world, "new/"), form).status_code == 422
    enter(world)
    with pytest.raises(actions.NotYourProviderNow):
        actions.open_thread(
            client=world.aino,
            route=Route.PROVIDER,
            provider=stranger,
            subject="Hei",
            words="Tuletteko?",
            by=actor(world, "aino"),
            at=NOW,
        )


def test_files_are_kept_as_what_they_are(world: Scene) -> None:
    files = [
        SimpleUploadedFile("../../resepti.PDF", PDF, "text/html"),
        SimpleUploadedFile("kuva.exe", PNG, "application/octet-stream"),
    ]
    form = {"to": "office", "subject": "Paperit", "words": "Tässä.", "files": files}
    browser = signed_in(world, "aino")
    assert browser.post(page(world, "new/"), form).status_code == 302
    enter(world)
    kept = list(Attachment.objects.order_by("pk").values_list("name", "kind", "size"))
    assert kept == [
        ("resepti.pdf", "application/pdf", len(PDF)),
        ("kuva.png", "image/png", len(PNG)),
    ]
    one = Attachment.objects.order_by("pk")[0]
    answer = browser.get(f"/my/{world.aino.pk}/attachments/{one.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ([("sivu.pdf", b"<html><script>alert(1)</script>")], "Lähetä PDF-tiedosto tai kuva"),
        ([("iso.pdf", PDF + b"x" * MOST_BYTES)], "enintään 5 megatavua"),
        ([("a.png", PNG)] * 4, "enintään 3 tiedostoa"),
    ],
)
def test_a_file_that_cannot_be_sent_is_named_and_the_words_stay(
    world: Scene, files: list[tuple[str, bytes]], fault: str
) -> None:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    form = {"to": "office", "subject": "Paperit", "words": "Säilyvätkö nämä?", "files": sent}
    answer = signed_in(world, "aino").post(page(world, "new/"), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert fault in text
    assert "Säilyvätkö nämä?" in text
    enter(world)
    assert not Message.objects.exists()


def test_both_sides_go_on_in_the_thread_and_see_what_is_new(world: Scene) -> None:
    thread = ask(world)
    actions.write_message(
        thread=thread, words="Käy hyvin.", by=actor(world, "leena"), at=NOW + timedelta(hours=1)
    )
    browser = signed_in(world, "aino")
    assert "1 uusi" in browser.get(page(world)).content.decode()
    read = browser.get(page(world, f"{thread.pk}/")).content.decode()
    assert "Käy hyvin." in read
    assert "Leena Mäki" in read
    assert "1 uusi" not in browser.get(page(world)).content.decode()
    enter(world)
    sides = thread.messages.order_by("pk").values_list("side", flat=True)
    assert list(sides) == [Side.CLIENT, Side.OTHER]


def test_each_way_is_read_by_those_it_leads_to_and_nobody_else(
    world: Scene, elsewhere: Scene
) -> None:
    office = new_user(world, "tove", "Tove Toimisto", "office")
    provider = helmis_provider(world)
    threads = {route: ask(world, route, route) for route in (Route.CASE_MANAGER, Route.OFFICE)}
    threads[Route.PROVIDER] = actions.open_thread(
        client=world.aino,
        route=Route.PROVIDER,
        provider=provider,
        subject="Avain",
        words="Avain on naapurilla.",
        by=actor(world, "aino"),
        at=NOW,
    )
    readers = {
        "aino": set(threads),
        "kaisa": set(threads),
        "leena": {Route.CASE_MANAGER},
        "tove": {Route.OFFICE},
        "helmi": {Route.PROVIDER},
        "onni": set(),
    }
    assert office.pk == world.users["tove"].pk
    for key, routes in readers.items():
        seen = Thread.objects.visible_to(actor(world, key)).values_list("route", flat=True)
        assert set(seen) == routes, key
        for route, thread in threads.items():
            if route not in routes:
                with pytest.raises((actions.NotYourThread, PermissionError)):
                    actions.write_message(thread=thread, words="Hei", by=actor(world, key), at=NOW)
    with tenancy.scope([elsewhere.organiser.pk, world.organiser.pk]):
        for key in ("aino", "leena", "helmi"):
            assert not Thread.objects.visible_to(actor(elsewhere, key)).exists()


def test_another_clients_thread_is_not_there_and_the_attempt_is_noted(world: Scene) -> None:
    thread = ask(world)
    assert world.onni is not None
    answer = signed_in(world, "onni").get(f"/my/{world.onni.pk}/messages/{thread.pk}/")
    assert answer.status_code == 404
    enter(world)
    assert Entry.objects.filter(
        verb="refused",
        subject_kind="thread",
        subject_id=thread.pk,
        client_id=world.aino.pk,
        by_id=world.users["onni"].pk,
    ).exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_threads(world: Scene, count: int) -> None:
    for number in range(count):
        ask(world, f"Asia {number}")
    browser = signed_in(world, "aino")
    browser.get(page(world))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get(page(world))
    assert len(queries) == QUERIES, [one["sql"] for one in queries]


QUERIES = 11


def test_a_notice_by_email_tells_nothing_but_that_there_is_news(
    world: Scene, mailoutbox: list[ANY]
) -> None:
    browser = signed_in(world, "aino")
    form = {"wanted": "yes", "email": "aino@example.fi"}
    assert browser.post(page(world, "notices/"), form).status_code == 302
    enter(world)
    code = code_for(NoticeChoice.objects.get())
    browser.post(page(world, "notices/confirm/"), {"code": code})
    enter(world)
    Notice.objects.all().delete()
    thread = ask(world, "Terveysasia")
    for hour in (1, 2):
        actions.write_message(
            thread=thread,
            words="Lääkkeesi on vaihdettu.",
            by=actor(world, "leena"),
            at=NOW + timedelta(hours=hour),
        )
    assert Notice.objects.count() == 1, "one e-mail is enough for what waits"
    send = {
        "organiser_id": world.organiser.pk,
        "site": "https://valinta.example/",
        "sender": "valinta@example.fi",
        "by": system(world.organiser.pk),
    }
    assert send_notices(**send, at=NOW) == 1
    assert send_notices(**send, at=NOW) == 0
    mail = mailoutbox[0]
    assert mail.to == ["aino@example.fi"]
    assert mail.subject == "Valinnassa on sinulle uutta"
    for secret in ("Aino", "Terveysasia", "Lääkkeesi", "Leena", str(thread.pk)):
        assert secret not in mail.subject + mail.body
    browser.post(page(world, "notices/"), {"wanted": "no", "email": ""})
    enter(world)
    assert not NoticeChoice.objects.exists()


def test_a_sender_that_died_is_followed_by_another(world: Scene, mailoutbox: list[ANY]) -> None:
    notice = Notice.objects.create(
        organiser=world.organiser, user=world.users["aino"], made_at=NOW, taken_at=NOW, tries=1
    )
    NoticeChoice.objects.create(
        organiser=world.organiser,
        user=world.users["aino"],
        email="a@example.fi",
        chosen_at=NOW,
        confirmed_at=NOW,
    )
    send = {
        "organiser_id": world.organiser.pk,
        "site": "https://valinta.example/",
        "sender": "valinta@example.fi",
        "by": system(world.organiser.pk),
    }
    assert send_notices(**send, at=NOW + timedelta(minutes=1)) == 0
    assert send_notices(**send, at=NOW + timedelta(minutes=20)) == 1
    notice.refresh_from_db()
    assert notice.tries == 2


def test_a_bad_address_is_told_at_the_field(world: Scene) -> None:
    form = {"wanted": "yes", "email": "aino(at)example"}
    answer = signed_in(world, "aino").post(page(world, "notices/"), form)
    assert answer.status_code == 422
    assert "Kirjoita sähköpostiosoite" in answer.content.decode()
    assert "aino(at)example" in answer.content.decode()


def test_the_pages_are_the_clients_own(world: Scene) -> None:
    thread = ask(world)
    for end in ("", "new/", "notices/", f"{thread.pk}/"):
        assert Browser().get(page(world, end)).status_code == 302
        assert signed_in(world, "onni").get(page(world, end)).status_code == 404
        assert signed_in(world, "leena").get(page(world, end)).status_code == 404
        assert signed_in(world, "kaisa").get(page(world, end)).status_code == 200
