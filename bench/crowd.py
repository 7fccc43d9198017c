"""A crowd around the demo: thousands of clients like one of its own, each with many visits."""

from __future__ import annotations

import psycopg

from bench import caseloads
from bench.copies import Copier
from valinta.budgets.models import Budget
from valinta.orders.models import Order
from valinta.plans.models import Decision
from valinta.programmes.models import Programme
from valinta.visits.models import Visit

_VISIT_DIFFERS = {
    "client_id": "c.new",
    "order_id": "o.new",
    "slice_id": "s.new",
    "reference": "'crowd-' || o.new || '-' || k",
    "served_on": "t.served_on - k % 28",
    "started_at": "t.started_at - make_interval(days => k % 28)",
    "ended_at": "t.ended_at - make_interval(days => k % 28)",
}
_VISITS = """
INSERT INTO visits_visit ({columns})
SELECT {values} FROM visits_visit t
JOIN bench_made o ON o.tab = 'orders_order' AND o.old = t.order_id
JOIN bench_made s ON s.tab = 'orders_slice' AND s.old = t.slice_id AND s.n = o.n
JOIN bench_made c ON c.tab = 'clients_client' AND c.n = o.n
CROSS JOIN generate_series(1, {each}) k
WHERE t.id = {like} ORDER BY o.new, k
"""
_LOG = """
INSERT INTO audit_entry (organiser_id, at, by_id, verb, subject_kind, subject_id, before, after,
    client_id, purpose, facts)
SELECT e.organiser_id, e.at, e.by_id, e.verb, e.subject_kind, e.subject_id, e.before, e.after,
    c.new, e.purpose, e.facts
FROM audit_entry e JOIN bench_made c ON c.tab = 'clients_client' AND c.old = e.client_id
ORDER BY c.n, e.id
"""


def gather(url: str, programme: Programme, manager_id: int, clients: int, visits: int) -> None:
    """Add so many clients to the programme, and so many visits in all.

    They are copies of one client of the demo with a budget; the copies cannot sign in. The case
    manager has a hundred of them, and other workers the rest.
    """
    visit = (
        Visit.objects.filter(
            order__enrolment__programme=programme,
            client__case_manager_id=manager_id,
            slice__pot__isnull=False,
            state="confirmed",
        )
        .select_related("order__enrolment")
        .order_by("pk")[0]
    )
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.transaction():
            connection.execute("DROP TABLE IF EXISTS bench_made")
            _copy(Copier(connection, clients), visit.order)
            _copy_visits(connection, visit, visits // clients)
            connection.execute(_LOG)
            at, organiser_id = visit.recorded_at, programme.organiser_id
            caseloads.divide(connection, organiser_id, manager_id, clients, at)
            connection.execute("DROP TABLE bench_made")
        connection.execute("VACUUM ANALYZE")


def _copy(copier: Copier, order: Order) -> None:
    place = order.enrolment
    budget = Budget.objects.filter(enrolment=place).select_related("decision__plan__allocation")[0]
    decision: Decision = budget.decision
    plan, pots = decision.plan, list(budget.pots.all())
    slices = [one for one in order.slices.all() if one.pot_id is not None]
    client, empty = {"client_id": "clients_client"}, {"debits": "0", "credits": "0"}
    enrolment = {"enrolment_id": "clients_enrolment"}
    plans = {"plan_id": "plans_serviceplan"}
    person = {
        "identity_code": "'C' || lpad(m.n::text, 10, '0')",
        "family_name": "t.family_name || ' ' || m.n",
        "user_id": "NULL",
    }
    copier.copy("clients_client", [place.client_id], put=person)
    copier.copy("clients_enrolment", [place.pk], follow=client)
    copier.copy("needs_assessment", [plan.allocation.assessment_id], follow=enrolment)
    assessment = {"assessment_id": "needs_assessment"}
    copier.copy("needs_allocation", [plan.allocation_id], follow=assessment)
    allocation = {"allocation_id": "needs_allocation"}
    copier.copy("plans_serviceplan", [plan.pk], follow=enrolment | allocation)
    copier.copy("plans_planline", [one.pk for one in plan.lines.all()], follow=plans)
    copier.copy("plans_decision", [decision.pk], follow=enrolment | plans)
    copier.copy("budgets_budget", [budget.pk], follow=enrolment | {"decision_id": "plans_decision"})
    accounts = [*(one.account_id for one in pots), *(one.hold_id for one in slices)]
    copier.copy("ledger_account", accounts, put=empty)
    account = {"account_id": "ledger_account"}
    copier.copy(
        "budgets_pot", [one.pk for one in pots], follow=account | {"budget_id": "budgets_budget"}
    )
    copier.copy("orders_order", [order.pk], follow=enrolment | client)
    copier.copy(
        "orders_slice",
        [one.pk for one in slices],
        follow={
            "order_id": "orders_order",
            "pot_id": "budgets_pot",
            "source_id": "ledger_account",
            "hold_id": "ledger_account",
        },
    )


def _copy_visits(connection: psycopg.Connection, like: Visit, each: int) -> None:
    fields = [one for one in Visit._meta.concrete_fields if not one.primary_key]
    columns = [one.column or one.name for one in fields]
    values = [_VISIT_DIFFERS.get(one, f"t.{one}") for one in columns]
    text = _VISITS.format(
        columns=", ".join(columns), values=", ".join(values), each=each, like=like.pk
    )
    connection.execute(text.encode())
