"""Letters of decisions are accessible, say the same in both languages, and never change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from tests.cast import Stage, open_stage
from valinta.budgets.models import Pot
from valinta.clients.models import Client
from valinta.demo.people import person
from valinta.integrations.letters.letter import Facts, Letter, Paragraph, Table
from valinta.ledger.models import Account
from valinta.plans.claim_actions import Answer, make_claim
from valinta.plans.decision_actions import GroundsMissing, refuse_application
from valinta.plans.delivery_actions import SentAlready, mark_posted, send_letter
from valinta.plans.models import Decision, DecisionDocument
from valinta.plans.power_actions import NoPower, end_power, give_power
from valinta.plans.states import ClaimOutcome, ClaimWay, DecisionState, DeliveryWay, Way
from valinta.processes.answer_claim import answer_claim_by_letter
from valinta.processes.letters_of_decision import letter_of, write_letters
from valinta.processes.write_decision_letter import decision_letter
from valinta.rules.appeal import Challenge, Sent, last_day, received_on
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.permissions import Role

pytestmark = pytest.mark.django_db
SUM = re.compile(r"\d[\d \u00a0\u202f]*,\d\d")


def decided() -> tuple[Stage, Client, Decision]:
    """Helmi's voucher and budget for three months."""
    stage = open_stage("kanta-hame", on=date(2019, 2, 1))
    helmi = stage.client("Helmi")
    needs = {
        "home-service": (Way.VOUCHER, 12_00, False),
        "personal-assistance": (Way.BUDGET, 10_00, False),
    }
    granted = stage.grant(helmi, needs, period=stage.months(3))
    return stage, helmi, granted.decision


def sums(letter: Letter) -> list[str]:
    """Every sum of money in the letter, in order, without the signs of a language."""
    texts: list[str] = []
    for block in letter.blocks:
        match block:
            case Paragraph(text):
                texts.append(text)
            case Facts(pairs):
                texts += [text for pair in pairs for text in pair]
            case Table(_, rows):
                texts += [cell for row in rows for cell in row]
    found = [one for text in texts for one in SUM.findall(text)]
    return [re.sub(r"\s", "", one) for one in found]


def shape(letter: Letter) -> list[str]:
    """The kinds of the blocks with how many lines each has."""
    sizes = []
    for block in letter.blocks:
        rows = getattr(block, "rows", None) or getattr(block, "pairs", None) or ()
        sizes.append(f"{type(block).__name__} {len(rows)}")
    return sizes


def test_finnish_and_swedish_say_the_same_sums_lines_and_days() -> None:
    _, _, decision = decided()
    finnish = decision_letter(decision=decision, language="fi")
    swedish = decision_letter(decision=decision, language="sv")
    assert sums(finnish) == sums(swedish) != []
    assert shape(finnish) == shape(swedish)
    assert finnish.reference.split()[-1] == swedish.reference.split()[-1] == str(decision.pk)
    for letter, day in ((finnish, "30. huhtikuuta 2019"), (swedish, "30 april 2019")):
        assert any(day in text for _, text in _facts(letter))


def _facts(letter: Letter) -> list[tuple[str, str]]:
    return [pair for block in letter.blocks if isinstance(block, Facts) for pair in block.pairs]


def test_the_sums_of_the_letter_are_those_of_the_ledger() -> None:
    _, _, decision = decided()
    letter = decision_letter(decision=decision, language="fi")
    (lines, *_) = [block for block in letter.blocks if isinstance(block, Table)]
    written = {row[2]: int(re.sub(r"\D", "", row[3])) for row in lines.rows}
    pots = Pot.objects.filter(budget__decision=decision)
    assert pots.count() == 3
    for pot in pots:
        assert written["budjetti"] == pot.granted_cents
        assert Account.objects.get(pk=pot.account_id).balance_cents == pot.granted_cents
    assert sum(written.values()) == decision.monthly_cents
    voucher = decision.vouchers.get()
    value = voucher.units.order_by("-cents")[0].cents
    account = Account.objects.get(pk=voucher.account_id)
    assert account.balance_cents == Money(value).times(voucher.quantity_hundredths).cents
    assert f"{value // 100},{value % 100:02d}" in sums(letter)
    whole = decision.enrolment.plans.get().allocation.lines.aggregate(all=Sum("cents"))["all"]
    assert f"{whole // 100},{whole % 100:02d}" in sums(letter)


def tags(element: object) -> Iterator[str]:
    found = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(found, DictionaryObject):
        if "/S" in found:
            yield str(found["/S"])
        yield from tags(found.get("/K"))
    elif isinstance(found, list):
        for child in found:
            yield from tags(child)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", ["decision", "refusal", "answer"])
