"""A company's home: what is due now, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.messages.queries import threads_leading_to
from valinta.messages.states import Route
from valinta.orders.models import Order
from valinta.processes.answer_in_time import last_day
from valinta.processes.next_payment import NextPayment, next_payment
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.provider.company_account import account_facts
from valinta.web.provider.opening import CompanyPage, open_company
from valinta.web.provider.run_scope import PURPOSE, to_answer
from valinta.web.provider.visit_scope import open_lines

# The first day for an answer is that of one of the oldest orders that wait.
OLDEST = 40


@dataclass(frozen=True, slots=True)
class Due:
    """How much waits, of each kind."""

    orders: int
    lines: int
    messages: int

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return not (self.orders or self.lines or self.messages)


@require_GET
def home(request: Request, provider_id: int) -> HttpResponse:
    """What is due: orders to answer, refused lines, messages; the next payment; approvals."""
    page = open_company(request, provider_id, Permission.SEE_OWN_ORDERS, PURPOSE)
    asking = to_answer(page) if page.may(Permission.ANSWER_ORDERS) else Order.objects.none()
    due = Due(asking.count(), open_lines(page).count(), _unread(page))
    days = [day for one in asking[:OLDEST] if (day := last_day(one)) is not None]
    facts = {
        "approvals": page.approvals,
        "due": due,
        "answer_by": min(days, default=None),
        "coming": _coming(page),
        "may_keep": page.may(Permission.KEEP_COMPANY),
        **(account_facts(page) if page.may(Permission.SEE_OWN_STATEMENTS) else {}),
    }
    return page.show("provider/home.html", facts)


def _unread(page: CompanyPage) -> int:
    """Threads with something unread, of both kinds that lead to the company."""
    threads = threads_leading_to(page.request.actor, Route.PROVIDER, Route.VISIT)
    return threads.filter(Q(("unread__gt", 0)), provider=page.provider).count()


def _coming(page: CompanyPage) -> list[NextPayment]:
    if not page.may(Permission.SEE_OWN_STATEMENTS):
        return []
    found = (
        next_payment(programme=one.programme, provider=page.provider, at=page.at)
        for one in page.approvals
    )
    return [one for one in found if one is not None]
