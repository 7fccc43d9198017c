"""Messages of the demo: what clients ask, and what they are answered."""

from __future__ import annotations

from datetime import date, timedelta

from valinta.clients.models import Client
from valinta.demo.month import moment
from valinta.demo.people import Staff
from valinta.messages.actions import open_thread, write_message
from valinta.messages.files import Sent
from valinta.messages.states import Route
from valinta.orders.models import Order
from valinta.plans.models import Decision
from valinta.processes.write_decision_letter import write_decision_letter
from valinta.users.actor import Actor
from valinta.users.permissions import Role

# By the programme's language: subject, question and answer for each route.
SAID: dict[str, dict[Route, tuple[str, str, str]]] = {
    "fi": {
        Route.CASE_MANAGER: (
            "Voinko vaihtaa siivouspäivän?",
            "Tiistai olisi parempi, koska keskiviikkona käyn uimassa.",
            "Kyllä voit. Sovitaan uusi päivä tuottajan kanssa, kun näemme torstaina.",
        ),
        Route.PROVIDER: (
            "Ovikoodi",
            "Ulko-oven koodi vaihtuu maanantaina. Soittakaa alaovelta, niin avaan.",
            "Kiitos tiedosta! Soitamme tullessamme.",
        ),
        Route.OFFICE: (
            "Kiitos budjetista",
            "Olen tyytyväinen, että saan itse valita auttajan. Tuleeko lisää tuottajia?",
            "Kiitos palautteesta. Uusia tuottajia hyväksytään koko ajan.",
        ),
    },
    "sv": {
        Route.CASE_MANAGER: (
            "Kan jag byta städdag?",
            "Tisdag vore bättre, för på onsdagar går jag och simmar.",
            "Ja, det går bra. Vi kommer överens om en ny dag när vi ses på torsdag.",
        ),
        Route.PROVIDER: (
            "Portkoden",
            "Portkoden byts på måndag. Ring från porten, så öppnar jag.",
            "Tack för beskedet! Vi ringer när vi kommer.",
        ),
        Route.OFFICE: (
            "Tack för budgeten",
            "Jag är nöjd med att få välja själv. Kommer det fler producenter?",
            "Tack för responsen. Nya producenter godkänns hela tiden.",
        ),
    },
}


def let_people_write(
    clients: list[Client], staff: Staff, workers: dict[int, Actor], language: str, today: date
) -> None:
    """The first client asks all three, and others one of them; the last answer is not here yet."""
    routes = list(SAID[language])
    for number, client in enumerate(clients[:4]):
        if client.user_id is None:
            continue
        asked = routes if number == 0 else [routes[number % len(routes)]]
        for turn, route in enumerate(asked):
            days = 9 - 2 * turn - number
            _ask(client, route, staff, workers, language, today - timedelta(days=days), number != 3)


def _ask(
    client: Client,
    route: Route,
    staff: Staff,
    workers: dict[int, Actor],
    language: str,
    day: date,
    is_answered: bool,
) -> None:
    order = Order.objects.filter(client=client).select_related("provider").order_by("pk").first()
    if route is Route.PROVIDER and order is None:
        return
    subject, question, answer = SAID[language][route]
    by = Actor(
        client.user_id,
        frozenset({(client.organiser_id, Role.CLIENT)}),
        frozenset({(client.organiser_id, day)}),
    )
    thread = open_thread(
        client=client,
        route=route,
        provider=order.provider if order and route is Route.PROVIDER else None,
        subject=subject,
        words=question,
        by=by,
        at=moment(day, 9),
    )
    if not is_answered:
        return
    answering = {
        Route.CASE_MANAGER: own_manager(client, staff),
        Route.OFFICE: staff.office.actor,
        Route.PROVIDER: workers.get(order.provider_id) if order else None,
    }[route]
    if answering is not None:
        today = frozenset({(client.organiser_id, day)})
        speaker = Actor(answering.user_id, answering.roles, today)
        files = _decision(client) if route is Route.CASE_MANAGER else ()
        write_message(thread=thread, words=answer, by=speaker, at=moment(day, 14), files=files)


def own_manager(client: Client, staff: Staff) -> Actor:
    """The client's own case manager, who may be the only one to open the client's pages."""
    managers = {one.user.pk: one.actor for one in staff.case_managers}
    return managers.get(client.case_manager_id or 0, staff.case_managers[0].actor)


def _decision(client: Client) -> tuple[Sent, ...]:
    """The letter of the client's newest decision, as a file to send."""
    made = Decision.objects.filter(enrolment__client=client).select_related(
        "enrolment__client", "organiser", "plan", "enrolment__programme"
    )
    newest = made.order_by("pk").last()
    if newest is None:
        return ()
    name = {"fi": "paatos.pdf", "sv": "beslut.pdf"}[client.language]
    return (Sent(name, write_decision_letter(decision=newest, language=client.language)),)
