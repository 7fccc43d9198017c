"""What moved in the ledger, summed. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from valinta.ledger.kinds import CauseKind, TransferKind
from valinta.ledger.models import Transfer


@dataclass(frozen=True, slots=True)
class Moved:
    """Cents that transfers of one kind have taken from one account to another."""

    kind: TransferKind
    debit_id: int
    credit_id: int
    cents: int


def moved_because_of(kind: CauseKind, ids: Sequence[int]) -> list[Moved]:
    """What moved with these causes, by kind of transfer and pair of accounts. One query."""
    rows = (
        Transfer.objects.filter(cause_kind=kind, cause_id__in=ids)
        .values_list("kind", "debit_id", "credit_id")
        .annotate(sum=Sum("cents"))
    )
    return [
        Moved(TransferKind(one), debit, credit, int(cents)) for one, debit, credit, cents in rows
    ]
