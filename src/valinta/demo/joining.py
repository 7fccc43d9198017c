"""People on their way in: one asks for a place, one is assessed just now, one has RAI results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import EnrolmentState
from valinta.demo.clients import Lived
from valinta.demo.identities import identity_code
from valinta.demo.month import moment
from valinta.demo.people import Person, Staff
from valinta.needs.actions import LegAnswer, record_eligibility
from valinta.needs.assessment_actions import save_assessment, shape_of, start_assessment
from valinta.needs.result_actions import take_in_results
from valinta.needs.states import ConsentGiver
from valinta.processes.join_programme import ask_for_place, join_programme
from valinta.programmes.models import Municipality, Programme
from valinta.programmes.queries import ProgrammeClosed, must_be_open

HEAD = "instrument;version;done_on;done_by;score;value"


@dataclass(frozen=True, slots=True)
class _Words:
    people: tuple[tuple[str, str], ...]
    ground: str
    relative: str
    goals: str
    notes: str
    done_by: str


WORDS = {
    "fi": _Words(
        (("Aune", "Mallinen"), ("Toivo", "Esimerkki")),
        "Kotikäynti ja asiakkaan omat tiedot.",
        "Tytär Sanna Esimerkki",
        "Pääsen ulos joka päivä\nSiivous ei jää tyttärelle",
        "Portaat ovat jyrkät. Jatketaan torstaina, kun tytär on paikalla.",
        "Kotihoito, sairaanhoitaja",
    ),
    "sv": _Words(
        (("Elsa", "Modell"), ("Gustav", "Exempel")),
        "Hembesök och klientens egna uppgifter.",
        "Dottern Anna Exempel",
        "Jag kommer ut varje dag\nStädningen blir inte dotterns",
        "Trapporna är branta. Vi fortsätter på torsdag när dottern är med.",
        "Hemvården, sjukskötare",
    ),
}


def let_people_join(
    programme: Programme, staff: Staff, lived: Sequence[Lived], today: date
) -> None:
    """Register two people: one is interested, the other has joined and is being assessed."""
    try:
        must_be_open(programme, today, today - timedelta(days=9))
    except ProgrammeClosed:
        return
    words = WORDS[programme.language]
    town = programme.municipalities.filter(valid__contains=today).order_by("pk").last()
    if town is None:
        return
    manager = staff.case_managers[0]
    places = [
        _place(programme, town, manager, number, today - timedelta(days=9 - number * 3))
        for number in range(len(words.people))
    ]
    _answer_legs(places[0], words, manager, today)
    _assess(places[1], words, manager, today)
    _take_in(lived[0].enrolment, words, lived[0].manager, today)


def _place(
    programme: Programme, town: Municipality, manager: Person, number: int, day: date
) -> Enrolment:
    given, family = WORDS[programme.language].people[number]
    born = date(1936 + number * 7, 4 + number, 11)
    client = register_client(
        organiser_id=programme.organiser_id,
        given_name=given,
        family_name=family,
        identity_code=identity_code(born, 990 + number),
        born_on=born,
        language=programme.language,
        municipality_code=town.code,
        case_manager=manager.user,
        contact={"phone": f"040 555 02{number:02d}"},
        by=manager.actor,
        at=moment(day, 9),
    )
    return ask_for_place(
        client=client,
        programme=programme,
        target_group=_group(programme, client),
        by=manager.actor,
        at=moment(day, 10),
    )


def _group(programme: Programme, client: Client) -> str:
    groups = programme.target_groups.order_by("pk")
    codes = [
        one.code
        for one in groups
        if client.municipality_code in (one.municipality_codes or [client.municipality_code])
    ]
    return str(codes[0])


def _answer_legs(place: Enrolment, words: _Words, manager: Person, today: date) -> None:
    """The first question is answered; the others wait."""
    leg = place.programme.terms["eligibility"][0]
    act = next(iter(leg["acts"]), "")
    record_eligibility(
        enrolment=place,
        legs=[leg["code"]],
        answers=[LegAnswer(leg["code"], True, words.ground, act)],
        by=manager.actor,
        at=moment(today - timedelta(days=2), 11),
    )


def _assess(place: Enrolment, words: _Words, manager: Person, today: date) -> None:
    """Joined with every point gone through; the assessment is under way."""
    outcome = join_programme(
        enrolment=place,
        points=[item["code"] for item in place.programme.terms["consent"]],
        language=place.client.language,
        given_by=ConsentGiver.CLIENT,
        by=manager.actor,
        at=moment(today - timedelta(days=5), 10),
    )
    if outcome.enrolment.state != EnrolmentState.ENROLLED:
        return
    at = moment(today - timedelta(days=1), 13)
    assessment = start_assessment(enrolment=outcome.enrolment, by=manager.actor, at=at)
    shape = shape_of(place.programme)
    typed = {
        "with-client": "1",
        "with-case_manager": "1",
        "with-relative": words.relative,
        "goals": words.goals,
        "notes": words.notes,
    }
    if shape.by_points:
        item = shape.items[0]
        typed[f"item-{item['code']}"] = item["levels"][1]["code"]
        typed[f"meets-{item['code']}"] = shape.services[0].code
    else:
        typed[f"quantity-{shape.services[0].code}"] = "12"
    save_assessment(
        assessment=assessment, typed=typed, seen_version=assessment.version, by=manager.actor, at=at
    )


def _take_in(place: Enrolment, words: _Words, manager: Person, today: date) -> None:
    """Scores of the programme's first licensed instrument, half a year apart."""
    instruments = place.programme.terms.get("result_instruments", [])
    for instrument in instruments[:1]:
        rows = []
        for days_ago, step in ((200, 1), (20, 2)):
            day = (today - timedelta(days=days_ago)).isoformat()
            for score in instrument["scores"]:
                value = str(Decimal(score["lowest"]) + step)
                cells = (instrument["code"], instrument["version"], day, words.done_by)
                rows.append(";".join((*cells, score["code"], value)))
        take_in_results(
            enrolment=place,
            text="\n".join([HEAD, *rows]),
            by=manager.actor,
            at=moment(today - timedelta(days=6), 14),
        )
