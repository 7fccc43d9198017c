"""Volume: thousands of providers' orders, copied from the one that real verbs made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from bench.copies import Copier
from bench.world import ORDERED_AT, World
from valinta.clients.models import Enrolment
from valinta.providers.models import Approval, Provider, ProviderAccount

POT_CENTS = 10_000_000
VISITS_PER_ORDER = 25
HALF_HOUR = 50  # hundredths of an hour
FILLED = (
    "clients_client",
    "clients_enrolment",
    "needs_assessment",
    "needs_allocation",
    "plans_serviceplan",
    "plans_planline",
    "plans_decision",
    "budgets_budget",
    "budgets_pot",
    "ledger_account",
    "ledger_transfer",
    "audit_entry",
)


@dataclass(frozen=True, slots=True)
class Volume:
    """The copied providers, and the ids of the orders each of them has."""

    providers: list[Provider]
    orders: dict[int, list[int]]


def owner(world: World) -> psycopg.Connection:
    """A connection of the owner, for making volume and for bare references."""
    return psycopg.connect(world.url, autocommit=True)


def copy_clients(world: World, count: int) -> list[Enrolment]:
    """Copy the granted client, with its plan, decision, budget and pot, so many times.

    Returns the enrolments of the first thousand and of the last.
    """
    plan = world.granted.decision.plan
    with owner(world) as connection, connection.transaction():
        copier = Copier(connection, count)
        person = {"identity_code": "'B' || lpad(m.n::text, 10, '0')"}
        copier.copy("clients_client", [world.client.pk], put=person)
        enrolment = {"enrolment_id": "clients_enrolment"}
        clients = {"client_id": "clients_client"}
        copier.copy("clients_enrolment", [world.enrolment.pk], follow=clients)
        assessment = plan.allocation.assessment_id
        copier.copy("needs_assessment", [assessment], follow=enrolment)
        assessments = {"assessment_id": "needs_assessment"}
        copier.copy("needs_allocation", [plan.allocation_id], follow=assessments)
        allocation = {"allocation_id": "needs_allocation"}
        copier.copy("plans_serviceplan", [plan.pk], follow=enrolment | allocation)
        plans = {"plan_id": "plans_serviceplan"}
        copier.copy("plans_planline", [line.pk for line in plan.lines.all()], follow=plans)
        copier.copy("plans_decision", [world.granted.decision.pk], follow=enrolment | plans)
        decision = {"decision_id": "plans_decision"}
        copier.copy("budgets_budget", [world.pot.budget_id], follow=enrolment | decision)
        empty = {"debits": "0", "credits": "0"}
        copier.copy("ledger_account", [world.pot.account_id], put=empty)
        pots = {"budget_id": "budgets_budget", "account_id": "ledger_account"}
        granted = {"granted_cents": str(POT_CENTS)}
        copier.copy("budgets_pot", [world.pot.pk], follow=pots, put=granted)
        _grant(connection, world)
        _audit(connection, world)
        connection.execute("DROP TABLE bench_made")
    with owner(world) as connection:
        # Not the tables that are empty still: once seen empty they are planned for as empty, and
        # autovacuum does not look at them either until they hold something.
        connection.execute(f"VACUUM ANALYZE {', '.join(FILLED)}")
    copied = Enrolment.objects.filter(
        programme=world.programme, pk__gt=world.enrolment.pk
    ).select_related("client")
    some = [*copied.order_by("pk")[: count - 1][:1000], *copied.order_by("-pk")[:1]]
    for one in some:
        one.programme = world.programme
    return some


def _grant(connection: psycopg.Connection, world: World) -> None:
    connection.execute(
        "INSERT INTO ledger_transfer (organiser_id, debit_id, credit_id, cents, kind, happened_at,"
        " cause_kind, cause_id, key) SELECT %s, %s, a.new, %s, 'grant', %s, 'decision', d.new,"
        " 'grant:bench:' || a.new FROM bench_made a JOIN bench_made d USING (n)"
        " WHERE a.tab = 'ledger_account' AND d.tab = 'plans_decision' ORDER BY a.new",
        [
            world.programme.organiser_id,
            world.programme.funding_account_id,
            POT_CENTS,
            ORDERED_AT,
        ],
    )


def _audit(connection: psycopg.Connection, world: World) -> None:
    """Copy the log of the first client, so that the last row of each subject tells its state."""
    connection.execute(
        "INSERT INTO audit_entry (organiser_id, at, by_id, verb, subject_kind, subject_id, before,"
        " after, client_id, purpose, facts)"
        " SELECT e.organiser_id, e.at, e.by_id, e.verb, e.subject_kind, m.new, e.before, e.after,"
        " c.new, e.purpose, e.facts FROM audit_entry e"
        " JOIN (VALUES ('enrolment', 'clients_enrolment'), ('assessment', 'needs_assessment'),"
        " ('service_plan', 'plans_serviceplan'), ('decision', 'plans_decision'),"
        " ('budget', 'budgets_budget')) k (kind, tab) ON k.kind = e.subject_kind"
        " JOIN bench_made m ON m.tab = k.tab AND m.old = e.subject_id"
        " JOIN bench_made c ON c.tab = 'clients_client' AND c.n = m.n"
        " ORDER BY m.n, e.id"
    )


def copy_providers(world: World, count: int) -> list[Provider]:
    """Copy the offer's provider, with its approval, account, offer and prices."""
    approval: Approval = world.offer.approval
    account = ProviderAccount.objects.get(provider=approval.provider)
    with owner(world) as connection, connection.transaction():
        copier = Copier(connection, count)
        names = {"business_id": "lpad((8000000 + m.n)::text, 7, '0') || '-1'"}
        copier.copy("providers_provider", [approval.provider_id], put=names)
        provider = {"provider_id": "providers_provider"}
        copier.copy("providers_approval", [approval.pk], follow=provider)
        empty = {"debits": "0", "credits": "0"}
        copier.copy("ledger_account", [account.payable_id], put=empty)
        payable = {"payable_id": "ledger_account"}
        copier.copy("providers_provideraccount", [account.pk], follow=provider | payable)
        approvals = {"approval_id": "providers_approval"}
        copier.copy("catalogue_offer", [world.offer.pk], follow=approvals)
        prices = [price.pk for price in world.offer.prices.all()]
        copier.copy("catalogue_price", prices, follow={"offer_id": "catalogue_offer"})
        connection.execute("DROP TABLE bench_made")
    return list(Provider.objects.filter(business_id__gte="8000001", business_id__lt="9"))


