"""What a programme did with its money: by way, from transfers alone, equal to the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from valinta.clients.models import Enrolment
from valinta.ledger.models import Account
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState
from valinta.programmes.models import Programme

# What left the funding for pots and vouchers, came back from them, and still lies there or is held.
# A rest that was carried to the next month left and came back at once: it is neither.
_GRANTS = """
WITH grants AS (
    SELECT 'budget' AS way, p.account_id FROM budgets_pot p
        JOIN budgets_budget b ON b.id = p.budget_id
        JOIN clients_enrolment e ON e.id = b.enrolment_id
        WHERE e.programme_id = %(programme)s
    UNION ALL
    SELECT 'voucher', v.account_id FROM budgets_voucher v
        JOIN clients_enrolment e ON e.id = v.enrolment_id WHERE e.programme_id = %(programme)s
), holds AS (
    SELECT CASE WHEN s.pot_id IS NULL THEN 'voucher' ELSE 'budget' END AS way, s.hold_id
    FROM orders_slice s JOIN orders_order o ON o.id = s.order_id
    JOIN clients_enrolment e ON e.id = o.enrolment_id WHERE e.programme_id = %(programme)s
)
SELECT w.way,
    coalesce((SELECT sum(t.cents) FROM grants g JOIN ledger_transfer t
        ON t.credit_id = g.account_id AND t.debit_id = %(funding)s
        WHERE g.way = w.way AND t.key NOT LIKE 'carry:%%'), 0)::bigint,
    (coalesce((SELECT sum(t.cents) FROM grants g JOIN ledger_transfer t
        ON t.debit_id = g.account_id AND t.credit_id = %(funding)s WHERE g.way = w.way), 0)
    - coalesce((SELECT sum(t.cents) FROM grants g JOIN ledger_transfer t
        ON t.credit_id = g.account_id AND t.debit_id = %(funding)s
        WHERE g.way = w.way AND t.key LIKE 'carry:%%'), 0))::bigint,
    coalesce((SELECT sum(a.credits - a.debits) FROM grants g JOIN ledger_account a
        ON a.id = g.account_id WHERE g.way = w.way), 0)::bigint,
    coalesce((SELECT sum(a.credits - a.debits) FROM holds h JOIN ledger_account a
        ON a.id = h.hold_id WHERE h.way = w.way), 0)::bigint
FROM (VALUES ('budget'), ('voucher')) w (way)
"""
# What providers were owed for visits: from the holds of each way, and from the funding itself.
_SPENT = """
SELECT CASE WHEN %(funding)s IN (t.debit_id, t.credit_id) THEN 'funding'
        WHEN s.pot_id IS NULL THEN 'voucher' ELSE 'budget' END AS way,
    sum(CASE WHEN t.credit_id = p.payable_id THEN t.cents ELSE -t.cents END)::bigint
FROM ledger_transfer t
JOIN providers_provideraccount p ON p.organiser_id = t.organiser_id
    AND p.payable_id IN (t.debit_id, t.credit_id)
LEFT JOIN visits_correction c ON t.cause_kind = 'correction' AND c.id = t.cause_id
JOIN visits_visit v ON v.id = coalesce(c.visit_id, t.cause_id)
JOIN orders_slice s ON s.id = v.slice_id
JOIN orders_order o ON o.id = v.order_id
JOIN clients_enrolment e ON e.id = o.enrolment_id AND e.programme_id = %(programme)s
WHERE t.organiser_id = %(organiser)s AND t.kind IN ('capture', 'correct')
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class WayMoney:
    """The money of a way in cents: granted, returned, spent on visits, still free, still held."""

    way: str
    granted: int
    returned: int
    spent: int
    free: int
    held: int


@dataclass(frozen=True, slots=True)
class ClosingReport:
    """A programme in figures. `past` is what the funding paid beside pots and vouchers (cents).

    `places` counts places by state, `onwards` the needs by the way in which they go on.
    `from_funding` is what the ledger says has left the funding for good or is still out.
    """

    ways: tuple[WayMoney, ...]
    past: int
    from_funding: int
    places: tuple[tuple[str, int], ...]
    onwards: tuple[tuple[str, int], ...]
    paid: int
    owed: int

    @property
    def granted(self) -> int:
        """Granted in all."""
        return sum(one.granted for one in self.ways)

    @property
    def returned(self) -> int:
        """Returned to the funding in all."""
        return sum(one.returned for one in self.ways)

    @property
    def spent(self) -> int:
        """Owed to providers for visits in all, what the funding paid itself included."""
        return sum(one.spent for one in self.ways) + self.past

    @property
    def out(self) -> int:
        """What still lies in pots and vouchers or is held."""
        return sum(one.free + one.held for one in self.ways)

    @property
    def is_equal(self) -> bool:
        """Whether visits, returns and the ledger's own balance agree to the cent."""
        by_ways = all(
            one.granted - one.returned - one.spent == one.free + one.held for one in self.ways
        )
        return by_ways and self.from_funding == self.spent + self.out


def closing_report(programme: Programme) -> ClosingReport:
    """The report as it is now; nothing changes. Six queries."""
    given = {
        "programme": programme.pk,
        "organiser": programme.organiser_id,
        "funding": programme.funding_account_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPENT, given)
        spent = {way: int(cents) for way, cents in cursor.fetchall()}
        cursor.execute(_GRANTS, given)
        ways = tuple(
            WayMoney(way, int(granted), int(returned), spent.get(way, 0), int(free), int(held))
            for way, granted, returned, free, held in cursor.fetchall()
        )
        cursor.execute(_PAID, given)
        ((paid,),) = cursor.fetchall()
    funding = Account.objects.get(pk=programme.funding_account_id)
    places = Enrolment.objects.filter(programme=programme).values_list("state")
    onwards = PlanLine.objects.filter(
        plan__enrolment__programme=programme, plan__state=PlanState.DRAFT
    ).values_list("way")
    total = sum(spent.values())
    return ClosingReport(
        ways=ways,
        past=spent.get("funding", 0),
        from_funding=-funding.balance_cents,
        places=tuple(places.annotate(n=Count("pk")).order_by("state")),
        onwards=tuple(onwards.annotate(n=Count("pk")).order_by("way")),
        paid=int(paid),
        owed=total - int(paid),
    )


# What settlement runs have paid out or are about to, for visits of the programme.
_PAID = """
SELECT coalesce(sum(p.cents), 0)::bigint FROM settlements_payment p
JOIN settlements_statement t ON t.id = p.statement_id
JOIN settlements_run r ON r.id = t.run_id
WHERE r.programme_id = %(programme)s AND p.state <> 'returned'
"""
