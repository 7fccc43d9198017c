"""What the demo's people try and ask for: a basket wished for, a request answered, one waiting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from valinta.clients.models import Enrolment
from valinta.demo.clients import Lived
from valinta.demo.people import Staff
from valinta.demo.tray import Tray
from valinta.plans.models import PlanLine
from valinta.plans.states import PlanState, Way
from valinta.wishes import actions
from valinta.wishes.models import TrayRequest
from valinta.wishes.states import RequestKind

# By language: a basket's name, what is said of it, two requests, and the answer to the first.
WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "basket": "Keveämpi kuukausi",
        "wish": "Haluaisin kokeilla tätä ensi kuussa.",
        "service": "Musiikkia kotiin kerran viikossa.",
        "provider": "Tuttu auttaja naapurista.",
        "answer": "Yhdistys tuli mukaan. Palvelu on nyt tarjottimella.",
    },
    "sv": {
        "basket": "En lättare månad",
        "wish": "Jag vill prova det här nästa månad.",
        "service": "Musik hemma en gång i veckan.",
        "provider": "En bekant hjälpare i grannskapet.",
        "answer": "Föreningen kom med. Tjänsten finns nu i utbudet.",
    },
}


def let_people_wish(lived: Sequence[Lived], staff: Staff, tray: Tray, at: datetime) -> None:
    """The first few clients try a basket each; two ask for what the tray does not have."""
    for one in lived[:3]:
        _try_a_basket(one, tray, at)
    first, second = lived[0], lived[1]
    asked = _ask(first, RequestKind.SERVICE, "service", at)
    manager = first.manager.actor
    actions.look_into_request(request=asked, by=manager, at=at)
    answer = _words(first)["answer"]
    actions.answer_request(request=asked, found=True, answer=answer, by=staff.office.actor, at=at)
    _ask(second, RequestKind.PROVIDER, "provider", at)


def _words(one: Lived) -> dict[str, str]:
    return WORDS[one.client.language]


def _ask(one: Lived, kind: RequestKind, words: str, at: datetime) -> TrayRequest:
    return actions.ask_for_tray(
        enrolment=one.enrolment,
        kind=kind,
        words=_words(one)[words],
        municipality_code="",
        by=one.person.actor,
        at=at,
    )


def _try_a_basket(one: Lived, tray: Tray, at: datetime) -> None:
    """Half of what each need of the plan comes to, next month, wished for."""
    lines = _bought(one.enrolment)
    if not lines:
        return
    words = _words(one)
    basket = actions.start_basket(
        enrolment=one.enrolment, name=words["basket"], by=one.person.actor, at=at
    )
    for line in lines:
        offer = next(iter(tray.offers.get(line.service.code, ())), None)
        choice = actions.Choice(
            service=line.service,
            offer=offer,
            quantities={_band(one.enrolment, line): max(line.quantity_hundredths // 2, 100)},
            each_month=True,
            first_month=_next_month(at.date()),
        )
        actions.put_line(basket=basket, choice=choice, by=one.person.actor, at=at)
    actions.wish_for_basket(basket=basket, words=words["wish"], by=one.person.actor, at=at)


def _bought(enrolment: Enrolment) -> list[PlanLine]:
    lines = PlanLine.objects.filter(
        plan__enrolment=enrolment,
        plan__state=PlanState.IN_FORCE,
        way__in=[Way.BUDGET, Way.VOUCHER],
    )
    return list(lines.select_related("service").order_by("pk")[:2])


def _band(enrolment: Enrolment, line: PlanLine) -> str:
    """The first time band in which the pack gives the service."""
    return str(enrolment.programme.terms["service_bands"][line.service.code][0])


def _next_month(on: date) -> date:
    year, month = divmod(on.year * 12 + on.month, 12)
    return date(year, month + 1, 1)