def test_every_letter_is_tagged_named_and_declares_pdf_ua(kind: str, language: str) -> None:
    stage, client, decision = decided()
    claim = None
    if kind == "refusal":
        decision = refuse_application(
            enrolment=stage.enrolment(client), grounds="Koe", legal_basis=[],
            by=stage.staff.decision_maker.actor, at=stage.now,
        )  # fmt: skip
    if kind == "answer":
        other = person(stage.organiser, "Toinen Päättäjä", Role.DECISION_MAKER, "fi", "-2")
        claim = make_claim(
            decision=decision, words="Koe", way=ClaimWay.PORTAL, received_on=stage.on, scan=None,
            by=stage.actor(client), at=stage.now,
        )  # fmt: skip
        answer = Answer(ClaimOutcome.UPHELD, "Koe")
        claim = answer_claim_by_letter(
            claim=claim, answer=answer, new_decision=None, by=other.actor, at=stage.now
        )
    kept = letter_of(decision, claim, language, stage.now)
    pdf = PdfReader(BytesIO(bytes(kept.content)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None and pdf.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    names = set(tags(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/L", "/LI"} <= names
    if kind == "decision":
        assert {"/Table", "/THead", "/TH", "/TD"} <= names


def test_a_letter_stays_as_it_was_made() -> None:
    stage, _, decision = decided()
    write_letters(decision, None, stage.now)
    kept = DecisionDocument.objects.get(decision=decision, language="fi")
    stage.organiser.name_fi = "Toinen nimi"
    stage.organiser.save()
    again = letter_of(decision, None, "fi", stage.now)
    assert (again.pk, again.sha256) == (kept.pk, kept.sha256)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        DecisionDocument.objects.filter(pk=kept.pk).update(content=b"")


@pytest.mark.parametrize(
    "change", [{"monthly_cents": 1}, {"grounds": "muu"}, {"made_by_id": 1}, {"state": "refused"}]
)
def test_a_decision_is_never_edited_by_anybody(change: dict[str, object]) -> None:
    _, _, decision = decided()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)
    stands = pytest.raises(IntegrityError, match="decision_stands")
    with stands, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM plans_decision WHERE id = %s", [decision.pk])
    with pytest.raises(IntegrityError, match="decision_stands"), transaction.atomic():
        valid = (date(2019, 2, 1), date(2030, 1, 1))
        Decision.objects.filter(pk=decision.pk).update(valid=valid)


def test_who_prepared_cannot_have_made_it_even_in_the_database() -> None:
    stage, client, _ = decided()
    me = stage.staff.decision_maker.user.pk
    with pytest.raises(IntegrityError, match="who_prepared_a_decision"), transaction.atomic():
        Decision.objects.create(
            organiser=stage.organiser, enrolment=stage.enrolment(client), plan=None,
            state=DecisionState.REFUSED, monthly_cents=0, legal_basis=[], grounds="Koe",
            prepared_by_id=me, made_by_id=me, made_at=stage.now, valid=(stage.on, None),
        )  # fmt: skip


def test_a_refusal_says_why() -> None:
    stage, client, _ = decided()
    with pytest.raises(GroundsMissing):
        refuse_application(
            enrolment=stage.enrolment(client), grounds="  ", legal_basis=[],
            by=stage.staff.decision_maker.actor, at=stage.now,
        )  # fmt: skip


def test_nobody_decides_above_their_power_and_is_told_who_can() -> None:
    stage = open_stage("keusote", on=date(2019, 3, 1))
    aino = stage.client("Aino", municipality="Hyvinkää")
    chief = person(stage.organiser, "Päivi Johtaja", Role.DECISION_MAKER, "fi", "-2")
    office, decider = stage.staff.office.actor, stage.staff.decision_maker
    since = Period(stage.on)
    low = give_power(
        organiser_id=stage.organiser.pk, user=decider.user, monthly_limit=Money(299_99),
        period=since, by=office, at=stage.now,
    )  # fmt: skip
    give_power(
        organiser_id=stage.organiser.pk, user=chief.user, monthly_limit=None, period=since,
        by=office, at=stage.now,
    )  # fmt: skip
    needs = {"cleaning": (Way.BUDGET, 10_00, False)}
    with pytest.raises(NoPower) as refused, transaction.atomic():
        stage.grant(aino, needs)
    assert refused.value.able == ["Päivi Johtaja"]
    assert refused.value.limit == Money(299_99)
    end_power(power=low, ends_on=stage.on, by=office, at=stage.now)
    # Without a power of their own nobody decides any more: powers are kept here.
    with pytest.raises(NoPower), transaction.atomic():
        stage.grant(aino, needs)


def test_a_letter_goes_once_by_each_way_and_its_receipt_follows_the_law() -> None:
    stage, _, decision = decided()
    by = stage.manager
    sent = send_letter(
        decision=decision, claim=None, way=DeliveryWay.POST, language="fi", by=by, at=stage.now
    )
    assert sent.received_on is None
    posted = mark_posted(delivery=sent, by=by, at=stage.now)
    assert posted.received_on == date(2019, 2, 8)
    with pytest.raises(SentAlready):
        mark_posted(delivery=sent, by=by, at=stage.now)
    handed = send_letter(
        decision=decision, claim=None, way=DeliveryWay.IN_PERSON, language="fi", by=by, at=stage.now
    )
    assert handed.received_on == stage.on


def test_time_runs_from_receipt_and_ends_on_a_day_when_offices_are_open() -> None:
    friday = date(2019, 3, 1)
    assert received_on(Sent.BY_POST, friday) == date(2019, 3, 8)
    assert received_on(Sent.ELECTRONICALLY, friday) == date(2019, 3, 4)
    assert received_on(Sent.IN_PERSON, friday) == friday
    # The thirtieth day is a Sunday, Christmas Eve, Midsummer Eve.
    assert last_day(Challenge.CLAIM, date(2019, 3, 8)) == date(2019, 4, 8)
    assert last_day(Challenge.CLAIM, date(2018, 11, 24)) == date(2018, 12, 27)
    assert last_day(Challenge.APPEAL, date(2019, 5, 22)) == date(2019, 6, 24)
