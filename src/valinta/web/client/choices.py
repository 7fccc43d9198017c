"""What a client may choose from: the plan's services that are bought, and who offers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from valinta.budgets.models import Budget, Voucher
from valinta.budgets.states import BudgetState, VoucherState
from valinta.catalogue.models import Offer, Service
from valinta.catalogue.rows import TrayRow, tray_rows
from valinta.clients.models import Client, Enrolment
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.shared.periods import Period


@dataclass(frozen=True, slots=True)
class Choice:
    """A service of the plan in force that is bought with a budget or voucher."""

    service: Service
    way: str
    quantity_hundredths: int
    mandatory: bool

    @property
    def unit(self) -> str:
        """The unit of the quantity."""
        return str(self.service.unit)


def choices(enrolment: Enrolment) -> list[Choice]:
    """The services of the plan in force that the client may order, in the plan's order."""
    lines = PlanLine.objects.filter(
        plan__enrolment=enrolment,
        plan__state=PlanState.IN_FORCE,
        way__in=[Way.BUDGET, Way.VOUCHER],
    ).select_related("service")
    return [
        Choice(line.service, line.way, line.quantity_hundredths, line.mandatory)
        for line in lines.order_by("pk")
    ]


def offers_for(client: Client, choice: Choice, on: date) -> list[TrayRow]:
    """Who offers the service to the client on the day, in an order that favours nobody.

    The order is another each day, and each client's own. With a voucher the rows tell what the
    client pays beside it.
    """
    offers = Offer.objects.filter(
        service=choice.service, valid__contains=on, approval__valid__contains=on
    )
    rows = tray_rows(list(offers.values_list("pk", flat=True)), {client.organiser_id: on})
    near = [row for row in rows if _serves(row, client.municipality_code)]
    shuffled = sorted(near, key=lambda row: _turn(client.pk, on, row.provider_id))
    return valued(shuffled, client, choice, on)


def valued(rows: Iterable[TrayRow], client: Client, choice: Choice, on: date) -> list[TrayRow]:
    """The rows with the values of the client's own voucher, or with none for a budget."""
    values: dict[str, int] = {}
    if choice.way == Way.VOUCHER:
        vouchers = Voucher.objects.filter(
            enrolment__client=client,
            service=choice.service,
            state=VoucherState.ACCEPTED,
            valid__endswith__gt=on,
        )
        values = dict(vouchers.order_by("-valid").values_list("units__band__code", "units__cents"))
    return [row.valued(values) for row in rows]


def _serves(row: TrayRow, municipality: str) -> bool:
    return row.municipality_codes is None or municipality in row.municipality_codes


def _turn(client_id: int, on: date, provider_id: int) -> str:
    return sha256(f"{client_id} {on} {provider_id}".encode()).hexdigest()


def money_days(enrolment: Enrolment, choice: Choice, on: date) -> Period | None:
    """The days from today on for which there is a budget, or a voucher for the service."""
    budgets = Budget.objects.filter(enrolment=enrolment, state=BudgetState.IN_FORCE)
    vouchers = Voucher.objects.filter(
        enrolment=enrolment, service=choice.service, state=VoucherState.ACCEPTED
    )
    by_voucher = choice.way == Way.VOUCHER
    ranges = (vouchers if by_voucher else budgets).values_list("valid", flat=True)
    days = [one for one in ranges if one.upper is None or one.upper > on]
    if not days:
        return None
    first = min(days, key=lambda one: one.lower)
    return Period(max(first.lower, on + timedelta(days=1)), max(one.upper for one in days))
