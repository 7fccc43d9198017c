"""The stage's people: staff and clients, from the first contact to a decision in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from valinta.budgets.actions import accept_voucher
from valinta.budgets.models import Voucher
from valinta.catalogue.models import Service
from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.demo.identities import identity_code
from valinta.demo.people import Person, Staff, person
from valinta.needs.actions import LegAnswer, NeedStated, assess_needs, record_eligibility
from valinta.needs.models import Allocation
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.actions import LineChosen, sign_plan, write_plan, write_support_plan
from valinta.plans.models import ServicePlan, SupportPlan
from valinta.plans.states import Signer, Way
from valinta.processes.allocate_budget import allocate_budget
from valinta.processes.enrol_client import Outcome, enrol_client
from valinta.processes.grant_budget import Granted, grant_budget
from valinta.processes.inform_of_voucher import inform_of_voucher
from valinta.programmes.models import Programme
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Role

LOCAL = ZoneInfo("Europe/Helsinki")
SERIAL = count(1)

Lines = Mapping[str, tuple[Way, int, bool]]
"""By service code: the way it is met, hundredths of its unit in a month, whether mandatory."""


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of local time."""
    return datetime.combine(day, time(hour, minute), tzinfo=LOCAL)


@dataclass
class Casework:
    """One organiser with one programme, its staff, its clients, and the day it is."""

    programme: Programme
    organiser: Organiser
    staff: Staff
    on: date
    people: dict[int, Person] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """Ten in the morning of the stage's day."""
        return moment(self.on, 10)

    @property
    def manager(self) -> Actor:
        """The clients' case manager."""
        return self.staff.case_managers[0].actor

    def scope(self) -> AbstractContextManager[None]:
        """See only this organiser's rows, also in another thread or connection."""
        return tenancy.scope([self.organiser.pk])

    def actor(self, client: Client) -> Actor:
        """The client as someone who does things."""
        return self.people[client.pk].actor

    def service(self, code: str) -> Service:
        """A service of the tray."""
        return self.programme.services.get(code=code)

    # Clients, from the first contact to a decision in force.

    def client(self, given: str, *, municipality: str = "", born_on: date | None = None) -> Client:
        """A made-up person of the municipality (Finnish name or code; "": the first)."""
        number = next(SERIAL)
        born = born_on or date(1931 + number % 60, number % 12 + 1, number % 28 + 1)
        user = person(
            self.organiser, f"{given} Esimerkki", Role.CLIENT, self.programme.language, f"-{number}"
        )
        client = register_client(
            organiser_id=self.organiser.pk,
            given_name=given,
            family_name="Esimerkki",
            identity_code=identity_code(born, 900 + number % 100),
            born_on=born,
            language=self.programme.language,
            municipality_code=self._municipality_code(municipality),
            user=user.user,
            case_manager=self.staff.case_managers[0].user,
            by=self.manager,
            at=self.now,
        )
        self.people[client.pk] = user
        return client

    def _municipality_code(self, name: str) -> str:
        if name.isdigit():
            return name
        towns = self.programme.municipalities.order_by("id")
        return str((towns.get(names__fi=name) if name else towns[0]).code)

    def join(
        self, client: Client, *, group: str = "", consent: Iterable[str] | None = None
    ) -> Outcome:
        """Enrol the client, or queue them when the quota is full."""
        items = [item["code"] for item in self.programme.terms.get("consent", [])]
        return enrol_client(
            client=client,
            programme=self.programme,
            target_group=group or self._group(client),
            consent_items=items if consent is None else list(consent),
            by=self.manager,
            at=self.now,
        )

    def _group(self, client: Client) -> str:
        for group in self.programme.target_groups.order_by("id"):
            codes = group.municipality_codes
            if codes is None or client.municipality_code in codes:
                return str(group.code)
        raise LookupError(f"No target group for municipality {client.municipality_code}.")

    def enrolment(self, client: Client) -> Enrolment:
        """The client's place in the programme that is not over, made when there is none."""
        over = [EnrolmentState.ENDED, EnrolmentState.WITHDRAWN]
        held = Enrolment.objects.filter(client=client, programme=self.programme)
        return held.exclude(state__in=over).first() or self.join(client).enrolment

    def answer_legs(self, client: Client, **no: str) -> list[str]:
        """Answer yes to each leg of eligibility, except `leg_code="ground"`; gives those unmet."""
        refused = {leg.replace("_", "-"): ground for leg, ground in no.items()}
        asked = self.programme.terms.get("eligibility", [])
        legs, acts = [leg["code"] for leg in asked], {leg["code"]: leg["acts"] for leg in asked}
        return record_eligibility(
            enrolment=self.enrolment(client),
            legs=legs,
            answers=[
                LegAnswer(
                    leg,
                    leg not in refused,
                    refused.get(leg, "Keskustelu kotona."),
                    next(iter(acts[leg]), ""),
                )
                for leg in legs
            ],
            by=self.manager,
            at=self.now,
        )

    def assess(
        self, client: Client, lines: Lines, points: Mapping[str, int] | None = None
    ) -> Allocation:
        """Assess the needs of the lines and turn them into a sum for a month.

        `points` by service code are for programmes that count in points (5 when not given).
        """
        assessment = assess_needs(
            enrolment=self.enrolment(client),
            participants=[{"role": "client"}, {"role": "case_manager"}],
            goals=["Pärjään kotona"],
            needs=[
                NeedStated(
                    self.service(code),
                    quantity,
                    mandatory,
                    (points or {}).get(code, 5),
                    "Sovittu yhdessä." if mandatory else "",
                )  # fmt: skip
                for code, (_, quantity, mandatory) in lines.items()
            ],
            by=self.manager,
            at=self.now,
        )
        return allocate_budget(assessment=assessment, by=self.manager, at=self.now)

    def plan(self, client: Client, allocation: Allocation, lines: Lines) -> ServicePlan:
        """A service plan from the allocation and the client's own support plan, signed by both."""
        support = write_support_plan(
            enrolment=self.enrolment(client),
            sections={"wishes": "Haluan asua kotona."},
            helpers=[],
            by=self.actor(client),
            at=self.now,
        )
        plan = self.draft(client, allocation, lines, support)
        sign_plan(plan=plan, signer=Signer.CLIENT, by=self.actor(client), at=self.now)
        return sign_plan(plan=plan, signer=Signer.WORKER, by=self.manager, at=self.now)

    def draft(
        self,
        client: Client,
        allocation: Allocation,
        lines: Lines,
        support: SupportPlan | None = None,
    ) -> ServicePlan:
        """The case manager's draft of a service plan, which nobody has signed."""
        return write_plan(
            enrolment=self.enrolment(client),
            allocation=allocation,
            lines=[
                LineChosen(
                    line.service,
                    lines[line.service.code][0],
                    line.quantity_hundredths,
                    Money(line.cents),
                    line.mandatory,
                )
                for line in allocation.lines.select_related("service").order_by("number")
            ],
            support_plan=support,
            by=self.manager,
            at=self.now,
        )

    def grant(
        self,
        client: Client,
        lines: Lines,
        *,
        period: Period | None = None,
        points: Mapping[str, int] | None = None,
        income_tested_cents: Mapping[str, int] | None = None,
        accept: bool = True,
    ) -> Granted:
        """The whole way to a decision: joining, eligibility, assessment, plan, signatures.

        The period is three calendar months from the stage's, within the programme's phases.
        Vouchers are accepted by the client unless `accept` is false.
        """
        if not self.enrolment(client).eligibility.exists():
            self.answer_legs(client)
        plan = self.plan(client, self.assess(client, lines, points), lines)
        granted = grant_budget(
            plan=plan,
            period=period or self.months(3),
            by=self.staff.decision_maker.actor,
            at=self.now,
            income_tested_cents=income_tested_cents,
        )
        for voucher in granted.vouchers if accept else ():
            self.inform(client, voucher)
            accept_voucher(voucher=voucher, by=self.actor(client), at=self.now)
        return granted

    def inform(self, client: Client, voucher: Voucher) -> None:
        """The client is told what the law asks before a voucher is answered."""
        inform_of_voucher(
            voucher=voucher, language=client.language, by=self.actor(client), at=self.now
        )

    def months(self, number: int = 1) -> Period:
        """So many calendar months from the stage's own, cut at the end of the last phase."""
        start = self.on.replace(day=1)
        year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
        end = date(year, month + 1, 1)
        return Period(start, min(end, self.open_days().ends_on or end))

    def open_days(self) -> Period:
        """From the stage's month to the end of the programme's last phase."""
        ends = [phase.valid.upper for phase in self.programme.phases.all()]
        return Period(self.on.replace(day=1), None if None in ends else max(ends))
