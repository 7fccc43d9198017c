"""A statement told in words: from the work to the bank, step by step, and why a balance is left.

Sentences are in the language that is active.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from valinta.settlements.models import Payment, Statement
from valinta.settlements.queries import payment_of
from valinta.settlements.states import PaymentState, RunState
from valinta.shared.money import Money, format_euros


@dataclass(frozen=True, slots=True)
class Step:
    """A step from the work to the payment, in cents; the steps add up to the payment."""

    code: str
    words: str
    cents: int


def statement_number(statement: Statement) -> str:
    """The statement's number, the same on the page, the papers, the invoice and in the API."""
    return f"{statement.organiser.code}-{statement.pk}"


def steps_of(statement: Statement) -> list[Step]:
    """From the work to the payment; a step of nothing is left out, but for the work."""
    visits = ngettext("Work: %(n)s visit", "Work: %(n)s visits", statement.visits) % {
        "n": statement.visits
    }
    steps = [
        Step("work", visits, statement.work_cents),
        Step("corrections", gettext("Corrections of visits"), statement.correction_cents),
        Step(
            "returned",
            gettext("Payments that the bank returned, paid again"),
            statement.returned_cents,
        ),
        Step(
            "carried_in",
            gettext("Balance below zero from the statement before"),
            statement.carried_in_cents,
        ),
        Step(
            "carried_out",
            gettext("Balance below zero that moves to the next statement"),
            -statement.carried_out_cents,
        ),
    ]
    return [one for one in steps if one.cents or one.code == "work"]


def balance_words(statement: Statement) -> list[str]:
    """Why something was carried in or is carried on, and what that means; empty when it was not."""
    told = []
    if statement.carried_in_cents:
        told.append(
            gettext(
                "The statement before ended %(sum)s below zero, because corrections took back more"
                " than the work came to. That sum is subtracted here."
            )
            % {"sum": _euros(-statement.carried_in_cents)}
        )
    if statement.carried_out_cents:
        told.append(
            gettext(
                "What is taken back here is %(sum)s more than what is owed to the company, so"
                " nothing is paid now. The company does not pay it back: it is subtracted from the"
                " next statements until it is covered."
            )
            % {"sum": _euros(-statement.carried_out_cents)}
        )
    if statement.returned_cents:
        told.append(
            gettext(
                "The bank returned an earlier payment of %(sum)s. It is paid again with this one."
            )
            % {"sum": _euros(statement.returned_cents)}
        )
    return told


def payment_words(statement: Statement) -> str:
    """Where the money is: at the organiser, on its way, on the account or returned."""
    payment = payment_of(statement)
    run = statement.run
    if payment is None:
        return gettext("Nothing is paid for this statement.")
    if payment.state == PaymentState.PAID and payment.answered_at:
        return gettext("The bank paid it on %(day)s.") % {
            "day": _day(timezone.localtime(payment.answered_at).date())
        }
    if payment.state == PaymentState.RETURNED:
        return _returned(payment)
    if run.state == RunState.SENT:
        return gettext("Sent to the bank, to be on the account on %(day)s.") % {
            "day": _day(run.execute_on)
        }
    return gettext("Approved, and goes to the bank to be paid on %(day)s.") % {
        "day": _day(run.execute_on)
    }


def cause_words(cause: str) -> str:
    """Why a visit was corrected."""
    words = {
        "price": gettext("the price was corrected"),
        "rejected": gettext("the visit was not accepted after all"),
    }
    return words.get(cause, gettext("corrected"))


def _returned(payment: Payment) -> str:
    words = gettext("The bank returned the payment (%(why)s).") % {
        "why": payment.return_reason or gettext("no reason given")
    }
    again = (
        gettext("It is paid again with a later statement.")
        if payment.repaid_in_id
        else gettext("It is paid again with the next statement. Check the company's bank account.")
    )
    return f"{words} {again}"


def _euros(cents: int) -> str:
    return format_euros(Money(cents), _language())


def _day(day: date) -> str:
    return format_date(day, format="long", locale=_language())


def _language() -> str:
    return (get_language() or "fi").split("-")[0]