def copy_orders(world: World, providers: list[Provider], counts: list[int]) -> Volume:
    """One order for each of the first copied clients: so many of them to each provider."""
    with owner(world) as connection, connection.transaction():
        connection.execute(_ORDERS, _parameters(world, providers, counts))
        connection.execute(_HOLDS, [world.programme.organiser_id])
        connection.execute(_SLICES, [VISITS_PER_ORDER * HALF_HOUR])
        connection.execute(_RESERVE, [ORDERED_AT])
        connection.execute(_ORDER_AUDIT, [ORDERED_AT])
        rows = connection.execute(
            "SELECT provider_id, array_agg(order_id ORDER BY order_id) FROM bench_order"
            " GROUP BY provider_id"
        ).fetchall()
        connection.execute("DROP TABLE bench_order")
    with owner(world) as connection:
        connection.execute("VACUUM ANALYZE")
    return Volume(providers, dict(rows))


def _parameters(world: World, providers: list[Provider], counts: list[int]) -> dict[str, object]:
    dealt = zip(providers, counts, strict=True)
    return {
        "providers": [one.pk for one, count in dealt for _ in range(count)],
        "at": ORDERED_AT,
        "service": world.service.pk,
        "programme": world.programme.pk,
        "first": world.enrolment.pk,
    }


