"""Companies that apply in the demo: one lacks a certificate, one has an old one; one is suspended.

One is in the organiser's own register of support services and has been approved on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from valinta.catalogue.models import ReferencePrice, Service
from valinta.demo.identities import business_id, iban
from valinta.demo.people import Person, Staff, person
from valinta.processes.appeal_words import appeal_words
from valinta.processes.approve_application import Approved, approve_application
from valinta.programmes.models import Programme
from valinta.providers import application_actions as applying
from valinta.providers.conditions import conditions_of, days_of
from valinta.providers.deciding_actions import ask_clarification, judge_evidence
from valinta.providers.models import Application
from valinta.providers.register_actions import NewEntry, add_entry
from valinta.providers.states import EntryState, SigningRight
from valinta.providers.suspending_actions import suspend_approval
from valinta.shared.periods import Period
from valinta.users.permissions import Role

# A picture of one white point, so that the demo's papers can be opened.
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d"
    "49444154789c63f8ffffff7f0009fb03fd0545f3350000000049454e44ae426082"
)
WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "first": "Arjen Apu Aalto",
        "second": "Kotipalvelu Kaiku",
        "third": "Hyvän Olon Hoiva",
        "own": "Lumityö Lehto",
        "who": "hakija",
        "languages": "Suomi ja ruotsi. Joka vuorossa on joku, joka puhuu molempia.",
        "paper": "todistus.png",
        "suspended": "Vastuuvakuutus päättyi. Uutta todistusta odotetaan.",
        "seen": "Tarkistettu rekisteristä.",
        "questions": "Verotodistus on liian vanha. Lähettäkää uusi.",
    },
    "sv": {
        "first": "Vardagshjälp Våg",
        "second": "Hemservice Eko",
        "third": "Välbehag Vård",
        "own": "Snöskottning Löv",
        "who": "sökande",
        "languages": "Svenska och finska. I varje tur finns någon som talar båda.",
        "paper": "intyg.png",
        "suspended": "Ansvarsförsäkringen har löpt ut. Ett nytt intyg väntas.",
        "seen": "Kontrollerat i registret.",
        "questions": "Skatteintyget är för gammalt. Skicka ett nytt.",
    },
}


@dataclass(frozen=True, slots=True)
class _Applying:
    """One application of the demo: `without` a paper, with one too old, or one that ends soon."""

    number: int
    name: str
    without: str = ""
    too_old: str = ""
    ends_soon: str = ""


def let_providers_apply(programme: Programme, staff: Staff, at: datetime, number: int) -> None:
    """Two applications wait, a support service is in the own register, one is suspended.

    `number` keeps the made-up business ids of one programme apart from another's.
    """
    words = WORDS[programme.language]
    start, base = at - timedelta(days=9), 8_600_000 + number * 1000
    _apply(programme, _Applying(base, words["first"], without="insurance"), start)
    old = _Applying(base + 100, words["second"], too_old="tax-certificate")
    second = _apply(programme, old, start + timedelta(days=4))
    _see(programme, staff, second, at)
    for one in second.evidence.exclude(condition="tax-certificate").defer("content"):
        judge_evidence(evidence=one, accepted=True, by=staff.office.actor, at=at)
    ask_clarification(
        application=second,
        questions=words["questions"],
        answer_by=at.date() + timedelta(days=days_of(programme, "clarify_within_days")),
        by=staff.office.actor,
        at=at,
    )
    _enter_support_service(programme, staff, words["own"], base + 200, at)
    third = _Applying(base + 300, words["third"], ends_soon="insurance")
    _approve_and_suspend(programme, staff, third, at - timedelta(days=2), at)


def _apply(programme: Programme, one: _Applying, at: datetime) -> Application:
    words = WORDS[programme.language]
    who = person(
        programme.organiser,
        f"{one.name}, {words['who']}",
        Role.PROVIDER,
        programme.language,
        f"-{one.number}",
    )
    application = applying.start_application(
        programme=programme, business_id=business_id(one.number), by=who.actor, at=at
    )
    terms = programme.terms.get("providers", {})
    registers = terms.get("registers", [])
    sectors = terms.get("sectors") or ["private"]
    application = applying.save_application(
        application=application,
        version=application.version,
        company=applying.Company(
            name=one.name,
            sector="private" if "private" in sectors else sectors[0],
            founded_year=2016,
            languages=["fi", "sv"],
            iban=iban(one.number),
            postal_address={
                "street": "Esimerkkitie",
                "building_number": "7",
                "postcode": "00000",
                "town": "Esimerkkilä",
                "country": "FI",
            },
            contact={"phone": "019 123 4567"},
        ),
        wish=applying.Wish(
            prices=_prices(programme, at),
            register=registers[0]["code"] if registers else "national",
            register_number=f"R-{one.number}",
        ),
        by=who.actor,
        at=at,
    )
    _hand_in(application, one, who, at)
    return applying.send_application(
        application=application,
        accepts_rulebook=True,
        signature=applying.Signature(who.user.display_name, SigningRight.OWNER),
        by=who.actor,
        at=at,
    )


def _hand_in(application: Application, one: _Applying, who: Person, at: datetime) -> None:
    words = WORDS[application.programme.language]
    for condition in conditions_of(application.programme, application.sector):
        if condition.code == one.without or condition.shown_by == "register":
            continue
        age = (condition.greatest_age_days or 0) + 30 if condition.code == one.too_old else 12
        holds = 24 if condition.code == one.ends_soon else 365
        issued = at.date() - timedelta(days=age)
        shown = (
            applying.Shown(words=words["languages"])
            if condition.shown_by == "words"
            else applying.Shown(
                paper=applying.PaperFile(words["paper"], "image/png", _PNG),
                issued_on=issued,
                valid_until=issued + timedelta(days=holds) if condition.has_end else None,
            )
        )
        applying.hand_in(
            application=application, condition=condition.code, shown=shown, by=who.actor, at=at
        )


def _prices(programme: Programme, at: datetime) -> dict[str, dict[str, int]]:
    """The programme's own price of its last service that has one."""
    rows = ReferencePrice.objects.filter(service__programme=programme, valid__contains=at.date())
    first = (
        rows.select_related("service", "band").order_by("-service_id", "band_id", "kind").first()
    )
    if first is not None:
        return {first.service.code: {first.band.code: first.cents}}
    service = Service.objects.filter(programme=programme).order_by("-pk")[0]
    return {service.code: {programme.terms["service_bands"][service.code][0]: 25_00}}


