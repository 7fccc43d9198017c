"""The demo's talk about a visit that went otherwise than reported, and a code shown at a door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import translation

from valinta.demo.clients import Lived
from valinta.demo.letters import own_manager
from valinta.demo.month import LOCAL
from valinta.demo.people import Staff
from valinta.demo.tray import Tray
from valinta.messages.actions import write_message
from valinta.orders.states import OrderState
from valinta.processes.dispute_visit import dispute_in_words
from valinta.users.actor import Actor, actor_of
from valinta.visits.code_actions import make_code, use_code
from valinta.visits.models import Visit
from valinta.visits.states import VisitState

# By the programme's language: the reason picked, the client's words, and the two answers.
SAID = {
    "fi": (
        "Käynti oli lyhyempi.",
        "Hoitaja lähti jo puolen tunnin kuluttua, koska hänellä oli kiire seuraavaan paikkaan.",
        "Olemme pahoillamme. Tarkistamme työntekijältä, milloin käynti päättyi.",
        "Kiitos kummallekin. Käyntiä ei makseta ennen kuin asia on selvä.",
    ),
    "sv": (
        "Besöket var kortare.",
        "Skötaren gick redan efter en halvtimme, för det var bråttom till nästa ställe.",
        "Vi beklagar. Vi frågar den anställda när besöket slutade.",
        "Tack till er båda. Besöket betalas inte förrän saken är klar.",
    ),
}


def let_people_disagree(
    lived: Sequence[Lived], staff: Staff, tray: Tray, language: str, at: datetime
) -> None:
    """A client disputes a visit in words, and its provider and the case manager answer.

    Another has shown a code at the door of a visit. The first client keeps a visit to answer.
    """
    _dispute(lived[1:], staff, tray, language, at)
    _show_a_code(lived, tray, at)


def _dispute(lived: Sequence[Lived], staff: Staff, tray: Tray, language: str, at: datetime) -> None:
    people = {one.client.pk: one.person.actor for one in lived}
    open_visits = Visit.objects.filter(
        client_id__in=people, state=VisitState.ACCEPTED, runvisit__isnull=True
    )
    # Ids follow the database's own order of work; the days and references are the same every time.
    visit = open_visits.order_by("-served_on", "order_id", "reference").first()
    if visit is None:
        return
    picked, words, provider_says, manager_says = SAID[language]
    with translation.override(language):
        thread = dispute_in_words(
            visit_id=visit.pk, picked=picked, words=words, by=_today(people[visit.client_id], at),
            at=at,
        ).thread  # fmt: skip
    if thread is None:
        return
    manager = own_manager(visit.client, staff)
    worker = tray.workers[visit.provider_id].actor
    for hours, by, said in ((1, worker, provider_says), (2, manager, manager_says)):
        later = at + timedelta(hours=hours)
        write_message(thread=thread, words=said, by=_today(by, later), at=later)


def _show_a_code(lived: Sequence[Lived], tray: Tray, at: datetime) -> None:
    people = {one.client.pk: one.person.actor for one in lived}
    had = Visit.objects.filter(
        client_id__in=people,
        state__in=[VisitState.ACCEPTED, VisitState.CONFIRMED],
        order__state=OrderState.ACCEPTED,
        started_at__isnull=False,
        served_on__lte=at.date(),
    )
    visit = had.select_related("order__client").order_by("-served_on", "order_id").first()
    if visit is None or visit.started_at is None:
        return
    there = visit.started_at.astimezone(LOCAL)
    shown = make_code(order=visit.order, by=people[visit.client_id], at=there)
    use_code(
        order=visit.order,
        code=shown.code,
        by=tray.workers[visit.provider_id].actor,
        at=there + timedelta(minutes=4),
        visit=visit,
    )


def _today(who: Actor, at: datetime) -> Actor:
    """The person with the day on which they write."""
    if who.user_id is None:
        raise ValueError("Only people write messages in the demo.")
    return actor_of(who.user_id, at.date())