_ORDERS = """
CREATE TABLE bench_order AS
WITH clients AS (
    SELECT e.*, row_number() OVER (ORDER BY e.id) - 1 AS n FROM clients_enrolment e
    WHERE e.programme_id = %(programme)s AND e.id > %(first)s
), dealt AS (
    SELECT c.id AS enrolment_id, c.client_id, c.organiser_id,
        d.provider_id
    FROM clients c JOIN unnest(%(providers)s::bigint[]) WITH ORDINALITY d (provider_id, n)
        ON d.n = c.n + 1
), made AS (
    INSERT INTO orders_order (organiser_id, enrolment_id, client_id, offer_id, service_id,
        provider_id, kind, state, placed_at, close_reason, valid)
    SELECT d.organiser_id, d.enrolment_id, d.client_id, f.id, %(service)s, d.provider_id, 'period',
        'accepted', %(at)s, '', daterange('2019-03-01', '2019-04-01')
    FROM dealt d JOIN providers_approval a ON a.provider_id = d.provider_id
    JOIN catalogue_offer f ON f.approval_id = a.id AND f.service_id = %(service)s
    ORDER BY d.enrolment_id
    RETURNING id, organiser_id, enrolment_id, offer_id, provider_id, client_id
)
SELECT m.id AS order_id, m.organiser_id, m.provider_id, m.client_id, t.id AS pot_id,
    t.account_id AS source_id, (SELECT p.cents FROM catalogue_price p WHERE p.offer_id = m.offer_id
        ORDER BY p.band_id LIMIT 1) AS cents, NULL::bigint AS hold_id
FROM made m JOIN budgets_budget b ON b.enrolment_id = m.enrolment_id
JOIN budgets_pot t ON t.budget_id = b.id
"""
_HOLDS = """
WITH made AS (
    INSERT INTO ledger_account (organiser_id, kind, debits, credits, floor)
    SELECT %s, 'hold', 0, 0, 0 FROM bench_order RETURNING id
), numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM made)
UPDATE bench_order o SET hold_id = m.id
FROM numbered m JOIN (SELECT order_id, row_number() OVER (ORDER BY order_id) AS n
    FROM bench_order) k ON k.n = m.n WHERE o.order_id = k.order_id
"""
_SLICES = """
INSERT INTO orders_slice (organiser_id, order_id, pot_id, source_id, hold_id, quantity_hundredths,
    reserved_cents, valid)
SELECT o.organiser_id, o.order_id, o.pot_id, o.source_id, o.hold_id, q.quantity,
    (q.quantity * o.cents + 50) / 100 + 100, daterange('2019-03-01', '2019-04-01')
FROM bench_order o, (VALUES (%s)) q (quantity) ORDER BY o.order_id
"""
_RESERVE = """
INSERT INTO ledger_transfer (organiser_id, debit_id, credit_id, cents, kind, happened_at,
    cause_kind, cause_id, key)
SELECT s.organiser_id, s.source_id, s.hold_id, s.reserved_cents, 'reserve', %s, 'order', s.order_id,
    'reserve:' || s.hold_id
FROM orders_slice s JOIN bench_order o ON o.order_id = s.order_id ORDER BY s.id
"""
_ORDER_AUDIT = """
INSERT INTO audit_entry (organiser_id, at, verb, subject_kind, subject_id, before, after, client_id,
    purpose, facts)
SELECT o.organiser_id, %s, 'accept_order', 'order', o.order_id, 'placed', 'accepted', o.client_id,
    '', '{}' FROM bench_order o ORDER BY o.order_id
"""

_HOURS = (("07", "07"), ("09", "09"), ("12", "12"), ("15", "15"), ("18", "18"))


def lines(orders: list[int]) -> Iterator[dict[str, object]]:
    """What a provider reports: five half-hour visits a day for each order, from 24 to 28 March."""
    for day in range(24, 29):
        for number, (starts, ends) in enumerate(_HOURS):
            for order in orders:
                yield {
                    "order": order,
                    "reference": f"{order}-{day}-{number}",
                    "served_on": f"2019-03-{day}",
                    "started_at": f"2019-03-{day}T{starts}:00",
                    "ended_at": f"2019-03-{day}T{ends}:30",
                    "quantity": "0.5",
                    "band": "",
                    "worker": f"w{order}",
                }
