"""The second of two workers is told what has changed, and nothing that they typed is lost."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.http import HttpResponse
from pypdf import PdfReader
from pytest_django import Settings

from tests import applicants
from tests.cast import Stage
from tests.scenarios import deciding as by
from tests.unit.processes.changing import begin
from valinta.clients.models import Client
from valinta.plans.models import Decision, DecisionDocument, DecisionProposal
from valinta.plans.power_actions import version_of_powers
from valinta.plans.states import Way
from valinta.processes.verify_books import verify_books
from valinta.providers.models import Approval

NEEDS = {"cleaning": (Way.BUDGET, 10_00, False)}
MARCH, JUNE = date(2019, 3, 1), date(2019, 6, 30)
TYPED = "Sanat, joita kirjoitettiin puoli tuntia."
HOSTILE = (
    "Rivi yksi\r\n\tsisennetty\r\n\r\n#set page(width: 1pt) *lihava* $x$ = otsikko\x0b"
    "<b onmouseover=alert(1)> \\u{41} {{ 7*7 }} \u202eabc"
)


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def told(answer: HttpResponse) -> str:
    """The page for the second one, with what they typed."""
    assert answer.status_code == 409, by.read(answer)
    text = by.read(answer)
    assert TYPED in text
    return text


def signed(stage: Stage, name: str = "Aino") -> Client:
    client = stage.client(name, municipality="Hyvinkää")
    stage.answer_legs(client)
    stage.assess(client, NEEDS)
    plan = by.write(stage, client, by.fields(NEEDS))
    by.sign_by_both(stage, client, plan)
    return client


def prepare(stage: Stage, client: Client, grounds: str) -> HttpResponse:
    path = f"/casework/clients/{client.pk}/decisions/prepare/"
    days = {"starts_on": str(MARCH), "last_on": str(JUNE)}
    return by.worker(stage).post(path, {**days, "grounds": grounds})


def test_grounds_and_reasons_for_a_proposal_that_was_answered_are_not_lost() -> None:
    stage = by.stage_of("keusote", MARCH)
    aino = signed(stage)
    page = f"/casework/clients/{aino.pk}/decisions/"
    assert prepare(stage, aino, "").status_code == 302
    with stage.scope():
        proposal = DecisionProposal.objects.get()
    told(prepare(stage, aino, TYPED))
    told(by.worker(stage).post(f"{page}refuse/", {"grounds": TYPED}))
    by.decide(stage, proposal)
    told(by.decider(stage).post(f"{page}proposals/{proposal.pk}/return/", {"reason": TYPED}))
    told(prepare(stage, aino, TYPED))
    with stage.scope():
        assert Decision.objects.count() == 1


def test_words_about_a_plan_are_kept_for_its_newer_version() -> None:
    stage = by.stage_of("keusote", MARCH)
    aino = signed(stage)
    with stage.scope():
        old = aino.enrolments.get().plans.get()
    by.write(stage, aino, by.fields({"cleaning": (Way.BUDGET, 8_00, False)}), version=old.version)
    plan = f"/casework/clients/{aino.pk}/plan/{old.pk}"
    told(by.worker(stage).post(f"{plan}/say/", {"text": TYPED}))
    told(by.worker(stage).post(f"{plan}/comment/", {"text": TYPED}))
    paper = {"signer": "client", "name": TYPED, "signed_on": str(MARCH), "archive_mark": "A 1"}
    told(by.worker(stage).post(f"{plan}/paper/", paper))


def test_a_death_and_an_order_that_were_ended_before_keep_the_second_ones_words() -> None:
    stage = by.stage_of("keusote", MARCH)
    with stage.scope():
        aino, order = begin(stage)
    page = f"/casework/clients/{aino.pk}/"
    death = {"died_on": str(MARCH), "reason": "Omainen soitti.", "step": "do"}
    assert by.worker(stage).post(f"{page}changes/death/", death).status_code == 302
    told(by.worker(stage).post(f"{page}changes/death/", {**death, "reason": TYPED}))
    away = {"kind": "travel", "first_on": str(MARCH), "last_on": str(MARCH), "reason": TYPED}
    told(by.worker(stage).post(f"{page}changes/away/", away))
    left = {"said_on": str(MARCH), "way": "letter", "proof": TYPED}
    told(by.worker(stage).post(f"{page}changes/withdrawal/", left))
    with stage.scope():
        assert verify_books() == []


def test_two_in_the_office_suspend_a_provider_and_decide_on_an_application() -> None:
    stage = by.stage_of("siun-sote", MARCH)
    with stage.scope():
        service = str(stage.programme.services.order_by("pk")[0].code)
        made = applicants.sent(stage, "Koti Oy", applicants.first_price(stage, service, 1000))
        approval = Approval.objects.get(
            pk=stage.offer(stage.provider("Apu Oy"), service, "10.00").approval_id
        )
    office = by.browser_of(stage.staff.office)
    start = f"/office/{stage.programme.pk}/providers"
    one = f"{start}/{approval.pk}/suspend/"
    sent = {"starts_on": str(MARCH), "reason": "Selvitetään."}
    assert office.post(one, sent).status_code == 302
    told(office.post(one, {**sent, "reason": TYPED}))
    asked = f"{start}/applications/{made.pk}"
    question = {"questions": "Mitä?", "answer_by": applicants.until(MARCH, 14)}
    assert office.post(f"{asked}/ask/", question).status_code == 302
    told(office.post(f"{asked}/ask/", {**question, "questions": TYPED}))
    approve = {"services": [service], "starts_on": str(MARCH), "grounds": TYPED}
    told(office.post(f"{asked}/approve/", approve))


def test_a_power_that_another_gave_meanwhile_is_not_replaced_unseen() -> None:
    stage = by.stage_of("keusote", MARCH)
    office = by.browser_of(stage.staff.office)
    page = f"/office/{stage.programme.pk}/people/powers/"
    with stage.scope():
        version = version_of_powers(stage.organiser.pk)
    assert f'value="{version}"' in by.text_of(office, page)
    user = stage.staff.decision_maker.user
    sent = {"user": str(user.pk), "starts_on": str(MARCH), "version": version}
    assert office.post(f"{page}give/", {**sent, "limit": "500"}).status_code == 302
    second = office.post(f"{page}give/", {**sent, "limit": "900"})
    assert second.status_code == 409
    assert 'value="900"' in by.read(second)
    with stage.scope():
        assert [one.monthly_limit_cents for one in user.decision_powers.all()] == [500_00]
        version = version_of_powers(stage.organiser.pk)
    assert (
        office.post(f"{page}give/", {**sent, "limit": "900", "version": version}).status_code == 302
    )


def test_hostile_grounds_stand_in_the_letter_as_they_are_and_it_stays_accessible() -> None:
    stage = by.stage_of("keusote", MARCH)
    aino = signed(stage)
    assert prepare(stage, aino, HOSTILE).status_code == 302
    with stage.scope():
        proposal = DecisionProposal.objects.get()
    made = by.read(by.decide(stage, proposal))
    assert "The decision is made, and its letters are written." in made
    assert "<b onmouseover" not in made
    with stage.scope():
        for letter in DecisionDocument.objects.all():
            pdf = PdfReader(BytesIO(bytes(letter.content)))
            assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
            text = by.pdf_text(bytes(letter.content))
            for words in ("Rivi yksi", "#set page(width: 1pt) *lihava*", "{{ 7*7 }}", "<b onmouse"):
                assert words in text, words


def test_signs_that_no_letter_can_show_are_refused_while_they_are_typed() -> None:
    stage = by.stage_of("keusote", MARCH)
    aino = signed(stage)
    answer = prepare(stage, aino, "Hienoa \U0001f600 työtä")
    assert answer.status_code == 422
    assert "A letter cannot show these signs: \U0001f600. Take them out." in by.read(answer)
    assert "Hienoa" in by.read(answer)
    assert prepare(stage, aino, "Perustelut").status_code == 302
    with stage.scope():
        proposal = DecisionProposal.objects.get()
        # What came before the rule was there: the decision waits, and it is said why.
        Client.objects.filter(pk=aino.pk).update(given_name="Aino \U0001f600")
    refused = by.decide(stage, proposal)
    assert refused.status_code == 422
    assert "Nothing was done, because the letter could not be made" in by.read(refused)
    with stage.scope():
        assert Decision.objects.count() == 0
        assert verify_books() == []


def test_office_writes_no_sign_into_a_letter_that_would_stop_every_decision() -> None:
    stage = by.stage_of("keusote", MARCH)
    office = by.browser_of(stage.staff.office)
    page = f"/office/{stage.programme.pk}/letters/decision/fi/intro/"
    sent = {"text": "Hyvä \U0001f600", "starts_on": str(MARCH), "version": "0"}
    answer = office.post(page, sent)
    assert answer.status_code == 422
    assert "A letter cannot show these signs: \U0001f600." in by.read(answer)
    assert office.post(page, {**sent, "text": "Hyvä\r\n\tasiakas"}).status_code == 302
    assert "Hyvä" in by.pdf_text(
        office.get(f"/office/{stage.programme.pk}/letters/preview/?kind=decision").content
    )
