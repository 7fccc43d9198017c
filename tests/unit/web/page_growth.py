"""Twenty-nine more of each thing of a client's that pages list, so that there are thirty."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from tests.unit.web import plan_rows
from tests.unit.web.page_kinds import MORE, grows, months_from
from tests.unit.web.page_rows import LATER, aino, copies, first, first_order, waiting
from tests.unit.web.page_supply import providers
from tests.unit.web.rows import AT, MONTH, Scene, order, transfer, user, visits
from tests.unit.web.wellbeing_rows import add_answered, add_round
from valinta.audit.actions import Note, record
from valinta.budgets.models import Budget, Pot, Voucher
from valinta.catalogue.models import Offer
from valinta.clients.models import Interest, Invitation, Mandate
from valinta.evaluation.models import Round
from valinta.ledger.kinds import AccountKind, TransferKind
from valinta.ledger.posting import open_account
from valinta.messages.models import Attachment, Message, Thread
from valinta.needs.models import AllocationLine, Assessment, EligibilityCheck
from valinta.orders.models import Cancellation, Rating
from valinta.plans.models import Decision, Signature
from valinta.providers.models import Provider
from valinta.visits.checks import Check, Drawing
from valinta.visits.models import Correction, Visit


@grows
def orders(world: Scene) -> None:
    """More orders, each of another provider, with its visit."""
    if not Provider.objects.filter(business_id="8000000-1").exists():
        providers(world)
    place = plan_rows.place(world)
    pot = Pot.objects.get(budget__enrolment=place, service=None, valid=MONTH)
    kept = world.offers["kotihoito"]
    others = Offer.objects.filter(service=kept.service).exclude(pk=kept.pk).order_by("pk")
    chosen = others.select_related("service", "approval__provider")[:MORE]
    for number, offer in enumerate(chosen):
        world.offers["kotihoito"] = offer
        state = ("accepted", "placed", "declined", "ended")[number % 4]
        closed = LATER if number % 4 > 1 else None
        part = order(world, place, "kotihoito", pot, 100, 100, state=state, closed_at=closed)
        if state == "accepted":
            visits(world, part, 10, 1)
    world.offers["kotihoito"] = kept


@grows
def visits_had(world: Scene) -> None:
    """Visits of the first order: some wait for an answer, some are confirmed or disputed."""
    _more_visits(world, ("accepted", "confirmed", "disputed"))


def _more_visits(world: Scene, states: tuple[str, ...], mark: str = "") -> list[Visit]:
    return copies(
        waiting(world),
        MORE,
        reference=lambda n: f"more-{mark or states[0]}-{n}",
        state=lambda n: states[n % len(states)],
        reason=lambda n: "Kukaan ei tullut." if states[n % len(states)] == "disputed" else "",
        decided_at=lambda n: None if states[n % len(states)] == "accepted" else LATER,
    )


@grows
def weeks(world: Scene) -> None:
    """A week of thirty visits, days that were called off, stars that were given anew."""
    one = first_order(world)
    one.pattern = [
        {"weekday": 1 + n % 7, "starts": f"{8 + n // 7:02d}:00", "minutes": 30, "band": "arki"}
        for n in range(MORE + 1)
    ]
    one.save()
    off = first(Cancellation)
    copies(off, MORE, served_on=lambda n: off.served_on + timedelta(days=n))
    copies(first(Rating), MORE, superseded_at=lambda n: LATER + timedelta(hours=n))


@grows
def corrections(world: Scene) -> None:
    """Visits whose amount was put right later."""
    made = _more_visits(world, ("confirmed",))
    copies(first(Correction), MORE, visit_id=lambda n: made[n - 1].pk)


@grows
def checks(world: Scene) -> None:
    """Visits that were drawn for a check."""
    made = [waiting(world), *_more_visits(world, ("confirmed",), "checked")]
    drawing = Drawing.objects.create(organiser_id=made[0].organiser_id, drawn_at=AT, seed="koe")
    Check.objects.bulk_create(
        Check(
            organiser_id=one.organiser_id, provider_id=one.provider_id, drawing=drawing, visit=one,
            chance=1, number=0, by_gap=False, risks=[],
        )
        for one in made
    )  # fmt: skip


@grows
def threads(world: Scene) -> None:
    """Conversations, each with a message and a file."""
    made = copies(first(Thread), MORE, subject=lambda n: f"Asia {n}")
    said = copies(first(Message), MORE, thread_id=lambda n: made[n - 1].pk)
    copies(first(Attachment), MORE, message_id=lambda n: said[n - 1].pk)


@grows
def messages(world: Scene) -> None:
    """Messages in one conversation, each with a file, from both sides."""
    like = first(Message)
    both = (world.users["aino"].pk, world.users["leena"].pk)
    made = copies(
        like, MORE, written_by_id=lambda n: both[n % 2], side=lambda n: ("client", "other")[n % 2]
    )
    copies(first(Attachment), MORE, message_id=lambda n: made[n - 1].pk)


@grows
def supporters(world: Scene) -> None:
    """People who act for Aino, and invitations that are out."""
    helpers = [user(world, f"tuki{n}", f"Tuki {n}", "representative").pk for n in range(MORE + 1)]
    mandate = Mandate.objects.get(client=aino(world), user=world.users["kaisa"])
    copies(mandate, MORE, user_id=lambda n: helpers[n])
    copies(first(Invitation), MORE, code_digest=lambda n: f"{n:064d}")


@grows
def clients(world: Scene) -> None:
    """Clients of Leena's, each with a place, for whom Kaisa acts too."""
    own = copies(
        aino(world),
        MORE,
        user_id=lambda _: None,
        family_name=lambda n: f"Esimerkki {n}",
        identity_code=lambda n: f"0103{n % 60 + 10}-{900 + n}Y",
    )
    place = plan_rows.place(world)
    copies(place, MORE, client_id=lambda n: own[n - 1].pk)
    mandate = Mandate.objects.get(client=aino(world), user=world.users["kaisa"])
    copies(mandate, MORE, client_id=lambda n: own[n - 1].pk)


