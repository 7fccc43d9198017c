"""Clients, providers and price lists from CSV: tried, told line by line, written or thrown away."""

from __future__ import annotations

import time
import tracemalloc
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Stage
from tests.desk import Desk
from tests.packs_sent import at, office, plain, stage_of
from valinta.audit.models import Entry
from valinta.catalogue.models import Offer, Price
from valinta.clients.models import Client
from valinta.demo.identities import business_id, iban, identity_code
from valinta.processes import import_sheets
from valinta.programmes.models import ImportRun
from valinta.providers.models import Approval, Provider
from valinta.users.actor import system

TODAY = date(2019, 3, 1)
HEAD = "henkilötunnus;etunimi;sukunimi;kieli;kotikunta;puhelin;turvakielto"


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def stage(demo: None) -> Stage:
    return stage_of("keusote", TODAY)


def _code(number: int) -> str:
    """The identity code of one of many made-up people."""
    return identity_code(date(1930, 1, 1) + timedelta(days=number // 100), 900 + number % 100)


def _person(number: int, **more: str) -> str:
    one = {"code": _code(number), "given": "Aino", "family": "Esimerkki", "language": "fi",
           "town": "Hyvinkää", "phone": "", "hidden": ""} | more  # fmt: skip
    return ";".join(one.values())


def _try(stage: Stage, desk: Desk, kind: str, text: str, encoding: str = "utf-8") -> HttpResponse:
    file = SimpleUploadedFile("file.csv", text.encode(encoding), "text/csv")
    answer: HttpResponse = desk.post(
        at(stage, "imports", "try"), {"kind": kind, "file": file}, follow=True
    )
    return answer


def _take(stage: Stage, desk: Desk, lines: str = "all") -> HttpResponse:
    run = ImportRun.objects.latest("pk")
    answer: HttpResponse = desk.post(
        at(stage, "imports", run.pk, "take"), {"lines": lines}, follow=True
    )
    return answer


def test_clients_are_tried_first_and_written_then_and_the_report_names_nobody(
    stage: Stage,
) -> None:
    desk = office(stage)
    text = "\n".join([HEAD, _person(0, phone="'+358 40 555 0101"), _person(1, hidden="kyllä")])
    page = plain(_try(stage, desk, "clients", text, "cp1252"))
    assert "Nothing has been written yet." in page and "Write all 2 lines" in page
    assert not Client.objects.exists()
    page = plain(_take(stage, desk))
    assert "2 lines were written. The file has been forgotten." in page
    first, second = Client.objects.order_by("pk")
    assert (first.identity_code, first.born_on) == (_code(0), date(1930, 1, 1))
    assert first.contact == {"phone": "+358 40 555 0101"} and first.municipality_code == "106"
    assert second.non_disclosure
    run = ImportRun.objects.get()
    assert run.content == "" and "Aino" not in str(vars(run)) and _code(0) not in str(vars(run))
    noted = Entry.objects.filter(verb="register_client")
    assert {one.client_id for one in noted} == {first.pk, second.pk}


def test_every_fault_tells_its_line_column_and_mend(stage: Stage) -> None:
    held = stage.client("Onni")
    desk = office(stage)
    text = "\n".join(
        [
            HEAD,
            _person(0),
            _person(0, given="Toinen"),
            _person(1, code=_code(1)[:-1] + "?"),
            _person(2, code=held.identity_code),
            _person(3, given=""),
            _person(4, language="klingon"),
            _person(5, town="<script>alert(1)</script>"),
            _person(6, phone="=HYPERLINK(1)"),
            _person(7, hidden="ehkä"),
            _person(8) + ";yli",
        ]
    )
    answer = _try(stage, desk, "clients", text)
    page = plain(answer)
    assert "<script>alert" not in answer.content.decode()
    for words in (
        "3 identity code The same is on line 2 already.",
        "4 identity code This is not a personal identity code.",
        "5 identity code This person is a client already.",
        "6 given name The cell is empty. Fill it in.",
        "7 language “klingon” is not a language of the service.",
        "8 home municipality “<script>alert(1)</script>” is not a municipality",
        "9 phone “=HYPERLINK(1)” is not a phone number.",
        "10 non-disclosure “ehkä” is not yes or no.",
        "11 – The line has more cells than the head (8).",
        "Write the 1 good line, leave the rest",
    ):
        assert words in page, words
    assert "Nothing was written" in plain(_take(stage, desk), 409)
    run = ImportRun.objects.latest("pk")
    sheet = desk.get(at(stage, "imports", run.pk, "faults")).content.decode()
    assert "\n=" not in sheet and ";=" not in sheet
    assert "1 line was written." in plain(_take(stage, desk, "good"))
    assert Client.objects.count() == 2


def test_faults_are_told_in_the_readers_language(stage: Stage) -> None:
    text = f"{HEAD}\n{_person(0, language='klingon')}"
    page = plain(_try(stage, office(stage, "sv"), "clients", text))
    assert "språk “klingon” är inte ett språk" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        (HEAD, "The file has its head only."),
        ("etunimi;sukunimi\nAino;Esimerkki", "The column is missing."),
        (f"{HEAD};kengännumero\n{_person(0)};42", "The column “kengännumero” is not known."),
        (f'{HEAD}\n"{_person(0)}', "From here on the table cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(stage: Stage, text: str, words: str) -> None:
    desk = office(stage)
    page = plain(_try(stage, desk, "clients", text))
    assert words in page and "leave the rest" not in page
    assert "Nothing was written" in plain(_take(stage, desk, "good"), 409)


@pytest.mark.parametrize("kind", ["clients", "providers", "prices"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_template_fits_and_its_made_up_line_is_not_taken_for_real(
    stage: Stage, kind: str, language: str
) -> None:
    desk = office(stage, language)
    template = desk.get(at(stage, "imports", "template", kind)).content.decode()
    run = import_sheets.try_import(
        programme=stage.programme,
        kind=kind,
        data=template.encode(),
        by=stage.staff.office.actor,
        at=stage.now,
    )
    assert run.lines == 1 and run.good == 0
    assert {what for _, _, what in run.faults} == {
        "not_approved" if kind == "prices" else "example"
    }


def test_a_thrown_away_file_is_forgotten_and_cannot_be_written(stage: Stage) -> None:
    desk = office(stage)
    _try(stage, desk, "clients", f"{HEAD}\n{_person(0)}")
    run = ImportRun.objects.get()
    page = plain(desk.post(at(stage, "imports", run.pk, "drop"), follow=True))
    assert "The file is thrown away." in page
    run.refresh_from_db()
    assert (run.state, run.content) == ("dropped", "")
    _take(stage, desk)
    assert not Client.objects.exists()


def test_a_file_left_lying_is_forgotten_when_the_next_one_comes(stage: Stage) -> None:
    desk = office(stage)
    _try(stage, desk, "clients", f"{HEAD}\n{_person(0)}")
    _try(stage, desk, "clients", f"{HEAD}\n{_person(1)}")
    assert list(ImportRun.objects.order_by("pk").values_list("state", flat=True)) == [
        "dropped",
        "tried",
    ]


def test_a_line_written_by_another_at_the_same_time_takes_everything_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = {"by": stage.staff.office.actor, "at": stage.now}
    text = f"{HEAD}\n{_person(0)}\n{_person(1)}"
    run = import_sheets.try_import(
        programme=stage.programme, kind="clients", data=text.encode(), **who
    )
    before = import_sheets.check(stage.programme, "clients", text, TODAY)
    stage.client("Onni")
    Client.objects.update(identity_code=_code(1))
    monkeypatch.setattr(import_sheets, "check", lambda *_: before)
    with pytest.raises(import_sheets.ChangedMeanwhile):
        import_sheets.take_import(run=run, good_only=False, **who)
    assert Client.objects.count() == 1
    run.refresh_from_db()
    assert run.state == "tried" and run.content


def _provider_line(number: int, *approved: str) -> str:
    facts = (business_id(5_000_000 + number * 17), f"Apu {number} Oy", "yksityinen", "2015",
             "fi sv", iban(5_000 + number))  # fmt: skip
    return ";".join([*facts, *(approved or [""] * 4)])


PROVIDERS = (
    "y-tunnus;nimi;sektori;perustamisvuosi;kielet;iban;rekisteri;rekisterinumero;"
    "hyväksytty alkaen;sääntökirja hyväksytty"
)


def test_providers_are_registered_and_approved_by_the_rules_of_the_programme(stage: Stage) -> None:
    desk = office(stage)
    approved = ("national-register", "V-1", "1.3.2019", "28.2.2019")
    lines = [
        PROVIDERS,
        _provider_line(1),
        _provider_line(2, *approved),
        _provider_line(3, "national-register", "", "1.3.2019", "28.2.2019"),
        _provider_line(4, *approved[:2], "1.3.2030", "28.2.2019"),
        _provider_line(5).replace("yksityinen", "julkinen"),
        _provider_line(6).replace(iban(5_006), "FI2112345600000786"),
        _provider_line(7).replace(business_id(5_000_000 + 7 * 17), "1234567-9"),
    ]
    page = plain(_try(stage, desk, "providers", "\n".join(lines)))
    for words in (
        "4 register number To approve the provider, fill in this too",
        "5 approved from The programme is not open on 1.3.2030.",
        "6 sector The programme does not admit providers of this sector",
        "7 iban This is not a bank account number",
        "8 business id “1234567-9” is not a business id.",
    ):
        assert words in page, words
    _take(stage, desk, "good")
    assert list(Provider.objects.order_by("name").values_list("name", flat=True)) == [
        "Apu 1 Oy",
        "Apu 2 Oy",
    ]
    made = Approval.objects.get()
    assert (made.register_number, made.valid.lower) == ("V-1", date(2019, 3, 1))
    page = plain(_try(stage, desk, "providers", "\n".join(lines[:3])))
    assert "is known already" in page and "is approved already" in page


PRICES = "y-tunnus;palvelu;aikaluokka;hinta;ensimmäinen päivä;viimeinen päivä"


def test_prices_follow_the_ceiling_and_keep_what_was_known(stage: Stage) -> None:
    provider = stage.provider("Kotiapu Oy")
    offer = stage.offer(provider, "cleaning", "30.00")
    number, desk = provider.business_id, office(stage)
    stage.organiser.demo_today = date(2019, 3, 20)
    stage.organiser.save()
    name = offer.service.names["fi"]
    lines = [
        PRICES,
        f"{number};cleaning;weekday-day;31,00;1.5.2019;31.5.2019",
        f"{number};{name};weekday-day;32,00;1.6.2019;",
        f"{number};home-care;weekday-day;39,90;1.4.2019;",
        f"{number};cleaning;weekday-day;99,00;1.9.2019;",
        f"{number};cleaning;weekday-day;30,50;15.5.2019;20.5.2019",
        f"{number};cleaning;weekday-day;29,00;5.3.2019;15.3.2019",
        f"{number};cleaning;weekday-day;kallis;1.8.2019;",
        f"{number};taikuus;weekday-day;10,00;1.8.2019;",
        f"{business_id(6_000_000)};cleaning;weekday-day;10,00;1.8.2019;",
    ]
    page = plain(_try(stage, desk, "prices", "\n".join(lines)))
    for words in (
        "5 price The price is above the ceiling €34.50.",
        "6 first day The same is on line 2 already.",
        "7 first day A price is known for days before today from 5.3.2019 on.",
        "8 price “kallis” is not a price.",
        "9 service “taikuus” is not a service of the programme.",
        "10 business id No provider",
    ):
        assert words in page, words
    assert "3 lines were written." in plain(_take(stage, desk, "good"))
    known = Price.objects.filter(offer=offer, superseded_at__isnull=True).order_by("valid")
    assert [(one.cents, one.valid.lower, one.valid.upper) for one in known][1:] == [
        (31_00, date(2019, 5, 1), date(2019, 6, 1)),
        (32_00, date(2019, 6, 1), None),
    ]
    assert known[0].valid.upper == date(2019, 5, 1) and known[0].cents == 30_00
    assert Price.objects.filter(offer=offer, superseded_at__isnull=False).get().cents == 30_00
    new = Offer.objects.get(service__code="home-care")
    assert new.valid.lower == date(2019, 4, 1)


def test_ten_thousand_clients_are_tried_and_written_in_seconds_in_little_memory(
    stage: Stage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = "\n".join([HEAD, *(_person(number) for number in range(10_000))])
    who = {"by": system(stage.organiser.pk), "at": stage.now}
    tracemalloc.start()
    began = time.process_time()
    with django_assert_max_num_queries(45):
        run = import_sheets.try_import(
            programme=stage.programme, kind="clients", data=text.encode(), **who
        )
        import_sheets.take_import(run=run, good_only=False, **who)
    spent, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"10,000 clients: {spent:.1f} s of CPU here, at most {peak / 1e6:.0f} MB")
    assert Client.objects.count() == 10_000
    assert peak < 120e6
    assert spent < 30  # memory is traced meanwhile, which alone takes two thirds of it


def test_ten_thousand_prices_are_written_in_seconds(
    stage: Stage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    offer = stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00")
    number = offer.approval.provider.business_id
    first = date(2019, 3, 1)
    # One price for each service and band of a day would be few: so a price for each day of a year
    # of many providers.
    providers = [number]
    for other in range(33):
        providers.append(stage.provider(f"Apu {other} Oy").business_id)
    days = [first + timedelta(days=each) for each in range(300)]
    lines = [PRICES]
    lines += [
        f"{who};cleaning;weekday-day;31,00;{day:%d.%m.%Y};{day:%d.%m.%Y}"
        for who in providers
        for day in days
    ]
    who = {"by": system(stage.organiser.pk), "at": stage.now}
    began = time.process_time()
    with django_assert_max_num_queries(70):
        run = import_sheets.try_import(
            programme=stage.programme, kind="prices", data="\n".join(lines).encode(), **who
        )
        import_sheets.take_import(run=run, good_only=False, **who)
    spent = time.process_time() - began
    print(f"{len(lines) - 1} prices: {spent:.1f} s of CPU here")
    assert Price.objects.filter(superseded_at__isnull=True, cents=31_00).count() == 10_200
    assert spent < 30


def test_the_page_of_reports_takes_as_many_queries_for_thirty_as_for_one(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = office(stage)
    _try(stage, desk, "clients", f"{HEAD}\n{_person(0)}")
    with CaptureQueriesContext(connection) as taken:
        desk.get(at(stage, "imports"))
        of_one = len(taken)
    for number in range(29):
        _try(stage, desk, "clients", f"{HEAD}\n{_person(number)}")
    with django_assert_num_queries(of_one):
        desk.get(at(stage, "imports"))