def _see(programme: Programme, staff: Staff, application: Application, at: datetime) -> None:
    """The office has looked the company up."""
    entry = NewEntry(
        application.register,
        application.business_id,
        application.name,
        application.register_number,
        EntryState.REGISTERED,
        Period(at.date() - timedelta(days=400)),
        words=WORDS[programme.language]["seen"],
    )
    add_entry(programme=programme, entry=entry, by=staff.office.actor, at=at)


def _enter_support_service(
    programme: Programme, staff: Staff, name: str, number: int, at: datetime
) -> None:
    registers = programme.terms.get("providers", {}).get("registers", [])
    own = next((one for one in registers if one["keeper"] == "organiser"), None)
    if own is None:
        return
    entry = NewEntry(
        own["code"],
        business_id(number),
        name,
        f"T-{number}",
        EntryState.MAY_OPERATE,
        Period(at.date() - timedelta(days=days_of(programme, "clarify_within_days"))),
    )
    add_entry(programme=programme, entry=entry, by=staff.office.actor, at=at)


def _approve_and_suspend(
    programme: Programme, staff: Staff, one: _Applying, start: datetime, at: datetime
) -> None:
    """A provider that was approved on its application, until its insurance ran out."""
    application = _apply(programme, one, start)
    by = staff.office.actor
    _see(programme, staff, application, start)
    for paper in application.evidence.defer("content"):
        judge_evidence(evidence=paper, accepted=True, by=by, at=start)
    codes = list(application.lines.values_list("service_code", flat=True))
    approved = approve_application(
        application=application,
        approved=Approved(codes, None, Period(start.date())),
        appeal=appeal_words(programme, start.date()),
        by=by,
        at=start,
    )
    if approved.approval is not None:
        suspend_approval(
            approval=approved.approval,
            starts_on=at.date(),
            reason=WORDS[programme.language]["suspended"],
            by=by,
            at=at,
        )
