"""The decisions page: what was decided, how long a change can be claimed, and the letter."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from django.test import Client as Browser
from pypdf import PdfReader

from tests.unit.web import rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import AT, Scene
from tests.unit.web.test_plan_page import queries, text_of
from valinta.audit.models import Entry
from valinta.organisers import tenancy
from valinta.plans.models import Decision


def english(world: Scene, key: str) -> Browser:
    browser = signed_in(world, key)
    browser.cookies["django_language"] = "en"
    return browser


def ended(world: Scene, count: int) -> None:
    """So many earlier decisions of Aino's that have ended."""
    own = Decision.objects.get(enrolment__client=world.aino)
    for number in range(count):
        first = date(2019, 1, 1) + timedelta(days=number)
        Decision.objects.create(
            organiser=world.organiser,
            enrolment=own.enrolment,
            plan=own.plan,
            state="ended",
            monthly_cents=1000,
            legal_basis=[],
            made_at=AT - timedelta(days=400 - number),
            ended_at=AT,
            valid=(first, first + timedelta(days=1)),
        )


def test_the_page_tells_each_decision_and_until_when_a_change_can_be_claimed(world: Scene) -> None:
    text = text_of(english(world, "aino").get(f"/my/{world.aino.pk}/plan/decisions/"))
    assert "in force" in text
    assert "€1,240.00 a month" in text
    assert "within 30 days from when you got the decision" in text
    # Made on 24 September, and now it is 19 November; offices are closed on a Saturday.
    assert "the time ended on Mon 26 Oct" in text
    assert "How to claim a revised decision" in text
    assert "your case manager helps you to write" in text


def test_a_fresh_decision_tells_the_earliest_end_of_the_time(world: Scene) -> None:
    world.organiser.demo_today = date(2020, 10, 1)
    world.organiser.save()
    text = text_of(english(world, "aino").get(f"/my/{world.aino.pk}/plan/decisions/"))
    assert "The time ends on Mon 26 Oct at the earliest." in text


def test_the_letter_is_a_tagged_pdf_in_the_clients_language_without_a_name_in_its_own(
    world: Scene,
) -> None:
    made = Decision.objects.get(enrolment__client=world.onni)
    browser = signed_in(world, "onni")
    answer = browser.get(f"/my/{world.onni.pk}/plan/decisions/{made.pk}/letter/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="beslut-{made.pk}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    pdf = PdfReader(BytesIO(answer.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    assert "Beslut" in pdf.pages[0].extract_text()
    other = browser.get(f"/my/{world.onni.pk}/plan/decisions/{made.pk}/letter/?language=en")
    assert "Decision" in PdfReader(BytesIO(other.content)).pages[0].extract_text()
    assert f"decision-{made.pk}.pdf" in other.headers["Content-Disposition"]
    with tenancy.scope([world.organiser.pk]):
        read = Entry.objects.filter(verb="read", client_id=world.onni.pk)
        assert read.filter(purpose="own decisions").count() == 2


def test_another_clients_letter_is_not_there(world: Scene, elsewhere: Scene) -> None:
    own = Decision.objects.get(enrolment__client=world.onni)
    with tenancy.scope([elsewhere.organiser.pk]):
        theirs = Decision.objects.get(enrolment__client=elsewhere.aino)
    browser = english(world, "aino")
    for client, made in ((world.aino, own), (world.onni, own), (elsewhere.aino, theirs)):
        path = f"/my/{client.pk}/plan/decisions/{made.pk}/letter/"
        assert browser.get(path).status_code == 404
    assert browser.get(f"/my/{elsewhere.aino.pk}/plan/decisions/").status_code == 404
    with tenancy.scope([world.organiser.pk]):
        refused = Entry.objects.filter(verb="refused", subject_kind="decision")
        assert [one.client_id for one in refused] == [world.onni.pk]


def test_thirty_decisions_take_as_many_queries_as_one(world: Scene) -> None:
    browser, path = english(world, "aino"), f"/my/{world.aino.pk}/plan/decisions/"
    browser.get(path)
    few = queries(lambda: browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        ended(world, 29)
    assert queries(lambda: browser.get(path)) == few
    assert text_of(browser.get(path)).count("Open the letter (PDF)") == 30


def test_somebody_without_a_decision_is_told_when_there_will_be_one(world: Scene) -> None:
    rows.user(world, "eila", "Eila Uusi", "client")
    eila, _ = rows.client(world, "eila", "020340-903D", date(1940, 3, 2))
    text = text_of(english(world, "eila").get(f"/my/{eila.pk}/plan/decisions/"))
    assert "No decision has been made yet." in text
