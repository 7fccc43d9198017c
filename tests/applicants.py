"""Companies that apply to a programme, as a scenario or a browser journey needs them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tests.cast import Stage
from tests.cast_clients import SERIAL
from valinta.demo.identities import business_id, iban
from valinta.demo.people import Person, person
from valinta.providers.application_actions import (
    Company,
    PaperFile,
    Shown,
    Signature,
    Wish,
    hand_in,
    save_application,
    send_application,
    start_application,
)
from valinta.providers.models import Application
from valinta.providers.states import SigningRight
from valinta.users.permissions import Role

PDF = b"%PDF-1.7 a paper that somebody scanned"
PAPERS = ("tax-certificate", "pension-certificate", "insurance", "self-monitoring-plan")


def applicant(stage: Stage, name: str) -> Person:
    """Somebody of the company who signs in."""
    mark = f"-hakija-{next(SERIAL)}"
    return person(stage.organiser, name, Role.PROVIDER, stage.programme.language, mark)


def paper(stage: Stage, age: int, *, name: str = "todistus.pdf", content: bytes = PDF) -> Shown:
    """A paper of so many days ago that holds for a year."""
    issued = stage.on - timedelta(days=age)
    return Shown(
        paper=PaperFile(name, "application/pdf", content),
        issued_on=issued,
        valid_until=issued + timedelta(days=365),
    )


def draft(
    stage: Stage,
    who: Person,
    name: str,
    prices: Mapping[str, Mapping[str, int]],
    *,
    of_company: str = "",
) -> Application:
    """An application with all the facts of a made-up company, not sent yet; or of this company."""
    number = next(SERIAL)
    application = start_application(
        programme=stage.programme,
        business_id=of_company or business_id(5_000_000 + number * 13),
        by=who.actor,
        at=stage.now,
    )
    registers = stage.programme.terms["providers"]["registers"]
    return save_application(
        application=application,
        version=1,
        company=Company(
            name=name, sector="private", founded_year=2017, languages=["fi", "sv"],
            iban=iban(number), contact={"phone": "06 123 4567"},
            postal_address={"street": "Esimerkkitie", "building_number": "2",
                            "postcode": "00000", "town": "ESIMERKKILÄ", "country": "FI"},
        ),
        wish=Wish(prices=prices, register=registers[0]["code"], register_number=f"R-{number}"),
        by=who.actor,
        at=stage.now,
    )  # fmt: skip


def sent(
    stage: Stage,
    name: str,
    prices: Mapping[str, Mapping[str, int]],
    *,
    without: tuple[str, ...] = (),
    ages: Mapping[str, int] | None = None,
    who: Person | None = None,
) -> Application:
    """An application that was sent with its papers, except those it goes `without`."""
    someone = who or applicant(stage, f"{name}, hakija")
    application = draft(stage, someone, name, prices)
    for code in PAPERS:
        if code not in without:
            hand_in(
                application=application,
                condition=code,
                shown=paper(stage, (ages or {}).get(code, 20)),
                by=someone.actor,
                at=stage.now,
            )
    if "languages" not in without:
        words = Shown(words="Suomi ja ruotsi; Maria puhuu molempia.")
        hand_in(
            application=application,
            condition="languages",
            shown=words,
            by=someone.actor,
            at=stage.now,
        )
    return send_application(
        application=application,
        accepts_rulebook=True,
        signature=Signature(someone.user.display_name, SigningRight.OWNER),
        by=someone.actor,
        at=stage.now,
    )


def first_price(stage: Stage, service: str, cents: int) -> dict[str, dict[str, int]]:
    """A price for the first time band of a service."""
    return {service: {stage.programme.terms["service_bands"][service][0]: cents}}


def until(day: date, days: int) -> str:
    """A day some days later, as a form takes it."""
    return (day + timedelta(days=days)).isoformat()
