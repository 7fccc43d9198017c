"""The people of one organiser in these tests: every role, and those who come close to one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from tests.permissions.cast_company import leave_companys_own
from tests.permissions.cast_programme import leave_papers
from valinta.audit.actions import Note, record
from valinta.budgets.states import VoucherState
from valinta.clients.actions import end_mandate, give_mandate, record_absence
from valinta.clients.models import Client
from valinta.demo.month import moment
from valinta.demo.people import person
from valinta.demo.play import Played, day_of, play
from valinta.demo.wellbeing import ask_how_people_are
from valinta.evaluation.models import Round
from valinta.messages.actions import (
    note_glance,
    open_thread,
    write_message,
)
from valinta.messages.files import Sent
from valinta.messages.notice_actions import choose_notices
from valinta.messages.states import Route
from valinta.orders.actions import cancel_visit
from valinta.orders.assigning_actions import assign_worker
from valinta.orders.change_actions import Said, begin_moving, keep_change, undo_change
from valinta.orders.models import Order
from valinta.orders.states import ChangeKind, OrderState
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.claim_actions import make_claim
from valinta.plans.delivery_actions import keep_letters, send_letter
from valinta.plans.models import Claim, Decision
from valinta.plans.moving import Scan
from valinta.plans.proposal_actions import prepare_refusal, return_proposal
from valinta.plans.states import ClaimWay, DeliveryWay
from valinta.processes.invite_supporter import invite_supporter
from valinta.processes.invite_worker import invite_worker
from valinta.processes.load_programme import load_pack
from valinta.processes.report_visit import Entry, report_visit
from valinta.processes.write_access_letter import write_access_letter
from valinta.programmes.models import Programme, Quota
from valinta.programmes.pack import read_pack
from valinta.providers.levels import Level
from valinta.providers.models import Worker
from valinta.settlements.models import RunCorrection
from valinta.shared.periods import Period
from valinta.users.actor import Actor, actor_of, system
from valinta.users.models import User
from valinta.users.permissions import Role
from valinta.visits.code_actions import make_code
from valinta.visits.models import Correction, RefusedLine, Visit
from valinta.visits.starting_actions import drop_started, start_visit
from valinta.visits.states import VisitState
from valinta.visits.withdrawing_actions import set_line_aside

PACKS = Path(__file__).parents[2] / "programmes"
TODAY = date(2019, 3, 15)
SCOPE = ("see", "plan", "order", "confirm")
# All that may be done, with what must be read for it and no more.
NARROW_ACTS = ("see_plan", "plan", "see_budget", "order", "confirm")

# Those who act for the client, by what is wrong with their mandate ("representative": nothing).
MANDATES: dict[str, tuple[tuple[str, ...], int, int]] = {
    "representative": (SCOPE, -30, 30),
    "representative whose mandate has ended": (SCOPE, -30, 0),
    "representative whose mandate begins tomorrow": (SCOPE, 1, 30),
    "representative whose mandate was taken back": (SCOPE, -30, 30),
    "representative who may only see": (("see",), -30, 30),
    "representative who acts and sees no more": (NARROW_ACTS, -30, 30),
    "representative who sees the plan": (("see_plan", "write"), -30, 30),
    "representative who sees the money": (("see_budget",), -30, 30),
}


@dataclass(frozen=True)
class Side:
    """One organiser: what was played there, the client it is about, and users by who they are."""

    played: Played
    client_id: int
    order_id: int
    users: Mapping[str, int]

    @property
    def organiser(self) -> Organiser:
        return self.played.programme.organiser

    @property
    def programme(self) -> Programme:
        return self.played.programme

    @property
    def now(self) -> datetime:
        """Noon of the day the organiser's people live in."""
        return moment(self.played.today, 12)

    def scope(self) -> AbstractContextManager[None]:
        return tenancy.scope([self.organiser.pk])

    def actor(self, who: str) -> Actor:
        """The person as someone who does things today."""
        if who == "system":
            return system(self.organiser.pk)
        user_id = self.users[who]
        with tenancy.scope((), user_id):
            return actor_of(user_id, self.played.today)


def play_side(pack: str, number: int, out: Path) -> Side:
    """Load a pack, play its month, and add what the play leaves out."""
    at = moment(TODAY, 8)
    programme = load_pack(pack=read_pack(PACKS / pack), at=at).programme
    with tenancy.scope([programme.organiser_id]), transaction.atomic():
        played = play(programme, day_of(programme, TODAY), number, out, lambda _: None)
        order = _order_with_visits(played)
        users = _people(played, order)
        side = Side(played, order.client_id, order.pk, users)
        _mandates(side)
        _what_the_play_leaves_out(side, order)
        leave_papers(side.programme, side.actor("office"), side.now)
    return side


