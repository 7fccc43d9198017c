"""What the month of the demo leaves out: things of clients that pages of workers are about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import PACKS
from valinta.clients.actions import register_client
from valinta.clients.models import Client, Enrolment
from valinta.demo.clients import Lived
from valinta.demo.identities import business_id, iban, identity_code
from valinta.demo.month import moment
from valinta.demo.people import person
from valinta.demo.play import Played
from valinta.messages.actions import write_message
from valinta.messages.files import Sent
from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.needs.actions import LegAnswer, record_eligibility
from valinta.needs.states import ConsentGiver
from valinta.orders.models import Order
from valinta.orders.states import OPEN
from valinta.organisers import tenancy
from valinta.plans.claim_actions import Answer, make_claim
from valinta.plans.delivery_actions import send_letter
from valinta.plans.states import ClaimOutcome, ClaimWay, DeliveryWay
from valinta.processes.answer_claim import answer_claim_by_letter
from valinta.processes.join_programme import ask_for_place, close_without_place, join_programme
from valinta.processes.load_programme import load_pack
from valinta.processes.record_death import record_death
from valinta.processes.withdraw_provider import withdraw_provider
from valinta.programmes.pack import read_pack
from valinta.providers.account_actions import ask_account_change
from valinta.providers.application_actions import PaperFile, Shown
from valinta.providers.company_actions import open_unit
from valinta.providers.models import Approval, Provider
from valinta.providers.passport_actions import hand_in_and_keep, start_with_passport
from valinta.users.actor import actor_of
from valinta.users.models import Holding
from valinta.users.permissions import Role

BORN = date(1941, 2, 3)


def fill_up(played: Played, favourite: Client) -> None:
    """Add it by the verbs that people use, and leave what the favourite has as it is."""
    others = [one for one in played.lived if one.client.pk != favourite.pk]
    _office_sends_a_file(played)
    _claim_is_answered(played, others[4])
    _provider_is_lost(played, favourite)
    _death(played, others[5])
    _queue(played)
    _second_programme(played)
    _company_applies(played)


def _company_applies(played: Played) -> None:
    """A draft with a paper that its company keeps; a unit and a new account of another company."""
    programme, at = played.programme, moment(played.today, 9)
    organiser = programme.organiser
    who = person(organiser, "Hanna Hakija", Role.PROVIDER, programme.language, "-hakija")
    with tenancy.scope([organiser.pk], who.user.pk):
        draft = start_with_passport(
            programme=programme, business_id=business_id(9_100_000), by=who.actor, at=at
        )
        paper = PaperFile("todistus.pdf", "application/pdf", b"%PDF-1.7\n%demo")
        until = played.today + timedelta(days=200)
        hand_in_and_keep(
            application=draft, condition="insurance",
            shown=Shown(paper=paper, issued_on=played.today, valid_until=until),
            by=who.actor, at=at,
        )  # fmt: skip
    company = Provider.objects.filter(approvals__programme=programme).order_by("pk")[0]
    does: dict[str, Any] = {
        "provider": company, "organiser_id": organiser.pk, "by": played.staff.office.actor,
        "at": at,
    }  # fmt: skip
    open_unit(**does, name="Pohjoinen")
    ask_account_change(**does, iban=iban(9_100))


def _office_sends_a_file(played: Played) -> None:
    thread = Thread.objects.filter(route=Route.OFFICE).order_by("pk")[0]
    write_message(
        thread=thread,
        words="Liitteenä on luettelo uusista tuottajista.",
        by=played.staff.office.actor,
        at=moment(played.today, 8),
        files=[Sent("tuottajat.pdf", b"%PDF-1.7\n%demo")],
    )


def _claim_is_answered(played: Played, one: Lived) -> None:
    """By another decision maker than the one whose decision it is about."""
    at = moment(played.today - timedelta(days=3), 9)
    send_letter(
        decision=one.granted.decision, claim=None, way=DeliveryWay.PORTAL,
        language=one.client.language, by=one.manager.actor, at=at,
    )  # fmt: skip
    claim = make_claim(
        decision=one.granted.decision,
        words="Pyydän lisää tunteja siivoukseen.",
        way=ClaimWay.PORTAL,
        received_on=at.date(),
        scan=None,
        by=one.person.actor,
        at=at + timedelta(hours=1),
    )
    makers = Holding.objects.filter(organiser=played.programme.organiser, role=Role.DECISION_MAKER)
    other = makers.exclude(user_id=claim.decided_by_id).order_by("pk")[0]
    words = "Tarve on arvioitu yhdessä, eikä se ole muuttunut. Päätös pysyy."
    answer_claim_by_letter(
        claim=claim,
        answer=Answer(ClaimOutcome.UPHELD, words),
        new_decision=None,
        by=actor_of(other.user_id, played.today),
        at=at + timedelta(days=1),
    )


def _provider_is_lost(played: Played, favourite: Client) -> None:
    """The one with fewest clients that the favourite does not use."""
    last = played.today + timedelta(days=14)
    own = Order.objects.filter(client=favourite).values("offer__approval_id")
    orders = Order.objects.filter(state__in=OPEN, valid__contains=last)
    lost: dict[int, set[int]] = {}
    for approval, client in orders.exclude(offer__approval_id__in=own).values_list(
        "offer__approval_id", "client_id"
    ):
        lost.setdefault(approval, set()).add(client)
    fewest = min(sorted(lost), key=lambda one: len(lost[one]))
    withdraw_provider(
        approval=Approval.objects.get(pk=fewest),
        ends_on=last,
        reason="Yritys lopettaa toimintansa.",
        by=played.staff.office.actor,
        at=moment(played.today, 9),
    )


def _death(played: Played, one: Lived) -> None:
    record_death(
        client=one.client,
        on=played.today - timedelta(days=1),
        reason="Omainen kertoi.",
        by=one.manager.actor,
        at=moment(played.today, 10),
    )


def _queue(played: Played) -> None:
    """Two who wait for a place where all are taken, and one who was told no."""
    programme, manager = played.programme, played.staff.case_managers[0]
    town = programme.municipalities.filter(valid__contains=played.today).order_by("pk")[0]
    for number, name in enumerate(("Elli", "Taimi")):
        at = moment(played.today - timedelta(days=2 - number), 10)
        place = _asks(played, town.code, f"{name} Jonottaja", number, at)
        join_programme(
            enrolment=place,
            points=[item["code"] for item in programme.terms["consent"]],
            language=programme.language,
            given_by=ConsentGiver.CLIENT,
            by=manager.actor,
            at=at,
        )
    at = moment(played.today - timedelta(days=1), 9)
    refused = _asks(played, town.code, "Veikko Esimerkki", 2, at)
    leg = programme.terms["eligibility"][0]["code"]
    record_eligibility(
        enrolment=refused,
        legs=[leg],
        answers=[LegAnswer(leg, False, "Ei tarvitse apua arjessa.", "")],
        by=manager.actor,
        at=at,
    )
    close_without_place(enrolment=refused, reason="Ei kuulu kohderyhmään.", by=manager.actor, at=at)


def _asks(played: Played, town: str, name: str, number: int, at: datetime) -> Enrolment:
    programme, manager = played.programme, played.staff.case_managers[0]
    client = register_client(
        organiser_id=programme.organiser_id,
        given_name=name.split()[0],
        family_name=name.split()[1],
        identity_code=identity_code(BORN, 980 + number),
        born_on=BORN,
        language=programme.language,
        municipality_code=town,
        case_manager=manager.user,
        by=manager.actor,
        at=at,
    )
    return ask_for_place(
        client=client,
        programme=programme,
        target_group=programme.target_groups.order_by("pk")[0].code,
        by=manager.actor,
        at=at,
    )


def _second_programme(played: Played) -> None:
    """Somebody who keeps the tray of two organisers."""
    other = load_pack(pack=read_pack(PACKS / "osterbotten"), at=moment(played.today, 8)).programme
    organiser = played.programme.organiser
    both = person(organiser, "Kahden Toimisto", Role.OFFICE, played.programme.language, "both")
    with tenancy.scope([organiser.pk, other.organiser_id]):
        Holding.objects.create(
            organiser=other.organiser, user=both.user, role=Role.OFFICE, valid=(BORN, None)
        )