@grows
def interests(world: Scene) -> None:
    """People who have come forward."""
    copies(first(Interest), MORE, form_key=lambda n: uuid.UUID(int=n))


@grows
def support_plans(world: Scene) -> None:
    """Earlier versions of the support plan, and what was said about the plan."""
    plan_rows.versions(world, MORE, world.users["leena"])


@grows
def comments(world: Scene) -> None:
    """What was said about the plan."""
    plan = plan_rows.place(world).plans.get(state="in_force")
    plan_rows.comments(plan, world.users["aino"], MORE, "client")


@grows
def plans(world: Scene) -> None:
    """Earlier plans with their decisions and signatures."""
    place = plan_rows.place(world)
    plan = place.plans.get(state="in_force")
    # Others may have been made before.
    decision = Decision.objects.filter(enrolment=place, plan=plan).order_by("pk")[0]
    made = copies(plan, MORE, version=lambda n: 100 + n, state=lambda _: "superseded")
    copies(first(Signature), MORE, plan_id=lambda n: made[n - 1].pk)
    copies(
        decision,
        MORE,
        plan_id=lambda n: made[n - 1].pk,
        state=lambda _: "ended",
        ended_at=lambda _: AT,
    )


@grows
def adjustments(world: Scene) -> None:
    """Adjustments of the allocation, and the legs that were looked at."""
    place = plan_rows.place(world)
    added = AllocationLine.objects.filter(allocation__assessment__enrolment=place)[0]
    copies(
        added,
        MORE,
        number=lambda n: 200 + n,
        explanation=lambda _: "adjustment",
        reason=lambda n: f"Syy {n}.",
    )
    copies(first(EligibilityCheck), MORE, leg=lambda n: f"leg-{n}")
    Assessment.objects.filter(enrolment=place).update(goals=[f"Tavoite {n}" for n in range(30)])


@grows
def vouchers(world: Scene) -> None:
    """Vouchers, one after another for the same service, offered and accepted."""
    voucher = Voucher.objects.get(enrolment=plan_rows.place(world), state="offered")
    accounts = [
        open_account(organiser_id=world.organiser.pk, kind=AccountKind.VOUCHER) for _ in range(MORE)
    ]
    begins = months_from(date(2022, 9, 1))
    made = copies(
        voucher,
        MORE,
        account_id=lambda n: accounts[n - 1],
        valid=lambda n: (begins[n], begins[n + 1]),
        state=lambda n: ("offered", "accepted", "refused")[n % 3],
        refusal_reason=lambda n: "En tarvitse." if n % 3 == 2 else "",
    )
    copies(voucher.units.order_by("pk")[0], MORE, voucher_id=lambda n: made[n - 1].pk)


@grows
def months(world: Scene) -> None:
    """Months of the budget that are behind."""
    budget = Budget.objects.get(enrolment=plan_rows.place(world))
    pot = Pot.objects.get(budget=budget, service=None)
    own = world.organiser.pk
    accounts = [open_account(organiser_id=own, kind=AccountKind.POT) for _ in range(MORE)]
    copies(pot, MORE, account_id=lambda n: accounts[n - 1], valid=_month_before)
    for account in accounts:
        transfer(world, TransferKind.GRANT, world.funding, account, 1000, f"grant:more:{account}")


def _month_before(count: int) -> tuple[date, date]:
    """The month so many before November 2020."""
    month = 2020 * 12 + 10 - count
    later = month + 1
    return date(month // 12, month % 12 + 1, 1), date(later // 12, later % 12 + 1, 1)


@grows
def rounds(world: Scene) -> None:
    """Rounds of questions, open and answered."""
    for number in range(3, MORE + 3):
        add_round(world, world.aino, number)
        add_answered(world, world.aino, 100 + number)


@grows
def questions(world: Scene) -> None:
    """Questions of one round."""
    for asked in Round.objects.filter(client=aino(world)):
        more = [{**asked.questions[0], "code": f"more-{n}"} for n in range(MORE)]
        asked.questions = [*asked.questions, *more]
        asked.save()
        if asked.state == "answered":
            copies(asked.answers.order_by("pk")[0], MORE, code=lambda n: f"more-{n - 1}")


@grows
def log(world: Scene) -> None:
    """What was done and looked at, each by another person."""
    who = [user(world, f"muu{n}", f"Muu {n}", "case_manager").pk for n in range(MORE)]
    for number, by_id in enumerate(who):
        notes = [
            Note("write_message", "thread", number, client_id=aino(world).pk),
            Note("read", "client", aino(world).pk, client_id=aino(world).pk, purpose="casework"),
        ]
        record(organiser_id=world.organiser.pk, by_id=by_id, at=LATER, notes=notes)
