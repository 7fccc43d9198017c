"""`valinta verify` names what is broken: each invariant is broken by hand, as only an owner can."""

from __future__ import annotations

import pytest
from django.db import connection

from tests import money_scene as ms
from valinta.processes.settle_period import settle_period
from valinta.processes.verify_books import CHECKS, verify_books
from valinta.settlements.actions import approve_run
from valinta.settlements.models import Run
from valinta.shared.money import Money
from valinta.visits.actions import correct_visit, dispute_visit, reject_reviewed
from valinta.visits.models import Visit

pytestmark = pytest.mark.django_db

# What is done to the tables, by the words of the check that has to name it.
BROKEN = {
    "the sum of all accounts is zero": (
        "UPDATE ledger_account SET credits = credits + 1 WHERE kind = 'pot'"
    ),
    "each account's totals equal the sum of its transfers": (
        "UPDATE ledger_account SET credits = credits + 7, debits = debits + 7 WHERE kind = 'hold'"
    ),
    "no account is below its floor": (
        "ALTER TABLE ledger_account DROP CONSTRAINT account_stays_at_or_above_its_floor;"
        "UPDATE ledger_account SET debits = credits + 1 WHERE kind = 'hold'"
    ),
    "each visit is captured as its price says, once, when it is accepted": (
        "DELETE FROM ledger_transfer WHERE id IN (SELECT max(id) FROM ledger_transfer"
        " WHERE kind = 'capture')"
    ),
    "each visit's amounts equal the price rule's result on the day": (
        "UPDATE visits_visit SET payable_cents = payable_cents - 1 WHERE reference = 'r1'"
    ),
    "each correction is posted to the cent": "UPDATE visits_correction SET cents = cents - 1",
    "what providers are owed is what was captured and corrected and not paid": (
        "UPDATE settlements_payment SET cents = cents - 1"
    ),
    "each order's reserved money is held, captured, corrected or released": (
        "UPDATE orders_slice SET reserved_cents = reserved_cents + 1"
    ),
    "a closed order holds nothing": (
        "UPDATE orders_order SET state = 'ended', closed_at = now() WHERE closed_at IS NULL"
    ),
    "nothing is left in a budget or voucher that has ended": (
        "UPDATE budgets_budget SET state = 'ended'"
    ),
    "after a client has left, only the days until then hold money": (
        "UPDATE clients_enrolment SET state = 'ended', ended_on = '2019-03-10'"
    ),
    "a run's statements add up to its visits and corrections": (
        "UPDATE settlements_statementline SET cents = cents + 1"
    ),
    "a run's payments add up to its statements and its transfers": (
        "DELETE FROM settlements_payment"
    ),
    "only accepted and confirmed visits are in a run": (
        "UPDATE visits_visit SET state = 'disputed', decided_at = now(), reason = 'x'"
        " WHERE id IN (SELECT visit_id FROM settlements_runvisit)"
    ),
    "the shares of funding add up to everything on every day of a phase": (
        "UPDATE programmes_fundingshare SET share = share - 1 WHERE source = 'own'"
    ),
    "every transfer has a cause that exists": (
        "UPDATE ledger_transfer SET cause_id = 987654 WHERE kind = 'reserve'"
    ),
    "the last audit row of each order, run, decision, budget and enrolment tells its state": (
        "DELETE FROM audit_entry WHERE verb = 'approve_run'"
    ),
    "every row points only to rows of its own organiser": (
        "INSERT INTO organisers_organiser (code, name_fi, name_sv, business_id, ovt,"
        " einvoice_operator_name, einvoice_operator_code, scanning_address, paying_iban,"
        " paying_bic, postal_address, language, closed_caseload, opening_days, sandbox)"
        " SELECT 'other', name_fi, name_sv, business_id, ovt,"
        " einvoice_operator_name, einvoice_operator_code, scanning_address, paying_iban,"
        " paying_bic, postal_address, language, closed_caseload, opening_days, sandbox"
        " FROM organisers_organiser LIMIT 1;"
        "UPDATE orders_cancellation SET organiser_id = (SELECT id FROM organisers_organiser"
        " WHERE code = 'other'); UPDATE clients_client SET organiser_id = (SELECT id"
        " FROM organisers_organiser WHERE code = 'other')"
    ),
    "the stars of each offer are those that its clients gave": (
        "UPDATE catalogue_offer SET rating_sum = rating_sum + 4, rating_count = rating_count + 1"
    ),
    "every batch of visits has its audit row": (
        "DELETE FROM audit_entry WHERE subject_kind = 'batch'"
    ),
}


@pytest.fixture
def scene() -> ms.Scene:
    """A month lived: visits taken, one rejected, one corrected, a run approved, an open order."""
    scene = ms.enter_scene()
    member = ms.join(scene, 1, [ms.Wanted("home", 90_000), ms.Wanted("clean", 0)])
    first, second = ms.order(scene, member), ms.order(scene, member, "clean-b")
    ms.report(scene, [ms.line(first, f"r{number}", 15 + number) for number in range(4)])
    ms.report(scene, [ms.line(second, f"c{number}", 15 + number) for number in range(2)], "b")
    funding = scene.programme.funding_account_id
    disputed = Visit.objects.get(reference="r3")
    dispute_visit(visit_id=disputed.pk, reason="Nobody came.", by=member.person.actor, at=ms.on(21))
    reject_reviewed(
        visit_id=disputed.pk,
        reason="Nobody came.",
        funding_account_id=funding,
        by=scene.system,
        at=ms.on(22),
    )
    correct_visit(
        visit=Visit.objects.get(reference="r0"),
        amount=Money(-100),
        cause="price",
        reason="Too dear.",
        funding_account_id=funding,
        by=scene.system,
        at=ms.on(22),
    )
    ms.order(scene, member, "home-b", quantity=100)
    settled_at = ms.on(10, month=4)
    run = settle_period(
        programme=scene.programme,
        cut_off_on=ms.MARCH.ends_on,
        by=scene.staff.preparer.actor,
        at=settled_at,
    )
    approve_run(run=run, by=scene.staff.approver.actor, at=settled_at)
    return scene


def _break(statement: str) -> None:
    """As the owner, with triggers and foreign keys asleep; then the application again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE postgres")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        assert cursor.rowcount != 0
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET LOCAL ROLE valinta_app")


def test_a_lived_month_verifies(scene: ms.Scene) -> None:
    assert verify_books() == []
    assert Run.objects.count() == 1


@pytest.mark.parametrize("says", list(BROKEN))
def test_a_broken_invariant_is_named_with_the_place(scene: ms.Scene, says: str) -> None:
    _break(BROKEN[says])
    found = {finding.check.says: finding.places for finding in verify_books()}
    assert says in found, f"found only {found}"
    assert found[says][0]


def test_every_check_is_broken_by_one_of_these() -> None:
    assert {check.says for check in CHECKS} == set(BROKEN)


def test_no_more_than_twenty_places_are_told(scene: ms.Scene) -> None:
    _break("UPDATE ledger_transfer SET cause_id = 987654")
    _break(
        "INSERT INTO ledger_transfer (organiser_id, debit_id, credit_id, cents, kind,"
        " happened_at, cause_kind, cause_id, key) SELECT organiser_id, debit_id, credit_id, cents,"
        " kind, happened_at, cause_kind, cause_id, key || n FROM ledger_transfer,"
        " generate_series(1, 30) n"
    )
    found = {finding.check.says: finding.places for finding in verify_books()}
    assert len(found["every transfer has a cause that exists"]) == 20
