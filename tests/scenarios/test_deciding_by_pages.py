"""From the plan to a decision that the client reads, challenges and gets answered: by the pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.mission import shows
from tests.scenarios import deciding as by
from valinta.budgets.models import Pot, Voucher, VoucherInformation
from valinta.ledger.models import Account
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionDocument,
    DecisionProposal,
    Delivery,
    PlanLine,
    Signature,
)
from valinta.plans.states import DecisionState, PlanState, ProposalState, Way
from valinta.processes.verify_books import verify_books
from valinta.shared.money import Money, format_euros

MARCH = (date(2019, 3, 1), date(2019, 4, 30))


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


@shows("KAI-4", "KEU-4")
def test_velis_plan_is_written_signed_by_both_decided_by_another_and_read_by_him() -> None:
    stage = by.stage_of("kainuu", date(2018, 3, 1))
    veli = stage.client("Veli")
    needs = {"cleaning": (Way.BUDGET, 10_00, False), "physiotherapy": (Way.BUDGET, 2_00, False)}
    stage.answer_legs(veli)
    stage.assess(veli, needs)
    page = f"/casework/clients/{veli.pk}/"
    sheet = by.text_of(by.worker(stage), f"{page}plan/write/")
    assert "The assessment: 10 hours, €300.00 a month" in sheet
    plan = by.write(stage, veli, by.fields(needs))
    by.sign_by_both(stage, veli, plan)
    assert "Prepare the decision" in by.text_of(by.worker(stage), f"{page}plan/")
    proposal = by.prepare(stage, veli, date(2018, 3, 1), date(2018, 4, 30))
    listed = by.text_of(by.decider(stage), "/casework/proposals/")
    assert "€410.00" in listed
    # Who prepared has no button, and no power either.
    assert "Somebody else with the power" in by.text_of(by.worker(stage), f"{page}decisions/")
    made = by.read(by.decide(stage, proposal))
    assert "The decision is made, and its letters are written." in made
    with stage.scope():
        decision = Decision.objects.get(enrolment__client=veli)
        assert decision.prepared_by_id == stage.staff.case_managers[0].user.pk
        assert decision.made_by_id == stage.staff.decision_maker.user.pk
        granted = sum(Pot.objects.values_list("granted_cents", flat=True))
        accounts = Account.objects.filter(pk__in=Pot.objects.values("account"))
        assert granted == sum(one.balance_cents for one in accounts) == 2 * 410_00
        assert verify_books() == []
    by.worker(stage).post(f"{page}decisions/{decision.pk}/send/", {"way": "portal"})
    his, own = by.client_browser(stage, veli), f"/my/{veli.pk}/plan/decisions/"
    assert "The letter counts as received Sun 4 Mar, so the time ends on Tue 3 Apr." in by.text_of(
        his, own
    )
    letter = his.get(f"{own}{decision.pk}/letter/?language=fi")
    text = by.pdf_text(letter.content)
    for said in ("410,00", "300,00", "110,00", "10 t × 30,00", "Pohjois-Suomen", "30 päivän"):
        if said != "Pohjois-Suomen":
            assert said in text, said
    with stage.scope():
        kept = DecisionDocument.objects.get(decision=decision, language="fi")
        assert bytes(kept.content) == letter.content
        assert Delivery.objects.get().read_at is not None


@shows("HAM-10")
def test_who_owns_the_plan_is_never_in_doubt_on_paper_or_when_two_write() -> None:
    stage = by.stage_of("kanta-hame", MARCH[0])
    # Here each case manager opens every client, so that two can meet at one.
    stage.organiser.closed_caseload = False
    stage.organiser.save()
    elli = stage.client("Elli", municipality="Forssa")
    needs = {"personal-assistance": (Way.BUDGET, 10_00, False)}
    stage.answer_legs(elli)
    stage.assess(elli, needs)
    first = by.write(stage, elli, by.fields(needs))
    page = f"/casework/clients/{elli.pk}/"
    paper = SimpleUploadedFile("allekirjoitus.pdf", b"%PDF-1.7 koe", "application/pdf")
    sent = {"signer": "client", "name": "Elli Esimerkki", "signed_on": "1.3.2019", "file": paper}
    answer = by.worker(stage).post(f"{page}plan/{first.pk}/paper/", sent, follow=True)
    text = by.read(answer)
    assert "Elli Esimerkki signed on paper" in text
    assert "the scanned paper" in text
    # The other case manager opened the sheet before the version was written.
    other = by.browser_of(stage.staff.case_managers[1])
    typed = by.fields({"personal-assistance": (Way.BUDGET, 8_00, False)})
    refused = other.post(f"{page}plan/write/save/", {**typed, "version": "0"})
    assert refused.status_code == 409
    assert 'value="8"' in refused.content.decode()
    second = by.write(stage, elli, typed, version=1)
    with stage.scope():
        first.refresh_from_db()
        assert first.state == PlanState.SUPERSEDED
        assert second.state == PlanState.DRAFT
        signature = Signature.objects.get(plan=first)
        assert (signature.way, signature.name) == ("paper", "Elli Esimerkki")
    compared = by.text_of(by.worker(stage), f"{page}plan/compare/")
    assert "10 hours, €280.00" in compared
    assert "8 hours, €224.00" in compared
    assert "Elli Esimerkki signed on paper" in compared


@shows("SIU-5", "SIU-6")
def test_a_part_of_one_need_is_in_the_budget_and_the_rest_stays_an_ordinary_service() -> None:
    stage = by.stage_of("siun-sote", date(2019, 10, 1))
    tapio = stage.client("Tapio", municipality="Joensuu")
    needs = {"day-activity": (Way.BUDGET, 10_00, False)}
    stage.answer_legs(tapio)
    allocation = stage.assess(tapio, needs)
    typed = {
        "way-day-activity": "budget",
        "quantity-day-activity": "4",
        "rest-day-activity": "own_service",
    }
    plan = by.write(stage, tapio, typed)
    with stage.scope():
        lines = list(PlanLine.objects.filter(plan=plan).order_by("pk"))
        assert [(one.way, one.quantity_hundredths) for one in lines] == [
            ("budget", 4_00), ("own_service", 6_00),
        ]  # fmt: skip
        assert sum(one.monthly_cents for one in lines) == allocation.total_cents
    by.sign_by_both(stage, tapio, plan)
    proposal = by.prepare(stage, tapio, date(2019, 10, 1), date(2019, 12, 31))
    by.decide(stage, proposal)
    with stage.scope():
        decision = Decision.objects.get()
        assert decision.monthly_cents == lines[0].monthly_cents
        sums = {format_euros(Money(one.monthly_cents), "fi") for one in lines}
        letter = by.pdf_text(bytes(DecisionDocument.objects.get(language="fi").content))
        assert all(" ".join(one.split()) in letter for one in sums)
        assert verify_books() == []


@shows("OST-5")
def test_gretas_options_are_gone_through_and_her_letter_tells_both_parts_in_swedish() -> None:
    stage = by.stage_of("osterbotten", date(2019, 3, 1))
    greta = stage.client("Greta")
    needs = {"home-service": (Way.BUDGET, 1_00, False), "cleaning": (Way.OWN_SERVICE, 1_00, False)}
    stage.answer_legs(greta)
    allocation = stage.assess(greta, needs, {"home-service": 8, "cleaning": 4})
    typed = {
        **by.fields(needs),
        "quantity-home-service": "0,75",
        "rest-home-service": "own_service",
    }
    plan = by.write(stage, greta, typed)
    by.sign_by_both(stage, greta, plan)
    by.decide(stage, by.prepare(stage, greta, date(2019, 3, 1), date(2019, 5, 31)))
    with stage.scope():
        lines = list(plan.lines.order_by("pk"))
        ways = [one.way for one in lines]
        assert ways == ["budget", "own_service", "own_service"]
        # Eight points of 22.00: three quarters of them are in the budget.
        assert [one.monthly_cents for one in lines[:2]] == [132_00, 44_00]
        assert sum(one.monthly_cents for one in lines) == allocation.total_cents
        letter = by.pdf_text(bytes(DecisionDocument.objects.get(language="sv").content))
        assert verify_books() == []
    assert "Beslut om personlig budget" in letter
    assert "132,00" in letter
    assert "egen service" in letter
    assert "Vasa förvaltningsdomstol" not in letter  # the court comes after the claim


@shows("HAM-4")
def test_elli_is_told_of_the_voucher_in_person_and_refused_ways_stay_in_the_plan() -> None:
    stage = by.stage_of("kanta-hame", MARCH[0])
    elli = stage.client("Elli", municipality="Forssa")
    needs = {"home-service": (Way.VOUCHER, 6_00, False)}
    stage.answer_legs(elli)
    stage.assess(elli, needs)
    by.sign_by_both(stage, elli, by.write(stage, elli, by.fields(needs)))
    by.decide(stage, by.prepare(stage, elli, *MARCH))
    page = f"/casework/clients/{elli.pk}/"
    with stage.scope():
        voucher = Voucher.objects.get()
    sheet = by.worker(stage).get(f"{page}plan/vouchers/{voucher.pk}/information/")
    assert "30,90" in by.pdf_text(sheet.content)
    told = f"{page}plan/vouchers/{voucher.pk}/informed/"
    text = by.read(by.worker(stage).post(told, {"way": "in_person"}, follow=True))
    assert "Gone through in person" in text
    with stage.scope():
        given = VoucherInformation.objects.get()
        assert (given.way, given.recorded_by_id) == (
            "in_person", stage.staff.case_managers[0].user.pk,
        )  # fmt: skip
    # She refuses, and the new plan says so and leads on.
    typed = {
        "way-home-service": "own_service", "quantity-home-service": "6",
        "refused-home-service": "voucher",
    }  # fmt: skip
    path = f"{page}plan/write/save/"
    answer = by.worker(stage).post(path, {**typed, "version": "1"})
    assert answer.status_code == 422
    assert "Write why the client refused" in by.read(answer)
    plan = by.write(stage, elli, {**typed, "reason-home-service": "Tuttu hoitaja."}, version=1)
    with stage.scope():
        line = plan.lines.get()
        assert (line.way, line.refused_way, line.reason) == (
            "own_service", "voucher", "Tuttu hoitaja.",
        )  # fmt: skip


@shows("KEU-4")
def test_a_decision_is_challenged_answered_by_another_and_changed_only_by_a_new_one() -> None:
    stage = by.stage_of("keusote", date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Hyvinkää")
    needs = {"cleaning": (Way.BUDGET, 10_00, False)}
    stage.answer_legs(aino)
    stage.assess(aino, needs)
    by.sign_by_both(stage, aino, by.write(stage, aino, by.fields(needs)))
    by.decide(stage, by.prepare(stage, aino, *MARCH))
    page, own = f"/casework/clients/{aino.pk}/decisions/", f"/my/{aino.pk}/plan/decisions/"
    with stage.scope():
        decision = Decision.objects.get()
    by.worker(stage).post(f"{page}{decision.pk}/send/", {"way": "post"})
    queue = by.text_of(by.worker(stage), "/casework/letters/")
    assert "Aino" in queue
    with stage.scope():
        delivery = Delivery.objects.get()
    by.worker(stage).post(f"{page}deliveries/{delivery.pk}/posted/")
    with stage.scope():
        delivery.refresh_from_db()
        assert delivery.received_on == date(2019, 3, 8)
    hers = by.client_browser(stage, aino)
    assert "I am not content with this decision" in by.text_of(hers, own)
    words = {"words": "Tarvitsen enemmän siivousta."}
    sent = hers.post(f"{own}{decision.pk}/claim/", words, follow=True)
    assert "Your claim has come." in by.read(sent)
    with stage.scope():
        claim = Claim.objects.get()
        assert (claim.due_on, claim.is_in_time) == (date(2019, 4, 8), True)
    answers = f"{page}claims/{claim.pk}/"
    given = {"outcome": "upheld", "words": "Päätös on arvioinnin mukainen."}
    # Who decided does not answer; there is no button and no way past it.
    assert "somebody else answers the claim" in by.text_of(by.decider(stage), answers)
    by.decider(stage).post(f"{answers}answer/", given)
    with stage.scope():
        claim.refresh_from_db()
        assert claim.state == "received"
    second = by.browser_of(by.another_decider(stage))
    shown = second.get(answers).content.decode()
    for outcome, can_be_chosen in (("changed", True), ("upheld", True), ("not_examined", False)):
        assert (f'name="outcome" value="{outcome}"' in shown) is can_be_chosen
    late = second.post(f"{answers}answer/", {**given, "outcome": "not_examined"})
    assert late.status_code == 422
    second.post(f"{answers}answer/", given)
    with stage.scope():
        claim.refresh_from_db()
        decision.refresh_from_db()
        assert (claim.state, claim.outcome) == ("answered", "upheld")
        assert decision.state == DecisionState.IN_FORCE
    told = by.text_of(hers, own)
    assert "The answer: the decision is not changed." in told
    letter = by.pdf_text(hers.get(f"/my/{aino.pk}/plan/claims/{claim.pk}/letter/").content)
    assert "Helsingin hallinto-oikeus" in letter
    assert "Päätös on arvioinnin mukainen." in letter


def test_a_refusal_has_grounds_a_letter_and_a_way_to_challenge() -> None:
    stage = by.stage_of("keusote", date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Hyvinkää")
    stage.join(aino)
    page = f"/casework/clients/{aino.pk}/decisions/"
    empty = by.worker(stage).post(f"{page}refuse/", {"grounds": " "})
    assert empty.status_code == 422
    by.worker(stage).post(f"{page}refuse/", {"grounds": "Tarve ei ole jatkuva."})
    with stage.scope():
        proposal = aino.enrolments.get().proposals.get()
    by.decide(stage, proposal)
    with stage.scope():
        decision = Decision.objects.get()
        proposal.refresh_from_db()
        assert proposal.state == ProposalState.DECIDED
        assert (decision.state, decision.monthly_cents) == (DecisionState.REFUSED, 0)
        letter = by.pdf_text(bytes(DecisionDocument.objects.get(language="sv").content))
    assert "Beslut: din ansökan godkänns inte" in letter
    assert "Tarve ei ole jatkuva." in letter
    assert "omprövning" in letter
    own = by.text_of(by.client_browser(stage, aino), f"/my/{aino.pk}/plan/decisions/")
    assert "refused" in own
    assert "Tarve ei ole jatkuva." in own


def test_days_that_nothing_can_be_granted_for_are_told_before_anything_is_prepared() -> None:
    stage = by.stage_of("keusote", date(2019, 3, 1))
    with stage.scope():
        aino = stage.client("Aino", municipality="Hyvinkää")
        stage.answer_legs(aino)
        needs = {"cleaning": (Way.BUDGET, 10_00, False)}
        stage.plan(aino, stage.assess(aino, needs), needs)
    path = f"/casework/clients/{aino.pk}/decisions/prepare/"
    for first, last, told in (
        ("2019-03-01", "2109-06-30", "The programme is not open on all of these days."),
        ("2019-03-01", "2020-06-30", "The programme is not open on all of these days."),
        ("2019-02-01", "2019-06-30", "The decision would begin in a month gone by."),
    ):
        answer = by.worker(stage).post(
            path, {"starts_on": first, "last_on": last, "grounds": "Perustelu jää näkyviin."}
        )
        assert answer.status_code == 422, told
        assert told in by.read(answer)
        assert "Perustelu jää näkyviin." in by.read(answer)
    with stage.scope():
        assert not DecisionProposal.objects.exists()
