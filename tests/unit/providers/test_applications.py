"""Applications: drafts that two people save, what sending needs, and approvals in part."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import applicants
from tests.cast import Stage, open_stage
from valinta.catalogue.actions import PriceAboveCeiling
from valinta.catalogue.models import Offer, ReferencePrice, Service
from valinta.processes.appeal_words import appeal_words
from valinta.processes.approve_application import (
    Approved,
    DayBeforeApplication,
    approve_application,
)
from valinta.providers import application_actions as applying
from valinta.providers.conditions import UnknownCondition, entries_of, proves
from valinta.providers.deciding_actions import (
    ConditionsNotMet,
    NotWaiting,
    StillTime,
    ask_clarification,
    judge_evidence,
    refuse_application,
)
from valinta.providers.models import Application, Approval, Worker
from valinta.providers.register_actions import EntryExists, NewEntry, add_entry, move_entry
from valinta.providers.states import EntryState, SigningRight
from valinta.shared.periods import Period
from valinta.shared.states import ForbiddenTransition

ON = date(2019, 3, 1)
SIGNED = applying.Signature("Hakija", SigningRight.OWNER)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("siun-sote", on=ON)


def codes(stage: Stage, many: int) -> list[str]:
    rows = Service.objects.filter(programme=stage.programme).order_by("pk")
    return list(rows.values_list("code", flat=True)[:many])


def prices(stage: Stage, *services: str) -> dict[str, dict[str, int]]:
    return {
        code: cents for one in services for code, cents in applicants.first_price(
            stage, one, 1000
        ).items()
    }  # fmt: skip


def ready(stage: Stage, name: str, *services: str) -> Application:
    """An application with all conditions met."""
    made = applicants.sent(stage, name, prices(stage, *services))
    office = {"by": stage.staff.office.actor, "at": stage.now}
    for one in made.evidence.all():
        judge_evidence(evidence=one, accepted=True, **office)
    entry(stage, made)
    return made


def entry(
    stage: Stage, application: Application, state: EntryState = EntryState.REGISTERED
) -> None:
    add_entry(
        programme=stage.programme,
        entry=NewEntry(
            application.register, application.business_id, application.name, "R-1", state,
            Period(date(2018, 1, 1)),
        ),
        by=stage.staff.office.actor,
        at=stage.now,
    )  # fmt: skip


def approve(
    stage: Stage, application: Application, *services: str, on: date = ON, grounds: str = ""
) -> Application:
    return approve_application(
        application=application,
        approved=Approved(services, None, Period(on), grounds),
        appeal=appeal_words(stage.programme, ON),
        by=stage.staff.office.actor,
        at=stage.now,
    )


def test_the_second_who_saves_a_draft_is_told_and_nothing_is_lost(stage: Stage) -> None:
    who = applicants.applicant(stage, "Hakija")
    draft = applicants.draft(stage, who, "Kotiapu Koivu", {})
    mine = {"company": applying.Company(name="Toinen nimi"), "wish": applying.Wish()}
    with pytest.raises(applying.StaleDraft) as refused:
        applying.save_application(application=draft, version=1, **mine, by=who.actor, at=stage.now)
    assert refused.value.newest.name == "Kotiapu Koivu"
    version = refused.value.newest.version
    saved = applying.save_application(
        application=draft, version=version, **mine, by=who.actor, at=stage.now
    )
    assert (saved.name, saved.version) == ("Toinen nimi", version + 1)


def test_a_company_has_one_open_application_in_a_programme(stage: Stage) -> None:
    who = applicants.applicant(stage, "Hakija")
    draft = applicants.draft(stage, who, "Kotiapu Koivu", {})
    start = {"programme": stage.programme, "business_id": draft.business_id}
    with pytest.raises(applying.ApplicationOpen):
        applying.start_application(**start, by=who.actor, at=stage.now)
    applying.withdraw_application(application=draft, by=who.actor, at=stage.now)
    again = applying.start_application(**start, by=who.actor, at=stage.now)
    assert again.pk != draft.pk


def test_a_draft_keeps_nobody_away_and_the_first_that_is_sent_counts(stage: Stage) -> None:
    squatter, owner = applicants.applicant(stage, "Vieras"), applicants.applicant(stage, "Omistaja")
    wish = prices(stage, *codes(stage, 1))
    empty = applicants.draft(stage, squatter, "Kotiapu Koivu", wish)
    own = applicants.draft(stage, owner, "Kotiapu Koivu", wish, of_company=empty.business_id)
    assert own.business_id == empty.business_id
    at = {"accepts_rulebook": True, "signature": SIGNED, "at": stage.now}
    sent = applying.send_application(application=own, by=owner.actor, **at)
    assert sent.state == "sent"
    with pytest.raises(applying.ApplicationOpen):
        applying.send_application(application=empty, by=squatter.actor, **at)
    with pytest.raises(applying.ApplicationOpen):
        applying.start_application(
            programme=stage.programme, business_id=own.business_id, by=owner.actor, at=stage.now
        )


def test_sending_needs_the_facts_a_service_with_a_price_and_the_rulebook(stage: Stage) -> None:
    who = applicants.applicant(stage, "Hakija")
    act = {"by": who.actor, "at": stage.now}
    bare = applying.start_application(programme=stage.programme, business_id="01120389", **act)
    assert bare.business_id == "0112038-9"
    with pytest.raises(applying.FactsMissing) as refused:
        applying.send_application(application=bare, accepts_rulebook=True, signature=SIGNED, **act)
    assert refused.value.fields[:2] == ("name", "sector")
    empty = applicants.draft(stage, who, "Kotiapu Koivu", {})
    with pytest.raises(applying.NothingAppliedFor):
        applying.send_application(application=empty, accepts_rulebook=True, signature=SIGNED, **act)
    whole = applicants.draft(stage, who, "Kotiapu Kuusi", prices(stage, *codes(stage, 1)))
    with pytest.raises(applying.RulebookNotAccepted):
        applying.send_application(
            application=whole, accepts_rulebook=False, signature=SIGNED, **act
        )
    sent = applying.send_application(
        application=whole, accepts_rulebook=True, signature=SIGNED, **act
    )
    assert sent.decide_by == ON + timedelta(days=60)
    with pytest.raises(applying.ApplicationClosed):
        applying.send_application(application=whole, accepts_rulebook=True, signature=SIGNED, **act)


def test_nobody_else_hands_in_or_answers_for_an_applicant(stage: Stage) -> None:
    application = applicants.sent(stage, "Kotiapu Koivu", prices(stage, *codes(stage, 1)))
    other = applicants.applicant(stage, "Kilpailija")
    with pytest.raises(applying.NotYourApplication):
        applying.hand_in(
            application=application, condition="languages", shown=applying.Shown(words="Suomi"),
            by=other.actor, at=stage.now,
        )  # fmt: skip
    with pytest.raises(applying.NotYourApplication):
        applying.withdraw_application(application=application, by=other.actor, at=stage.now)
    assert list(Application.objects.visible_to(other.actor)) == []


@pytest.mark.parametrize(
    ("condition", "shown", "refusal"),
    [
        ("no-such", applying.Shown(words="Koe"), UnknownCondition),
        ("languages", applying.Shown(), applying.WordsMissing),
        ("insurance", applying.Shown(words="On kyllä"), applying.PaperUnfit),
        (
            "insurance",
            applying.Shown(
                paper=applying.PaperFile("a.exe", "application/x-msdownload", b"MZ"), issued_on=ON
            ),
            applying.PaperUnfit,
        ),
        (
            "insurance",
            applying.Shown(
                paper=applying.PaperFile("a.pdf", "application/pdf", b"%PDF-"), issued_on=ON
            ),
            applying.PaperUnfit,
        ),
        (
            "tax-certificate",
            applying.Shown(
                paper=applying.PaperFile("a.pdf", "application/pdf", b"%PDF-"),
                issued_on=ON + timedelta(days=1),
            ),
            applying.PaperUnfit,
        ),
    ],
)
def test_evidence_that_shows_nothing_is_refused(
    stage: Stage, condition: str, shown: applying.Shown, refusal: type[Exception]
) -> None:
    who = applicants.applicant(stage, "Hakija")
    draft = applicants.draft(stage, who, "Kotiapu Koivu", {})
    with pytest.raises(refusal):
        applying.hand_in(
            application=draft, condition=condition, shown=shown, by=who.actor, at=stage.now
        )
    assert not draft.evidence.exists()


def test_a_part_is_approved_with_grounds_for_the_rest(stage: Stage) -> None:
    first, second = codes(stage, 2)
    application = ready(stage, "Kotiapu Koivu", first, second)
    with pytest.raises(applying.WordsMissing):
        approve(stage, application, first)
    assert not Approval.objects.filter(provider__name="Kotiapu Koivu").exists()
    made = approve(stage, application, first, grounds="Henkilökunta ei riitä toiseen.")
    lines = dict(made.lines.values_list("service_code", "approved"))
    assert lines == {first: True, second: False}
    assert "30 päivän" in made.appeal["fi"]
    with pytest.raises(NotWaiting):
        approve(stage, application, second)


def test_a_second_application_adds_services_to_the_approval_in_force(stage: Stage) -> None:
    first, second = codes(stage, 2)
    made = approve(stage, ready(stage, "Kotiapu Koivu", first), first)
    who = made.applicant_id
    again = ready_again(stage, made, second)
    approve(stage, again, second)
    approval = Approval.objects.get(provider__business_id=made.business_id)
    offered = Offer.objects.filter(approval=approval).values_list("service__code", flat=True)
    assert set(offered) == {first, second}
    assert Worker.objects.filter(user_id=who).count() == 1


def ready_again(stage: Stage, former: Application, service: str) -> Application:
    """A later application of the same company, with its papers taken over and judged."""
    new = applicants.sent(stage, former.name, prices(stage, service))
    Application.objects.filter(pk=new.pk).update(
        business_id=former.business_id, applicant=former.applicant_id
    )
    new.refresh_from_db()
    for one in new.evidence.all():
        judge_evidence(evidence=one, accepted=True, by=stage.staff.office.actor, at=stage.now)
    return new


def test_a_price_above_the_ceiling_is_not_approved(stage: Stage) -> None:
    code = codes(stage, 1)[0]
    application = ready(stage, "Kotiapu Koivu", code)
    line = application.lines.get()
    band = stage.programme.bands.get(code=next(iter(line.prices)))
    ReferencePrice.objects.update_or_create(
        organiser=stage.organiser, service=stage.service(code), band=band, kind="ceiling",
        defaults={"cents": 900, "source": "Koe", "assumed": False, "valid": (ON, None)},
    )  # fmt: skip
    with pytest.raises(PriceAboveCeiling):
        approve(stage, application, code)
    assert not Offer.objects.filter(approval__provider__name="Kotiapu Koivu").exists()


def test_each_condition_has_to_be_met_on_the_day_of_the_decision(stage: Stage) -> None:
    code = codes(stage, 1)[0]
    application = ready(stage, "Kotiapu Koivu", code)
    with pytest.raises(DayBeforeApplication):
        approve(stage, application, code, on=ON - timedelta(days=1))
    held = application.evidence.get(condition="insurance")
    type(held).objects.filter(pk=held.pk).update(valid_until=ON - timedelta(days=1))
    with pytest.raises(ConditionsNotMet) as refused:
        approve(stage, application, code)
    assert refused.value.codes == ("insurance",)


def test_a_refusal_waits_for_the_day_of_the_clarification(stage: Stage) -> None:
    application = applicants.sent(stage, "Kotiapu Koivu", prices(stage, *codes(stage, 1)))
    office = stage.staff.office.actor
    until = ON + timedelta(days=14)
    ask_clarification(
        application=application, questions="Missä?", answer_by=until, by=office, at=stage.now
    )
    with pytest.raises(ForbiddenTransition):
        ask_clarification(
            application=application, questions="Missä?", answer_by=until, by=office, at=stage.now
        )
    refusal = {"application": application, "grounds": "Ei vastausta.", "appeal": {}, "by": office}
    with pytest.raises(StillTime) as refused:
        refuse_application(**refusal, at=stage.now + timedelta(days=14))
    assert refused.value.answer_by == until
    done = refuse_application(**refusal, at=stage.now + timedelta(days=15))
    assert done.state == "refused"


def test_a_company_is_in_a_register_once_at_a_time(stage: Stage) -> None:
    application = applicants.sent(stage, "Kotiapu Koivu", prices(stage, *codes(stage, 1)))
    entry(stage, application, EntryState.MAY_OPERATE)
    with pytest.raises(EntryExists):
        entry(stage, application)
    held = entries_of(application)[0]
    assert proves(held, ON)
    act = {"on": ON, "by": stage.staff.office.actor, "at": stage.now}
    refused = move_entry(entry=held, state=EntryState.REFUSED, **act)
    refused.refresh_from_db()
    assert refused.valid.upper == ON
    assert not proves(refused, ON)
    with pytest.raises(ForbiddenTransition):
        move_entry(entry=refused, state=EntryState.REGISTERED, **act)
    # Refused, it can apply anew.
    entry_again = NewEntry(
        application.register, application.business_id, "Kotiapu", "R-2", EntryState.REGISTERED,
        Period(ON),
    )  # fmt: skip
    add_entry(
        programme=stage.programme, entry=entry_again, by=stage.staff.office.actor, at=stage.now
    )
