"""Providers apply, and the office decides: conditions, clarification, approval, suspension."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests import applicants, jobs
from tests import desk as by
from tests.cast import Stage
from tests.mission import shows
from valinta.catalogue.models import Offer, Service
from valinta.messages.models import Thread
from valinta.orders.models import Moving, Order, OrderKind
from valinta.plans.states import Way
from valinta.processes.move_clients import move_client, not_yet_moved
from valinta.processes.order_rules import ProviderSuspended
from valinta.processes.order_service import Wanted, order_service
from valinta.processes.verify_books import verify_books
from valinta.providers.application_actions import answer_clarification, hand_in
from valinta.providers.models import Application, Approval, Evidence, RegisterEntry, Worker
from valinta.providers.states import ApplicationState
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.web.office import providers_withdrawing

ON = date(2019, 3, 1)


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def office(stage: Stage) -> by.Desk:
    browser = by.Desk(stage, "en")
    browser.force_login(User.objects.get(pk=stage.staff.office.user.pk))
    return browser


def page(stage: Stage, *rest: object) -> str:
    return "/".join((f"/office/{stage.programme.pk}/providers", *map(str, rest), ""))


def services(stage: Stage, many: int) -> list[str]:
    known = Service.objects.filter(programme=stage.programme).order_by("pk")
    return list(known.values_list("code", flat=True)[:many])


def accept_all(stage: Stage, browser: by.Desk, application: Application) -> None:
    for one in Evidence.objects.filter(application=application, state="received"):
        answer = browser.post(page(stage, "evidence", one.pk, "judge"), {"verdict": "accept"})
        assert answer.status_code == 302


def note_entry(stage: Stage, browser: by.Desk, application: Application) -> None:
    """The office looks the company up in the register and notes what it sees."""
    at = f"{page(stage, 'registers', 'add')}?application={application.pk}"
    form = by.text(browser.get(at))
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    sent = {"register": application.register, "state": "registered"} | {
        key: typed[key] for key in ("business_id", "name", "number", "starts_on")
    }
    assert browser.post(at, sent)["Location"] == page(stage, "applications", application.pk)


@shows("SIU-8")
def test_a_company_applies_and_is_approved_on_a_register_and_a_dated_rulebook() -> None:
    stage = by.stage_of("siun-sote", ON)
    code = services(stage, 1)[0]
    application = applicants.sent(stage, "Kotiapu Koivu", applicants.first_price(stage, code, 2500))
    browser, at = office(stage), page(stage, "applications", application.pk)
    listed = by.text(browser.get(page(stage)))
    assert "Kotiapu Koivu" in listed
    assert "6 conditions not met yet" in listed
    shown = by.text(browser.get(at))
    assert "20 days old when it was handed in; at most 90 days" in shown
    assert "Not ready to be approved" in shown
    # Without the entry in a register nothing is approved, even by a form kept from before.
    accept_all(stage, browser, application)
    early = {"services": [code], "starts_on": "2019-03-01"}
    assert "A condition is not met yet" in by.text(browser.post(f"{at}approve/", early), 422)
    note_entry(stage, browser, application)
    assert "2019-03-01" in by.text(browser.get(at))
    assert browser.post(f"{at}approve/", early).status_code == 302
    approval = Approval.objects.get(provider__name="Kotiapu Koivu")
    entry = RegisterEntry.objects.get(business_id=application.business_id)
    assert (approval.register, approval.register_number) == (entry.register, entry.number)
    assert approval.rulebook.version == "2017"
    assert approval.rulebook_accepted_at == application.rulebook_accepted_at
    offer = Offer.objects.get(approval=approval)
    assert offer.service.code == code
    assert offer.prices.get().cents == 2500
    assert Worker.objects.get(provider=approval.provider).user_id == application.applicant_id
    decided = by.text(browser.get(at))
    assert "version 2017, accepted" in decided
    assert "Kotiapu Koivu" in by.text(browser.get(page(stage, approval.pk)))


@shows("OST-7")
def test_a_missing_and_an_old_paper_are_clarified_by_the_company_itself() -> None:
    stage = by.stage_of("osterbotten", ON)
    who = applicants.applicant(stage, "Maria Hakija")
    code = services(stage, 1)[0]
    application = applicants.sent(
        stage, "Hemhjälp Havet", applicants.first_price(stage, code, 2500), who=who,
        without=("pension-certificate",), ages={"tax-certificate": 120},
    )  # fmt: skip
    browser, at = office(stage), page(stage, "applications", application.pk)
    note_entry(stage, browser, application)
    accept_all(stage, browser, application)
    shown = by.text(browser.get(at))
    assert "120 days old when it was handed in; at most 90 days" in shown
    # What lacks something is in the form of the clarification already.
    assert "– Tax certificate: too old\n– Pension insurance certificate: missing" in shown
    late = {"questions": "Send newer papers.", "answer_by": "2019-02-20"}
    assert "Choose a day after today." in by.text(browser.post(f"{at}ask/", late), 422)
    asked = {"questions": "Send newer papers.", "answer_by": applicants.until(ON, 14)}
    assert browser.post(f"{at}ask/", asked).status_code == 302
    application.refresh_from_db()
    assert application.state == ApplicationState.CLARIFICATION
    # The applicant has time; a refusal does not come before it has run.
    soon = browser.post(f"{at}refuse/", {"refusal": "Papers are missing."})
    assert "still has time to answer" in by.text(soon, 422)
    for condition in ("tax-certificate", "pension-certificate"):
        hand_in(
            application=application, condition=condition, shown=applicants.paper(stage, 3),
            by=who.actor, at=stage.now,
        )  # fmt: skip
    answer_clarification(
        clarification=application.clarifications.get(), answer="Här är de nya intygen.",
        by=who.actor, at=stage.now,
    )  # fmt: skip
    shown = by.text(browser.get(at))
    assert "Send newer papers." in shown
    assert "Här är de nya intygen." in shown
    accept_all(stage, browser, application)
    assert "3 days old when it was handed in" in by.text(browser.get(at))
    approved = browser.post(f"{at}approve/", {"services": [code], "starts_on": "2019-03-01"})
    assert approved.status_code == 302
    application.refresh_from_db()
    assert application.state == ApplicationState.APPROVED
    # The old papers are kept beside the new ones.
    assert application.evidence.filter(condition="tax-certificate").count() == 2


def test_the_office_keeps_what_comes_by_post_and_refuses_what_it_is_not() -> None:
    stage = by.stage_of("osterbotten", ON)
    code = services(stage, 1)[0]
    application = applicants.sent(
        stage, "Städ Solsken", applicants.first_price(stage, code, 2500), without=("insurance",)
    )
    browser, at = office(stage), page(stage, "applications", application.pk)
    days = {"condition": "insurance", "issued_on": "2019-02-20", "valid_until": "2019-12-31"}
    script = SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>", "application/pdf")
    wrong = browser.post(f"{at}hand-in/", {**days, "file": script})
    assert "Send a PDF, or a picture as PNG or JPEG." in by.text(wrong, 422)
    scan = SimpleUploadedFile("../../etc/vakuutus.pdf", applicants.PDF, "text/html")
    assert browser.post(f"{at}hand-in/", {**days, "file": scan}).status_code == 302
    kept = Evidence.objects.get(application=application, condition="insurance")
    assert (kept.name, kept.content_type) == ("vakuutus.pdf", "application/pdf")
    paper = browser.get(page(stage, "evidence", kept.pk))
    assert b"".join(paper.streaming_content) == applicants.PDF
    assert "attachment" in paper["Content-Disposition"]
    judge = page(stage, "evidence", kept.pk, "judge")
    silent = by.text(browser.post(judge, {"verdict": "refuse"}), 422)
    assert "Say what is wrong with it" in silent
    browser.post(judge, {"verdict": "refuse", "words": "The name is another company's."})
    assert "The name is another company&#x27;s." in by.text(browser.get(at))
    refused = browser.post(f"{at}refuse/", {"refusal": "The insurance is not the company's."})
    assert refused.status_code == 302
    shown = by.text(browser.get(at))
    assert "The insurance is not the company&#x27;s." in shown
    assert "within 30 days" in shown
    assert "Städ Solsken" in by.text(browser.get(page(stage, "decided")))
    # A second click changes nothing and is told so.
    again = by.text(browser.post(f"{at}refuse/", {"refusal": "Twice."}), 409)
    assert "Somebody else was faster" in again
    assert "Twice." in again


@shows("SIU-8")
def test_a_support_service_is_proved_by_the_organisers_own_register() -> None:
    stage = by.stage_of("siun-sote", ON)
    code = services(stage, 1)[0]
    application = applicants.sent(stage, "Lumityö Lehto", applicants.first_price(stage, code, 1900))
    browser, at = office(stage), page(stage, "applications", application.pk)
    accept_all(stage, browser, application)
    towns = list(stage.programme.municipalities.order_by("code").values_list("code", flat=True))
    entry = {
        "register": "organiser-register", "business_id": application.business_id,
        "name": "Lumityö Lehto", "number": "T-1", "state": "may_operate",
        "starts_on": "2019-03-01", "areas": towns[:1],
    }  # fmt: skip
    wrong = browser.post(page(stage, "registers", "add"), entry | {"business_id": "1234567-0"})
    assert "This is not a business id" in by.text(wrong, 422)
    assert browser.post(page(stage, "registers", "add"), entry).status_code == 302
    doubled = by.text(browser.post(page(stage, "registers", "add"), entry), 422)
    assert "in the register already" in doubled
    assert "applied for, may work meanwhile" in by.text(browser.get(page(stage, "registers")))
    kept = RegisterEntry.objects.get(number="T-1")
    assert kept.keeper == "organiser"
    browser.post(page(stage, "registers", kept.pk, "move"), {"state": "registered"})
    data = {"services": [code], "areas": towns[:1], "starts_on": "2019-03-01"}
    assert browser.post(f"{at}approve/", data).status_code == 302
    approval = Approval.objects.get(provider__name="Lumityö Lehto")
    assert (approval.register, approval.municipality_codes) == ("organiser-register", towns[:1])
    # What is removed from the register no longer proves anything.
    browser.post(page(stage, "registers", kept.pk, "move"), {"state": "removed"})
    assert "no entry in force" in by.text(browser.get(page(stage, approval.pk)))


def test_a_suspended_provider_gets_no_new_orders_while_running_ones_go_on() -> None:
    stage = by.stage_of("keusote", ON)
    aino = stage.client("Aino", municipality="Hyvinkää")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    offer = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
    running = stage.order(aino, offer, 4_00)
    browser, at = office(stage), page(stage, offer.approval_id)
    silent = browser.post(f"{at}suspend/", {"starts_on": "2019-03-01", "reason": ""})
    assert "Write why" in by.text(silent, 422)
    data = {"starts_on": "2019-03-01", "reason": "The insurance has ended."}
    told = by.text(browser.post(f"{at}suspend/", data, follow=True))
    assert "The provider gets no new orders from that day." in told
    assert "suspended" in by.text(browser.get(page(stage)))
    offer = Offer.objects.select_related("approval", "service").get(pk=offer.pk)
    days = Period(date(2019, 3, 1), date(2019, 4, 1))
    wanted = Wanted(offer, OrderKind.PERIOD, days, (), {"": 2_00})
    enrolment, actor = stage.enrolment(aino), stage.actor(aino)
    with pytest.raises(ProviderSuspended):
        order_service(enrolment=enrolment, wanted=wanted, by=actor, at=stage.now)
    assert stage.report(running, date(2019, 3, 4)).state == "accepted"
    browser.post(f"{at}resume/", {"words": "A new certificate came."})
    fresh = Offer.objects.select_related("approval", "service").get(pk=offer.pk)
    again = Wanted(fresh, OrderKind.PERIOD, days, (), {"": 2_00})
    order_service(enrolment=enrolment, wanted=again, by=actor, at=stage.now)
    assert "A new certificate came." in by.text(browser.get(at))


def test_papers_that_end_soon_come_to_the_list() -> None:
    stage = by.stage_of("siun-sote", ON)
    code = services(stage, 1)[0]
    application = applicants.sent(stage, "Kotiapu Koivu", applicants.first_price(stage, code, 2500))
    browser, at = office(stage), page(stage, "applications", application.pk)
    note_entry(stage, browser, application)
    accept_all(stage, browser, application)
    browser.post(f"{at}approve/", {"services": [code], "starts_on": "2019-03-01"})
    assert "Papers that end soon" not in by.text(browser.get(page(stage)))
    stage.on = date(2020, 1, 20)
    stage.organiser.demo_today = stage.on
    stage.organiser.save()
    assert "Papers that end soon" in by.text(browser.get(page(stage)))
    renewed = {
        "condition": "insurance", "issued_on": "2020-01-15", "valid_until": "2021-01-31",
        "file": SimpleUploadedFile("uusi.pdf", applicants.PDF, "application/pdf"),
    }  # fmt: skip
    assert browser.post(f"{at}hand-in/", renewed).status_code == 302
    shown = by.text(browser.get(page(stage, Approval.objects.get().pk)))
    assert "uusi.pdf" in shown
    assert "5 days old when it was handed in" in shown


def test_another_organisers_applications_papers_and_registers_are_not_there() -> None:
    here, there = by.stage_of("siun-sote", ON), by.stage_of("osterbotten", ON)
    with there.scope():
        code = services(there, 1)[0]
        application = applicants.sent(
            there, "Hemhjälp Havet", applicants.first_price(there, code, 2500)
        )
        paper = Evidence.objects.filter(application=application).order_by("pk")[0]
    browser = office(here)
    assert "Hemhjälp" not in by.text(browser.get(page(here)))
    for path in (
        page(there),
        page(here, "applications", application.pk),
        page(there, "applications", application.pk),
        page(here, "evidence", paper.pk),
    ):
        assert browser.get(path).status_code == 404, path
    judge = browser.post(page(here, "evidence", paper.pk, "judge"), {"verdict": "accept"})
    assert judge.status_code == 404
    with there.scope():
        paper.refresh_from_db()
        assert paper.state == "received"


def test_a_provider_of_thirty_clients_is_withdrawn_and_each_is_told() -> None:
    stage = by.stage_of("keusote", ON)
    lost = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
    other = stage.offer(stage.provider("Naapuriapu"), "cleaning", "29.00")
    for number in range(30):
        one = stage.client(f"Aino{number}", municipality="Hyvinkää")
        stage.grant(one, {"cleaning": (Way.BUDGET, 10_00, False)})
        stage.order(one, lost, 2_00)
    browser, at = office(stage), page(stage, lost.approval_id, "withdrawal")
    with CaptureQueriesContext(connection) as asked:
        shown = by.text(browser.get(f"{at}?ends_on=2019-03-15"))
    assert len(asked) < 60
    assert "30 clients need another provider" in shown
    assert "Hyvinkää" in shown
    assert "Aino" not in shown
    assert stage.staff.case_managers[0].user.display_name in shown
    assert "Naapuriapu" in shown
    data = {"ends_on": "2019-03-15", "reason": ""}
    assert "Write why the approval ends." in by.text(browser.post(at, data), 422)
    early = browser.post(at, data | {"ends_on": "2019-02-01", "reason": "Loppui"})
    assert "Choose today or a later day." in by.text(early, 422)
    told = by.text(browser.post(at, data | {"reason": "Lopettaa toimintansa."}, follow=True))
    assert "10 of 30" in told
    jobs.do_waiting()
    told = by.text(browser.get(page(stage, lost.approval_id)))
    assert told.count("not yet moved") == 30
    approval = Approval.objects.get(pk=lost.approval_id)
    assert (approval.valid.upper, approval.end_reason) == (
        date(2019, 3, 15), "Lopettaa toimintansa.",
    )  # fmt: skip
    assert Thread.objects.filter(route="office").count() == 30
    assert verify_books() == []
    moving = not_yet_moved(order__offer=lost)[0]
    worker = stage.staff.case_managers[0].actor
    move_client(moving=moving, offer=other, by=worker, at=stage.now)
    shown = by.text(browser.get(page(stage, lost.approval_id)))
    assert shown.count("not yet moved") == 29
    assert "Naapuriapu" in shown


def test_a_withdrawal_shows_its_orders_by_pages_and_ends_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(providers_withdrawing, "PAGE_SIZE", 2)
    stage = by.stage_of("keusote", ON)
    lost = stage.offer(stage.provider("Kotiapu"), "cleaning", "30.60")
    for number in range(5):
        one = stage.client(f"Aino{number}", municipality="Hyvinkää")
        stage.grant(one, {"cleaning": (Way.BUDGET, 10_00, False)})
        stage.order(one, lost, 2_00)
    browser, at = office(stage), page(stage, lost.approval_id, "withdrawal")
    asked = f"{at}?ends_on=2019-03-15"
    with CaptureQueriesContext(connection) as few:
        shown = by.text(browser.get(asked))
    assert "5 clients need another provider" in shown and "5 orders end" in shown
    assert "5 orders have no other provider who takes new clients there" in shown
    # An hour costs 30.60 euros, and each has ordered two for the month.
    assert "Held for these orders now" in shown and "306,00" in shown.replace(".", ",")
    assert "Shown: 1 to 2 of 5" in shown
    numbers = [re.findall(r'<th scope="row">(\d+)</th>', shown)]
    for number, said in ((2, "Shown: 3 to 4 of 5"), (3, "Shown: 5 to 5 of 5")):
        shown = by.text(browser.get(f"{asked}&touched={number}"))
        assert said in shown
        assert 'value="2019-03-15"' in shown
        numbers.append(re.findall(r'<th scope="row">(\d+)</th>', shown))
    assert sorted(int(one) for rows in numbers for one in rows) == sorted(
        Order.objects.filter(offer=lost).values_list("pk", flat=True)
    )
    monkeypatch.setattr(providers_withdrawing, "PAGE_SIZE", 5)
    with CaptureQueriesContext(connection) as many:
        assert "Returns to the clients at once" in by.text(browser.get(asked))
    assert len(many) == len(few)
    data = {"ends_on": "2019-03-15", "reason": "Lopettaa toimintansa."}
    assert browser.post(f"{at}?touched=3", data).status_code == 302
    assert Moving.objects.filter(order__offer=lost).count() == 5
    assert verify_books() == []
