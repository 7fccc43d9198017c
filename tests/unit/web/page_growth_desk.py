"""Twenty-nine more of each thing about clients that the casework pages list."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from tests.unit.web import plan_rows
from tests.unit.web.page_desk import moving
from tests.unit.web.page_kinds import MORE, grows
from tests.unit.web.page_rows import LATER, aino, copies, first, first_order, waiting
from tests.unit.web.rows import TODAY, Scene, user
from valinta.clients.models import (
    AccessGrant,
    Client,
    Contact,
    Cover,
    Enrolment,
    HandOver,
    Mending,
)
from valinta.demo.identities import identity_code
from valinta.messages.models import Message, Thread
from valinta.needs.models import Assessment, ConsentPoint, InstrumentResult, Need
from valinta.orders.models import Change
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionPower,
    DecisionProposal,
    Delivery,
    Signature,
)

BORN = date(1931, 1, 1)


def places(world: Scene, **changes: Any) -> list[Enrolment]:
    """Places of more clients of Leena's."""
    days = [BORN + timedelta(days=n) for n in range(MORE + 1)]
    taken = Client.objects.count() % 10
    made = copies(
        aino(world),
        MORE,
        user_id=lambda _: None,
        family_name=lambda n: f"Esimerkki {n}",
        identity_code=lambda n: identity_code(days[n], 950 + taken),
    )
    place = plan_rows.place(world)
    return copies(place, MORE, client_id=lambda n: made[n - 1].pk, **changes)


def _colleagues(world: Scene, role: str) -> list[int]:
    return [user(world, f"{role}{n}", f"Esimerkki {n}", role).pk for n in range(1, MORE + 1)]


@grows
def colleagues(world: Scene) -> None:
    """Case managers, each of whom is covered for."""
    made = _colleagues(world, "case_manager")
    copies(first(Cover), MORE, user_id=lambda n: made[n - 1])


@grows
def deciders(world: Scene) -> None:
    """Decision makers with their powers."""
    made = _colleagues(world, "decision_maker")
    copies(first(DecisionPower), MORE, user_id=lambda n: made[n - 1])


@grows
def hand_overs(world: Scene) -> None:
    """Times that Aino went from one case manager to another."""
    copies(first(HandOver), MORE, words=lambda n: f"Muutto {n}.")


@grows
def mendings(world: Scene) -> None:
    """Times that Aino's facts were mended."""
    copies(first(Mending), MORE, version=lambda n: n + 1)


@grows
def openings(world: Scene) -> None:
    """Times that somebody opened Aino's pages with a reason."""
    days = [TODAY - timedelta(days=n) for n in range(MORE + 1)]
    copies(first(AccessGrant), MORE, valid=lambda n: (days[n], days[n - 1]))


@grows
def contacts(world: Scene) -> None:
    """Contacts, each in a month of its own."""
    contact = first(Contact)
    copies(contact, MORE, happened_at=lambda n: contact.happened_at - timedelta(days=31 * n))


@grows
def queued(world: Scene) -> None:
    """Clients who wait for a place."""
    places(world, state=lambda _: "queued", started_on=lambda _: None)


@grows
def points(world: Scene) -> None:
    """Points of the checklist, legs of eligibility and instruments, with what was said of them."""
    terms = world.programme.terms
    for name in ("consent", "eligibility", "result_instruments"):
        like = terms[name][-1]
        terms[name] += [{**deepcopy(like), "code": f"more-{n}"} for n in range(1, MORE + 1)]
    world.programme.save()
    copies(first(ConsentPoint), MORE, item=lambda n: f"more-{n}")
    copies(first(InstrumentResult), MORE, instrument=lambda n: f"more-{n}")


@grows
def assessments(world: Scene) -> None:
    """Assessments that came before, each with a need."""
    own = Assessment.objects.get(enrolment=plan_rows.place(world), state="completed")
    last = own.completed_at
    assert last is not None
    made = copies(own, MORE, completed_at=lambda n: last - timedelta(days=n))
    copies(first(Need), MORE, assessment_id=lambda n: made[n - 1].pk)


@grows
def proposals(world: Scene) -> None:
    """Clients whose plan waits for a decision."""
    own = places(world)
    like = first(DecisionProposal)
    plan = like.plan
    assert plan is not None
    plans = copies(plan, MORE, enrolment_id=lambda n: own[n - 1].pk)
    copies(
        like,
        MORE,
        enrolment_id=lambda n: own[n - 1].pk,
        plan_id=lambda n: plans[n - 1].pk,
        state=lambda _: "prepared",
        answered_at=lambda _: None,
        answered_by_id=lambda _: None,
    )


def _decisions(world: Scene) -> list[Decision]:
    like = Decision.objects.filter(enrolment=plan_rows.place(world)).order_by("pk")[0]
    return copies(like, MORE, state=lambda _: "ended", ended_at=lambda _: LATER)


@grows
def letters(world: Scene) -> None:
    """Decisions whose letters wait for the printer."""
    made = _decisions(world)
    copies(first(Delivery), MORE, decision_id=lambda n: made[n - 1].pk)


@grows
def claims(world: Scene) -> None:
    """Claims on one decision that have been answered, and open ones on others."""
    open_one, answered = Claim.objects.order_by("pk")[:2]
    copies(answered, MORE, words=lambda n: f"Vaatimus {n}.")
    made = _decisions(world)
    copies(open_one, MORE, decision_id=lambda n: made[n - 1].pk)


@grows
def signatures(world: Scene) -> None:
    """Signatures under one plan."""
    signers = [user(world, f"nimi{n}", f"Nimi {n}", "representative").pk for n in range(1, 30)]
    copies(first(Signature), MORE, signed_by_id=lambda n: signers[n - 1])


@grows
def changes(world: Scene) -> None:
    """Times that Aino was away."""
    copies(first(Change), MORE, reason=lambda n: f"Syy {n}.")


@grows
def movings(world: Scene) -> None:
    """Orders that ended because their provider was lost."""
    for one in copies(
        first_order(world),
        MORE,
        state=lambda _: "ended",
        closed_at=lambda _: LATER,
        close_reason=lambda _: "Tuottaja lopetti.",
    ):
        moving(world, one)


@grows
def talks(world: Scene) -> None:
    """Visits that are disputed, each with the talk about it."""
    visit = waiting(world)
    made = copies(
        visit,
        MORE,
        reference=lambda n: f"talk-{n}",
        state=lambda _: "disputed",
        reason=lambda _: "Kukaan ei tullut.",
        decided_at=lambda _: LATER,
    )
    threads = copies(
        first(Thread),
        MORE,
        route=lambda _: "visit",
        provider_id=lambda _: visit.provider_id,
        visit_id=lambda n: made[n - 1].pk,
    )
    copies(first(Message), MORE, thread_id=lambda n: threads[n - 1].pk)
