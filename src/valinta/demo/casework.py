"""Case managers of the demo: contacts, persons mended, a hand-over, cover, an opened page."""

from __future__ import annotations

from datetime import date, timedelta

from valinta.clients.caseload_actions import cover_for, hand_over
from valinta.clients.contact_actions import Logged, log_contact
from valinta.clients.contact_words import words_of
from valinta.clients.opening_actions import open_client
from valinta.clients.person_actions import mend_person
from valinta.clients.states import OpeningScope
from valinta.demo.clients import Lived
from valinta.demo.month import moment
from valinta.demo.people import Staff
from valinta.programmes.models import Programme
from valinta.shared.periods import Period

# By the programme's language: what was talked about, why a client went on, and why one was opened.
SAID: dict[str, tuple[tuple[str, ...], str, str]] = {
    "fi": (
        ("Arki sujuu, uusi ulkoiluseura löytyi.", "Käytiin läpi syksyn tilaukset.", ""),
        "Siirrän asiakkaan, koska vaihdan aluetta. Suunnitelma tarkistetaan keväällä.",
        "Omainen soitti huomisesta käynnistä, ja oma asiakasohjaaja on lomalla.",
    ),
    "sv": (
        ("Vardagen fungerar, ett nytt sällskap har hittats.", "Gick igenom beställningarna.", ""),
        "Jag lämnar över klienten eftersom jag byter område. Planen ses över i vår.",
        "En anhörig ringde om morgondagens besök, och klienthandledaren är på semester.",
    ),
}
_WEEKS = (1, 3, 6, 8)


def let_workers_work(programme: Programme, lived: list[Lived], staff: Staff, today: date) -> None:
    """Contacts for everyone, a number for some, and one each of what happens between workers."""
    talked, moved, opened = SAID[programme.language]
    words = words_of(programme.terms)
    kinds, purposes = list(words.kinds), list(words.purposes)
    for number, one in enumerate(lived):
        for turn, weeks in enumerate(_WEEKS[: 2 + number % 3]):
            at = moment(today - timedelta(days=7 * weeks - number % 5), 10)
            said = Logged(
                kind=kinds[(number + turn) % len(kinds)],
                purpose=purposes[(number + 2 * turn) % len(purposes)],
                minutes=10 + 5 * ((number + turn) % 7),
                happened_at=at,
                words=talked[(number + turn) % len(talked)],
            )
            log_contact(client=one.client, said=said, by=one.manager.actor, at=at)
    for number, one in enumerate(lived[::3]):
        at = moment(today - timedelta(days=5), 14)
        facts = {"phone": f"040 555 03{number:02d}"}
        mend_person(client=one.client, said=facts, seen=0, by=one.manager.actor, at=at)
    _between_workers(programme, lived, staff, today, moved, opened)


def _between_workers(
    programme: Programme, lived: list[Lived], staff: Staff, today: date, moved: str, opened: str
) -> None:
    first, second = staff.case_managers
    at = moment(today - timedelta(days=2), 9)
    away = today + timedelta(days=7 if programme.organiser.closed_caseload else -3)
    cover_for(
        organiser=programme.organiser,
        user=second.user,
        colleague=first.user,
        period=Period(away, away + timedelta(days=10)),
        by=second.actor,
        at=at,
    )
    theirs = [one for one in lived if one.manager.user.pk == second.user.pk]
    if len(theirs) > 1:
        by = staff.decision_maker.actor
        hand_over(clients=[theirs[-1].client], to=first.user, words=moved, by=by, at=at)
        client, scope = theirs[0].client, OpeningScope.PAGES
        open_client(client=client, scope=scope, reason=opened, by=first.actor, at=at)
