"""A voucher is for a quantity: what is ordered or delivered never goes past it (HAM-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import F, Q, Sum

from valinta.budgets.models import Voucher
from valinta.orders.actions import BudgetSpent, SliceWanted
from valinta.orders.models import Slice
from valinta.orders.states import OPEN
from valinta.visits.models import Visit
from valinta.visits.states import VisitState


class VoucherUsed(BudgetSpent):
    """The voucher has less left of its quantity than the order needs; nothing was ordered."""


def must_fit_vouchers(slices: Sequence[SliceWanted]) -> None:
    """Raise VoucherUsed unless each voucher has the quantity left that the slices take of it.

    Locks the vouchers until the transaction ends, so two orders cannot share the last hour.
    """
    wanted: Counter[int] = Counter()
    for one in slices:
        if one.voucher_id is not None:
            wanted[one.voucher_id] += one.quantity_hundredths
    if not wanted:
        return
    locked = Voucher.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    for voucher in locked:
        left = quantity_left(voucher)
        if wanted[voucher.pk] > left:
            whole = voucher.quantity_hundredths
            raise VoucherUsed(
                f"The voucher has {left / 100:.2f} left of its {whole / 100:.2f} units."
                " Order less, or talk with the case manager."
            )


def quantity_left(voucher: Voucher) -> int:
    """Hundredths of the unit that are neither held by an open order nor delivered by a closed one.

    Months that a shortened order gave up count as closed.
    """
    return quantities_left([voucher])[voucher.pk]


def quantities_left(vouchers: Sequence[Voucher]) -> dict[int, int]:
    """`quantity_left` of several vouchers by their ids, in two queries."""
    held = Q(order__state__in=OPEN, order__valid__contains=F("valid"))
    slices = Slice.objects.filter(voucher__in=[voucher.pk for voucher in vouchers])
    ordered = slices.filter(held).values_list("voucher_id")
    delivered = (
        Visit.objects.filter(slice__in=slices.exclude(held))
        .exclude(state=VisitState.REJECTED)
        .values_list("slice__voucher_id")
    )
    left = {voucher.pk: voucher.quantity_hundredths for voucher in vouchers}
    for rows in (ordered, delivered):
        for voucher_id, used in rows.annotate(used=Sum("quantity_hundredths")):
            left[voucher_id] -= used
    return left
