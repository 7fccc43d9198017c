"""Österbotten: the whole path of a client in Swedish, and no word of another language left over."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from tests.order_pages import back_in_scope, set_day
from tests.swedish import (
    BORN,
    CODE,
    GIVEN,
    MARCH,
    MONDAYS,
    NEEDS,
    POINTS,
    SITE,
    Path,
    draft,
    home_help,
    walk_of,
)
from tests.unit.web.public import filled
from tests.walk import Walk, text_of
from valinta.clients.actions import give_mandate
from valinta.clients.models import Client
from valinta.demo.people import person
from valinta.evaluation.models import Round
from valinta.messages.actions import write_message
from valinta.messages.models import Thread
from valinta.orders.models import Order
from valinta.plans.models import Decision
from valinta.plans.states import Way
from valinta.processes.open_wellbeing import open_due_rounds
from valinta.processes.send_notices import send_notices
from valinta.processes.verify_books import verify_books
from valinta.processes.write_access_letter import write_access_letter
from valinta.providers.models import Worker
from valinta.shared.periods import Period
from valinta.users.actor import system
from valinta.users.permissions import Role
from valinta.wishes.models import Basket


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    settings.DEMO = True
    stage = open_stage("osterbotten", on=MARCH)
    set_day(stage, MARCH)
    return stage


@shows("OST-8")
def test_a_visitor_finds_no_word_of_another_language_before_signing_in(stage: Stage) -> None:
    first, second = home_help(stage)
    walk = walk_of(stage)
    for page in (
        "/", "/personal-budget/", "/service-voucher/", "/programmes/", SITE, f"{SITE}provider/",
        "/sign-in/", "/sign-in/letter/", "/invitation/", "/tray/", "/tray/services/",
        "/providers/", f"/providers/{first.approval.provider_id}/",
    ):  # fmt: skip
        walk.open(page)
    # Searched with Swedish words: spelt right, spelt wrong, and without an answer.
    walk.typed = {"hemservise", "flygplan"}
    for words in ("hemservice", "hemservise", "flygplan"):
        found = walk.open(f"/tray/?q={words}")
        assert ("Vardagshjälp Ab" in found) == (words != "flygplan"), words
    picked = f"pick={first.pk}&pick={second.pk}"
    for query in (picked, f"{picked}&value=30", ""):
        walk.open(f"/tray/compare/?{query}")
    # She comes forward; first she leaves the form empty.
    form = f"{SITE}come-forward/"
    walk.open(form)
    given = filled(walk.browser, form, municipality="598")
    walk.send(form, {"seal": given["seal"]}, 422)
    assert "En klienthandledare kontaktar dig" in walk.send(form, given)
    walk.send("/sign-in/letter/", {"code": "", "born_on": ""}, 422)
    walk.send("/sign-in/letter/", {"code": "AAAA-BBBB-CCCC", "born_on": "1.3.1942"}, 422)
    walk.send("/invitation/", {"code": "AAAA-BBBB-CCCC", "step": "look"}, 422)
    walk.open("/nowhere/", 404)
    assert not walk.faults, "\n".join(walk.faults)


@shows("OST-8")
def test_greta_comes_in_with_the_code_of_a_letter_in_swedish(stage: Stage) -> None:
    greta = stage.client("Greta", municipality="Pietarsaari", born_on=BORN)
    stage.grant(greta, NEEDS, points=POINTS)
    letter = text_of(write_access_letter(client=greta, by=stage.manager, at=stage.now).pdf)
    walk = walk_of(stage)
    (code,) = CODE.findall(letter)
    walk.read("the letter with the code", letter.replace(code, ""))
    home = walk.send("/sign-in/letter/", {"code": code, "born_on": "1.3.1942"})
    assert "Greta" in home
    own = f"/my/{greta.pk}/"
    for page in ("", "budget/", "plan/", "orders/", "messages/", "history/"):
        walk.open(own + page)
    # What a letter's code does not open is told in Swedish too.
    walk.open(f"{own}order/", 403)
    walk.open(f"{own}supporters/invite/", 403)
    assert not walk.faults, "\n".join(walk.faults)


@pytest.fixture
def path(stage: Stage) -> Path:
    greta = stage.client("Greta", municipality="Pietarsaari", born_on=BORN)
    stage.grant(greta, NEEDS, points=POINTS)
    return Path(stage, greta, walk_of(stage, greta))


@shows("OST-8")
def test_greta_orders_confirms_disputes_and_changes_provider_in_swedish(path: Path) -> None:
    stage = path.stage
    first, second = home_help(stage)
    for page in ("", "budget/", "try/", "order/", "order/?service=home-service"):
        path.open(page)
    assert "22,00 €" in path.open("budget/")

    # She tries before she orders: too much, and then what there is money for.
    at = f"?service=home-service&offer={first.pk}"
    path.open(f"order/{at}")
    for how in ("once", "week", "amount"):
        path.open(f"order/{at}&how={how}")
        path.send(f"order/{at}&how={how}", {"minutes": "", "quantity": "x"}, 422)
    much = MONDAYS | {"minutes": "480"}
    assert "Välj mindre" in path.send(f"order/{at}&how=week", much, 422)
    path.send(f"order/{at}&how=week", MONDAYS | {"first_on": "2019-01-01"}, 422)
    order = path.order(first, "week", MONDAYS)
    for page in ("", "orders/", f"orders/{order.pk}/", "visits/"):
        path.open(page)
    path.open(f"orders/{order.pk}/call-off/?day=2019-03-25")
    path.send(f"orders/{order.pk}/call-off/?day=2019-03-25", {})

    back_in_scope(stage)
    # Two visits are reported: one is confirmed, the other is not as it should be.
    visits = [stage.report(order, date(2019, 3, day), 1_00) for day in (4, 11)]
    set_day(stage, date(2019, 3, 12))
    for page in ("", "visits/", f"orders/{order.pk}/"):
        path.open(page)
    path.walk.send(f"/my/visits/{visits[0].pk}/confirm/", {})
    dispute = f"/my/visits/{visits[1].pk}/dispute/"
    path.walk.open(dispute)
    path.walk.send(dispute, {"what": "other"}, 422)
    path.walk.send(dispute, {"what": "nobody"})
    for page in ("visits/", f"orders/{order.pk}/", f"orders/{order.pk}/code/"):
        path.open(page)
    path.send(f"orders/{order.pk}/code/", {})
    path.open(f"orders/{order.pk}/rate/")
    path.send(f"orders/{order.pk}/rate/", {}, 422)
    path.send(f"orders/{order.pk}/rate/", {"stars": "3", "words": "Ny skötare varje gång."})

    # So she changes provider; the order that is left she ends.
    change = f"orders/{order.pk}/change/"
    path.open(change)
    path.open(f"{change}?offer={second.pk}")
    path.send(f"{change}?offer={second.pk}", {}, 422)
    path.send(f"{change}?offer={second.pk}", {"reason": "Alltid en ny skötare."})
    back_in_scope(stage)
    new = Order.objects.get(offer=second)
    for page in ("orders/", f"orders/{order.pk}/", f"orders/{new.pk}/", f"orders/{new.pk}/end/"):
        path.open(page)
    path.send(f"orders/{new.pk}/end/", {}, 422)
    path.send(f"orders/{new.pk}/end/", {"reason": "Min dotter hjälper mig."})
    for page in ("", "budget/", "history/", "looked/"):
        path.open(page)
    path.open(f"orders/{order.pk + 99}/", 404)
    assert not path.walk.faults, "\n".join(path.walk.faults)


@shows("OST-8")
def test_greta_tries_plans_and_signs_in_swedish(path: Path) -> None:
    stage = path.stage
    first, second = home_help(stage)
    # Two baskets, one of them a wish; and a question about what the tray does not have.
    line = {
        "service": first.service_id, "offer": first.pk, "amount_weekday-day": "4",
        "kind": "period", "first_month": "2019-04", "months": "2",
    }  # fmt: skip
    path.open("try/")
    path.send("try/put/", line | {"amount_weekday-day": "mycket"}, 422)
    path.send("try/put/", line)
    back_in_scope(stage)
    basket = Basket.objects.get()
    path.send("try/change/", {"basket": basket.pk, "do": "copy"})
    back_in_scope(stage)
    copy = Basket.objects.exclude(pk=basket.pk).get()
    more = line | {"amount_weekday-day": "40", "basket": copy.pk, "other": basket.pk}
    assert "för lite" in path.send("try/put/", more)
    path.send("try/change/", {"basket": basket.pk, "do": "wish", "words": "Så vill jag ha det."})
    path.open(f"try/?basket={copy.pk}&other={basket.pk}&service={first.service_id}")
    path.open("requests/")
    path.send("requests/ask/", {"kind": "", "words": ""}, 422)
    path.send("requests/ask/", {"kind": "service", "words": "Musik hemma varje vecka."})

    # She writes in her own words, with someone beside her, and signs what was agreed.
    path.open("plan/support/?question=1")
    writing = path.open("plan/support/")
    (seen,) = re.findall(r'name="seen-good-day" value="(\w*)"', writing)
    words = {"text-good-day": "Jag dricker kaffe med min syster.", "seen-good-day": seen}
    path.send("plan/support/save/", words)
    path.walk.typed = {"Min syster kommer."}
    path.send("plan/support/save/", words | {"text-good-day": "Min syster kommer."}, 422)
    (seen,) = re.findall(r'name="seen-good-day" value="(\w*)"', path.open("plan/support/"))
    words |= {"seen-good-day": seen, "finish": "1"}
    path.send("plan/support/save/", words)
    path.open("plan/support/versions/1/")
    for page in ("supporters/", "supporters/invite/"):
        path.open(page)
    path.send("supporters/invite/", {"name": ""}, 422)
    invited = {
        "name": "Sanna Sten", "kind": "supporter_expert", "sight": "see_plan", "acts": ["write"],
        "last_on": "2019-05-01",
    }  # fmt: skip
    code = CODE.search(path.send("supporters/invite/", invited))
    assert code is not None
    path.open("supporters/")
    other = walk_of(stage)
    other.typed = {"sanna.sten"}
    other.send("/invitation/", {"code": code[0], "step": "look"})
    joining = {
        "code": code[0], "step": "join", "name": "Sanna Sten", "username": "sanna.sten",
        "password": "tre-tallar-1987", "again": "fyra-tallar",
    }  # fmt: skip
    other.send("/invitation/", joining, 422)
    other.send("/invitation/", joining | {"again": "tre-tallar-1987"})
    for page in ("/my/people/", f"{path.own}plan/", f"{path.own}plan/support/"):
        other.open(page)
    other.open(f"{path.own}budget/", 404)
    path.open("supporters/")

    plan = draft(stage, path.greta)
    path.open("plan/")
    path.send(f"plan/{plan.pk}/comment/", {"text": ""}, 422)
    path.send(f"plan/{plan.pk}/comment/", {"text": "Går det på förmiddagen?"})
    path.send(f"plan/{plan.pk}/sign/", {})
    for page in ("plan/", "plan/decisions/", "", "history/", "looked/"):
        path.open(page)
    back_in_scope(stage)
    decision = Decision.objects.get(enrolment__client=path.greta)
    letter = path.walk.letter(f"{path.own}plan/decisions/{decision.pk}/letter/")
    assert "Beslut om personlig budget" in letter
    assert "Din klienthandledare" in letter
    faults = path.walk.faults + other.faults
    assert not faults, "\n".join(faults)


@shows("OST-8")
def test_greta_asks_answers_and_leaves_in_swedish(path: Path, mailoutbox: list[Any]) -> None:
    stage = path.stage
    first, _ = home_help(stage)
    path.order(first, "week", MONDAYS)
    # Messages with an attachment, and an e-mail that tells of an answer.
    for page in ("messages/", "messages/new/", "messages/notices/"):
        path.open(page)
    path.send("messages/new/", {"to": "", "subject": "", "words": ""}, 422)
    asked = {"to": "case_manager", "subject": "Städdag", "words": "Kan jag byta dag?"}
    image = SimpleUploadedFile("dörr.exe", b"MZ", "application/octet-stream")
    path.send("messages/new/", {**asked, "files": image}, 422)
    file = SimpleUploadedFile("dörr.pdf", b"%PDF-1.7".ljust(4096), "application/pdf")
    path.send("messages/new/", {**asked, "files": file})
    path.send("messages/notices/", {"wanted": "yes", "email": "inte en adress"}, 422)
    path.send("messages/notices/", {"wanted": "yes", "email": "greta@example.fi"})
    back_in_scope(stage)
    thread = Thread.objects.get(client=path.greta)
    write_message(thread=thread, words="Ja, det går bra.", by=stage.manager, at=stage.now)
    sent = send_notices(
        organiser_id=stage.organiser.pk, site="https://example.fi/", sender="valinta@example.fi",
        by=system(stage.organiser.pk), at=stage.now,
    )  # fmt: skip
    assert sent == len(mailoutbox) == 1
    path.walk.typed = {"https://example.fi/"}
    path.walk.read("the e-mail", f"{mailoutbox[0].subject} {mailoutbox[0].body}")
    for page in ("", "messages/", f"messages/{thread.pk}/"):
        path.open(page)
    path.send(f"messages/{thread.pk}/", {"words": ""}, 422)
    path.send(f"messages/{thread.pk}/", {"words": "Tack!"})

    # How is she? One question on a page, with a pause.
    back_in_scope(stage)
    open_due_rounds(programme=stage.programme, by=system(stage.organiser.pk), at=stage.now)
    rounds = list(Round.objects.filter(client=path.greta).order_by("pk"))
    assert {one.measure_code for one in rounds} == {"everyday-life", "own-goals"}
    for page in ("", "wellbeing/"):
        path.open(page)
    for one in rounds:
        at = f"wellbeing/{one.pk}/"
        for number, question in enumerate(one.questions, 1):
            path.open(f"{at}{number}/")
            path.send(f"{at}{number}/", {"do": "next"}, 422)
            path.send(f"{at}{number}/", GIVEN[question["kind"]])
        path.send(f"{at}1/", {"do": "pause"} | GIVEN[one.questions[0]["kind"]])
        path.open(f"{at}check/")
        path.send(f"{at}check/", {})
    path.open("wellbeing/answers/")

    # She leaves: what that does is told first. Her data she takes with her.
    path.open("leave/")
    path.send("leave/", {"reason": ""}, 422)
    path.send("leave/", {"sure": "on", "reason": "Jag flyttar till min dotter."})
    for page in ("", "left/", "leave/", "budget/", "try/", "order/", "history/"):
        path.open(page)
    answer = path.walk.browser.post(f"{path.own}my-data/")
    assert 'filename="valinta-mina-uppgifter.json"' in answer.headers["Content-Disposition"]
    assert not path.walk.faults, "\n".join(path.walk.faults)
    back_in_scope(stage)
    assert verify_books() == []


@shows("OST-8")
@pytest.mark.parametrize("answer", ["accept", "refuse"])
def test_a_voucher_is_explained_and_answered_in_swedish(
    answer: str, db: None, settings: Settings
) -> None:
    # Österbotten has the budget alone; the words of a voucher are those of every programme.
    settings.DEMO = True
    stage = open_stage("kanta-hame", on=MARCH)
    set_day(stage, MARCH)
    elli = stage.client("Elli", municipality="Forssa")
    Client.objects.filter(pk=elli.pk).update(language="sv")
    needs = {"home-service": (Way.VOUCHER, 6_00, False)}
    spring = Period(MARCH, date(2019, 5, 1))
    (voucher,) = stage.grant(elli, needs, period=spring, accept=False).vouchers
    stage.offer(stage.provider("Vardagshjälp Ab"), "home-service", "34.00")
    path = Path(stage, elli, walk_of(stage, elli))
    at = f"vouchers/{voucher.pk}/"
    for page in ("", "plan/", at, "plan/decisions/"):
        path.open(page)
    path.send(f"{at}fee/", {"income": "", "household": ""}, 422)
    path.send(f"{at}fee/", {"income": "1500", "household": "1"})
    letter = path.walk.letter(f"{path.own}plan/decisions/{voucher.decision_id}/letter/")
    assert "Beslut om servicesedel" in letter
    if answer == "accept":
        (told,) = re.findall(r'name="told" value="(\w+)"', path.open(at))
        path.send(f"{at}accept/", {"told": "of another day"})
        path.send(f"{at}accept/", {"told": told})
    else:
        path.open(f"{at}refuse/")
        path.send(f"{at}refuse/", {"reason": ""}, 422)
        path.send(f"{at}refuse/", {"way": "own_service", "reason": "Jag vill ha en bekant."})
    for page in ("", "budget/", "plan/", at, "order/", "order/?service=home-service", "history/"):
        path.open(page)
    assert not path.walk.faults, "\n".join(path.walk.faults)


@shows("OST-8")
def test_what_goes_wrong_is_told_in_swedish(path: Path) -> None:
    stage, walk = path.stage, path.walk
    for page, status in (
        ("/nowhere/", 404),
        (f"/my/{path.greta.pk + 99}/", 404),
        ("/casework/", 403),
    ):
        walk.open(page, status)
    # A form that was open too long.
    strict = Walk("sv", walk.organisers, Browser(enforce_csrf_checks=True))
    strict.send("/sign-in/letter/", {"code": "x"}, 403)
    back_in_scope(stage)
    # Her son may order for her, but not from his own company.
    first, _ = home_help(stage)
    son = person(stage.organiser, "Sven Sten", Role.REPRESENTATIVE, "sv", "-sven")
    give_mandate(
        client=path.greta, user=son.user, kind="authorised",
        scope=["see", "plan", "order", "confirm"], period=Period(MARCH, date(2019, 6, 1)),
        by=stage.actor(path.greta), at=stage.now,
    )  # fmt: skip
    Worker.objects.create(
        provider=first.approval.provider, user=son.user, valid=(date(2015, 1, 1), None)
    )
    acting = walk_of(stage)
    acting.browser.force_login(son.user)
    acting.open(path.own)
    acting.open(f"{path.own}order/?service=home-service&offer={first.pk}", 403)
    acting.open(f"{path.own}leave/")
    faults = walk.faults + strict.faults + acting.faults
    assert not faults, "\n".join(faults)