def _order_with_visits(played: Played) -> Order:
    """An order that runs, with visits that wait; of a client with a voucher if there is one."""
    running = Order.objects.filter(
        state=OrderState.ACCEPTED,
        visit__state=VisitState.ACCEPTED,
        client__in=[one.client for one in played.lived],
    ).order_by("pk")
    vouchers = running.filter(enrolment__vouchers__state=VoucherState.ACCEPTED)
    found = vouchers.first() or running.first()
    assert found is not None, "The play left no running order with visits that wait."
    return found


def _people(played: Played, order: Order) -> dict[str, int]:
    staff, programme = played.staff, played.programme
    client = Client.objects.get(pk=order.client_id)
    other = next(one.client for one in played.lived if one.client.pk != client.pk)
    workers = played.tray.workers
    rival = next(pk for pk in sorted(workers) if pk != order.provider_id)
    assert client.user_id is not None and other.user_id is not None
    users = {
        "client": client.user_id,
        "another client": other.user_id,
        # The client's own: caseloads can be closed.
        "case manager": client.case_manager_id or 0,
        "decision maker": staff.decision_maker.user.pk,
        "provider": workers[order.provider_id].user.pk,
        "another provider": workers[rival].user.pk,
        "finance preparer": staff.preparer.user.pk,
        "finance approver": staff.approver.user.pk,
        "office": staff.office.user.pk,
    }
    roles = dict.fromkeys([*MANDATES, "representative of nobody"], Role.REPRESENTATIVE)
    roles |= {"evaluator": Role.EVALUATOR, "worker who has left": Role.PROVIDER}
    for number, (name, role) in enumerate(roles.items()):
        made = person(programme.organiser, name, role, programme.language, f"-{number}")
        users[name] = made.user.pk
    Worker.objects.create(
        provider_id=order.provider_id,
        user_id=users["worker who has left"],
        level=Level.ADMIN,
        valid=(date(2015, 1, 1), played.today),
    )
    return users | _levels(played, order.provider_id)


def _levels(played: Played, provider_id: int) -> dict[str, int]:
    """The provider's people who are no administrators; see `test_levels`."""
    programme, users = played.programme, {}
    for level in (Level.OFFICE, Level.WORKER):
        who = f"company's {level}"
        made = person(programme.organiser, who, Role.PROVIDER, programme.language, f"-c-{level}")
        Worker.objects.create(
            provider_id=provider_id, user=made.user, level=level, valid=(date(2015, 1, 1), None)
        )
        users[who] = made.user.pk
    return users


def _mandates(side: Side) -> None:
    """The client gives every mandate; one is taken back."""
    client = Client.objects.get(pk=side.client_id)
    giver = side.actor("client")
    for name, (scope, first, end) in MANDATES.items():
        today = side.played.today
        mandate = give_mandate(
            client=client,
            user=User.objects.get(pk=side.users[name]),
            kind="authorised",
            scope=scope,
            period=Period(today + timedelta(days=first), today + timedelta(days=end)),
            by=giver,
            at=side.now - timedelta(hours=3),
        )
        if name.endswith("taken back"):
            end_mandate(mandate=mandate, by=giver, at=side.now - timedelta(hours=1))


def _what_the_play_leaves_out(side: Side, order: Order) -> None:
    """A row of each kind that the month did not make, so that every kind could leak."""
    by, at, today = side.actor("case manager"), side.now, side.played.today
    later = Period(today + timedelta(days=200), today + timedelta(days=203))
    record_absence(client=order.client, kind="hospital", period=later, by=by, at=at)
    cancel_visit(order=order, served_on=later.starts_on, by=by, at=at)
    invite_supporter(
        client=order.client,
        name="Tukija",
        kind="supporter_close",
        scope=["see_plan"],
        last_on=later.starts_on,
        by=by,
        at=at,
    )
    write_access_letter(client=order.client, by=by, at=at)
    _write_messages(side, order, at)
    make_code(order=order, by=by, at=at)
    leave_companys_own(side.programme, order, side.actor("provider"), at)
    _visits_of_a_phone(side, order)
    _what_surrounds_a_decision(order, by, at)
    _what_changed_on_the_way(side, order)
    invite_worker(
        organiser_id=side.organiser.pk,
        name="Uusi Työntekijä",
        role=Role.EVALUATOR,
        period=later,
        by=side.actor("office"),
        at=at,
    )
    if not Round.objects.filter(organiser=side.organiser).exists():
        ask_how_people_are(side.programme, side.played.lived, at)
    if not Quota.objects.filter(organiser=side.organiser).exists():
        Quota.objects.create(
            organiser=side.organiser,
            programme=side.programme,
            municipality_code="000",
            places=100,
            valid=(today + timedelta(days=1), None),
        )
    correction = Correction.objects.filter(runcorrection=None).first() or Correction.objects.create(
        organiser=side.organiser,
        visit=Visit.objects.filter(organiser=side.organiser).order_by("pk")[0],
        cents=1,
        cause="price",
        reason="Koe",
        known_at=at,
    )
    RunCorrection.objects.create(
        correction=correction, run_id=side.played.run.pk, organiser=side.organiser
    )


def _visits_of_a_phone(side: Side, order: Order) -> None:
    """A start taken back, and a line that was refused and set aside beside one that waits."""
    at, reporter = side.now, side.actor("provider")
    begun = start_visit(order=order, reference="koe-0", started_at=at, by=reporter, at=at)
    drop_started(started=begun, by=reporter, at=at)
    tomorrow = side.played.today + timedelta(days=1)
    assign_worker(
        provider=order.provider,
        client=order.client,
        user=User.objects.get(pk=side.users["company's worker"]),
        period=Period(side.played.today - timedelta(days=30)),
        by=reporter,
        at=at,
    )
    for reference, by in (("koe-1", reporter), ("koe-2", side.actor("company's worker"))):
        report_visit(order=order, entry=Entry(reference, tomorrow), by=by, at=at)
    line = RefusedLine.objects.get(organiser=side.organiser, reference="koe-1")
    set_line_aside(refused=line, by=reporter, at=at)


def _what_changed_on_the_way(side: Side, order: Order) -> None:
    """Days away to come, a death that was noted by mistake, and a provider that is to be lost."""
    by, at, today = side.actor("case manager"), side.now, side.played.today
    ahead = today + timedelta(days=200)
    facts = {"kind": "hospital", "absence": None, "days": {}, "parts": {}}
    for said in (
        Said(ChangeKind.INTERRUPTION, ahead, ahead + timedelta(days=3), facts=facts),
        Said(ChangeKind.DEATH, today),
    ):
        change = keep_change(
            client=order.client, enrolment=order.enrolment, said=said, by=by, at=at
        )
    undo_change(change=change, reason="Koe", by=by, at=at)
    begin_moving(order=order, ends_on=ahead, was_until=None, reason="Koe", by=by, at=at)


def _what_surrounds_a_decision(order: Order, by: Actor, at: datetime) -> None:
    """A proposal taken back, a letter for the post, a claim with its answer, and its paper."""
    decision = Decision.objects.get(enrolment=order.enrolment, state="in_force")
    prepared = prepare_refusal(enrolment=order.enrolment, grounds="Koe", by=by, at=at)
    return_proposal(proposal=prepared, reason="Koe", by=by, at=at)
    claim = make_claim(
        decision=decision,
        words="Koe",
        way=ClaimWay.PAPER,
        received_on=at.date(),
        scan=Scan("liite.pdf", "application/pdf", b"%PDF-1.7"),
        by=by,
        at=at,
    )
    # By nobody of the table, so that everybody who may can try.
    note = Note("answer_claim", "claim", claim.pk, "received", "answered", order.client_id)
    record(organiser_id=order.organiser_id, by_id=by.user_id, at=at, notes=[note])
    Claim.objects.filter(pk=claim.pk).update(
        state="answered", outcome="upheld", answer="Koe", answered_at=at, decided_by_id=None,
        answered_by_id=by.user_id,
    )  # fmt: skip
    send_letter(decision=decision, claim=None, way=DeliveryWay.POST, language="fi", by=by, at=at)
    keep_letters(decision=decision, claim=None, letters={"sv": b"%PDF-1.7"}, at=at)


def _write_messages(side: Side, order: Order, at: datetime) -> None:
    """A question of the client with a file, answered to somebody who wants an e-mail."""
    choose_notices(
        organiser=side.organiser, email="asiakas@example.fi", by=side.actor("client"), at=at
    )
    thread = open_thread(
        client=order.client,
        route=Route.CASE_MANAGER,
        subject="Kysymys",
        words="Miten jatkan?",
        files=[Sent("liite.pdf", b"%PDF-1.7")],
        by=side.actor("client"),
        at=at,
    )
    open_thread(
        client=order.client,
        route=Route.PROVIDER,
        provider=order.provider,
        subject="Avain",
        words="Missä avain on?",
        files=[Sent("avain.pdf", b"%PDF-1.7")],
        by=side.actor("client"),
        at=at,
    )
    open_thread(
        client=order.client,
        route=Route.OFFICE,
        subject="Kiitos",
        words="Kiitos budjetista.",
        files=[Sent("kiitos.pdf", b"%PDF-1.7")],
        by=side.actor("client"),
        at=at,
    )
    manager = side.actor("case manager")
    write_message(thread=thread, words="Soitan huomenna.", by=manager, at=at)
    note_glance(thread=thread, by=manager, at=at)
