"""Statements through the pages and papers: every cent, who sees which, and the next payment."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.cast import Stage
from tests.desk import stage_of
from valinta.audit.models import Entry
from valinta.demo.people import person
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.plans.states import Way
from valinta.processes.correct_price import correct_price
from valinta.processes.next_payment import next_payment
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker
from valinta.settlements.actions import approve_run, mark_returned
from valinta.settlements.models import Payment, Statement, StatementLine
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Role

ON = date(2019, 3, 1)
NO_BREAK = "\u00a0"


class Company:
    """A company with an order that runs, and its people's browsers."""

    def __init__(self, stage: Stage, name: str, given: str, price: str = "40.00") -> None:
        self.stage = stage
        self.provider = stage.provider(name)
        self.client = stage.client(given)
        stage.grant(self.client, {"home-care": (Way.BUDGET, 40_00, False)})
        self.offer = stage.offer(self.provider, "home-care", price)
        self.order: Order = stage.order(self.client, self.offer, 14_00)

    @property
    def admin(self) -> User:
        return self.stage.workers[self.provider.pk].user

    def get(self, path: str = "", user: User | None = None, language: str = "en") -> HttpResponse:
        """A page of the company's statements, opened by the admin or another."""
        return opened(self.provider, path, user or self.admin, self.stage, language)

    def page(self, path: str = "") -> str:
        answer = self.get(path)
        assert answer.status_code == 200
        return answer.content.decode().replace(NO_BREAK, " ")

    def statement(self) -> Statement:
        return Statement.objects.filter(provider=self.provider).order_by("-pk")[0]


def opened(
    provider: Provider, path: str, user: User, stage: Stage, language: str = "en"
) -> HttpResponse:
    browser = Browser(headers={"accept-language": language})
    browser.force_login(user)
    answer: HttpResponse = browser.get(f"/provider/{provider.pk}/statements/{path}")
    content = b"".join(answer.streaming_content) if answer.streaming else None
    tenancy.enter({stage.organiser.pk}, None)
    if content is not None:
        answer = HttpResponse(content, headers=dict(answer.headers))
    return answer


def month_of(company: Company, *days: int, folder: Path) -> Statement:
    """Visits on the days of March, settled and paid."""
    for day in days:
        company.stage.report(company.order, date(2019, 3, day), 1_50)
    stage = company.stage
    stage.pay(stage.settle(date(2019, 4, 1)), folder)
    return company.statement()


@pytest.fixture
def stage(db: None, settings: Any) -> Stage:
    settings.DEMO = True
    return stage_of("siun-sote", ON)


@pytest.fixture
def kotiapu(stage: Stage) -> Company:
    return Company(stage, "Kotiapu Oy", "Aino")


def level(company: Company, level: Level) -> User:
    made = person(company.stage.organiser, level, Role.PROVIDER, "fi", f"-{level}").user
    Worker.objects.create(
        provider=company.provider, user=made, level=level, valid=(date(2015, 1, 1), None)
    )
    return made


def test_a_statement_is_followed_from_the_bank_to_a_visit(kotiapu: Company, tmp_path: Path) -> None:
    one = month_of(kotiapu, 4, 5, 6, folder=tmp_path)
    assert one.payment_cents == 3 * 60_00
    assert "€180.00" in kotiapu.page()
    page = kotiapu.page(f"{one.pk}/")
    assert "The bank paid it on" in page
    assert "Work: 3 visits" in page
    payment = Payment.objects.get(statement=one)
    assert payment.iban in page and payment.reference in page
    line = StatementLine.objects.get(statement=one)
    assert f"/lines/{line.pk}/" in page
    visits = kotiapu.page(f"{one.pk}/lines/{line.pk}/")
    assert visits.count("€60.00") == 3
    assert "€180.00" in visits and "3 visits in all" in visits


def test_clients_whose_names_are_shown_are_noted(kotiapu: Company, tmp_path: Path) -> None:
    one = month_of(kotiapu, 4, folder=tmp_path)
    assert kotiapu.client.full_name in kotiapu.page(f"{one.pk}/")
    notes = Entry.objects.filter(verb="read", client_id=kotiapu.client.pk, by_id=kotiapu.admin.pk)
    assert notes.get().purpose == "own statements"


def test_each_company_sees_its_own_and_money_is_for_the_levels_that_see_it(
    stage: Stage, kotiapu: Company, tmp_path: Path
) -> None:
    hoiva = Company(stage, "Hoiva Oy", "Eino")
    stage.report(hoiva.order, date(2019, 3, 4))
    one = month_of(kotiapu, 4, folder=tmp_path)
    assert kotiapu.get(f"{one.pk}/").status_code == 200
    assert kotiapu.get(f"{one.pk}/", level(kotiapu, Level.OFFICE)).status_code == 200
    assert kotiapu.get(f"{one.pk}/", level(kotiapu, Level.WORKER)).status_code == 403
    # Another company's, through its own address and through one's own.
    assert kotiapu.get(f"{one.pk}/", hoiva.admin).status_code == 404
    for ending in ("", "pdf/", "csv/", "invoice/"):
        assert hoiva.get(f"{one.pk}/{ending}").status_code == 404
    refused = Entry.objects.filter(verb="refused", by_id=hoiva.admin.pk)
    assert set(refused.values_list("subject_kind", flat=True)) == {"provider", "statement"}
    line = StatementLine.objects.filter(statement__provider=hoiva.provider).get()
    assert kotiapu.get(f"{one.pk}/lines/{line.pk}/").status_code == 404


def test_another_organisers_statement_is_not_there(
    stage: Stage, kotiapu: Company, tmp_path: Path
) -> None:
    one = month_of(kotiapu, 4, folder=tmp_path)
    there = stage_of("keusote", ON)
    there.approve(kotiapu.provider)
    stranger = there.workers[kotiapu.provider.pk].user
    # The company is theirs too, but with the other organiser.
    assert opened(kotiapu.provider, "", stranger, stage).status_code == 200
    assert opened(kotiapu.provider, f"{one.pk}/", stranger, stage).status_code == 404


def test_a_prepared_run_is_told_as_a_coming_payment_and_not_as_a_statement(
    kotiapu: Company,
) -> None:
    kotiapu.stage.report(kotiapu.order, date(2019, 3, 4), 1_50)
    kotiapu.stage.settle(date(2019, 4, 1))
    page = kotiapu.page()
    assert "when it is approved" in page and "€60.00" in page
    assert "No statement yet" in page
    assert kotiapu.get(f"{kotiapu.statement().pk}/").status_code == 404


def test_the_paper_is_tagged_and_says_the_same_in_three_languages(
    kotiapu: Company, tmp_path: Path
) -> None:
    one = month_of(kotiapu, 4, 5, folder=tmp_path)
    for language, title in (("fi", "Tilitys"), ("sv", "Avräkning"), ("en", "Statement")):
        answer = kotiapu.get(f"{one.pk}/pdf/", language=language)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "attachment" in answer.headers["Content-Disposition"]
        paper = PdfReader(io.BytesIO(answer.content))
        catalogue: Any = paper.trailer["/Root"]
        assert catalogue["/MarkInfo"]["/Marked"]
        assert catalogue["/Lang"].startswith(language)
        text = "".join(page.extract_text() for page in paper.pages).replace(NO_BREAK, " ")
        assert title in text and ("120,00 €" in text or "€120.00" in text)
        assert kotiapu.client.given_name not in text


def test_the_table_adds_up_to_the_payment_and_holds_no_formula(
    kotiapu: Company, tmp_path: Path
) -> None:
    kotiapu.stage.report_lines(
        kotiapu.provider,
        [kotiapu.stage.line(kotiapu.order, date(2019, 3, 5)) | {"reference": "=1+1"}],
        at=kotiapu.stage.now + timedelta(days=5),
    )
    one = month_of(kotiapu, 4, folder=tmp_path)
    answer = kotiapu.get(f"{one.pk}/csv/", language="fi")
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert header[-1] == "Järjestäjältä, €"
    assert sum(int(row[-1].replace(",", "")) for row in rows) == one.payment_cents
    assert {row[5] for row in rows} >= {"'=1+1"}


def mend_price(company: Company, euros: str) -> None:
    correct_price(
        offer=company.offer,
        band=company.stage.programme.terms["service_bands"]["home-care"][0],
        amount=Money.of(euros),
        period=Period(date(2019, 3, 1), date(2019, 4, 1)),
        reason="Hinta oli väärä.\r\nKorjattu.",
        by=company.stage.staff.office.actor,
        at=company.stage.now + timedelta(days=40),
    )


def test_a_balance_below_zero_is_explained_and_carried(kotiapu: Company, tmp_path: Path) -> None:
    first = month_of(kotiapu, 4, 5, folder=tmp_path)
    mend_price(kotiapu, "30.00")
    kotiapu.stage.pay(kotiapu.stage.settle(date(2019, 4, 1)), tmp_path)
    second = kotiapu.statement()
    assert (second.payment_cents, second.carried_out_cents) == (0, -30_00)
    page = kotiapu.page(f"{second.pk}/")
    assert "€30.00 more than what is owed to the company" in page
    assert "does not pay it back" in page
    assert "The price was corrected" in page and f"/statements/{first.pk}/" in page
    assert b"<cbc:CreditNoteTypeCode>261<" in kotiapu.get(f"{second.pk}/invoice/").content
    assert kotiapu.get(f"{second.pk}/pdf/").status_code == 200
    coming = kotiapu.page()
    assert "nothing is paid then: the balance would be -€30.00" in coming


def test_a_returned_payment_says_why_and_what_to_do(kotiapu: Company, tmp_path: Path) -> None:
    stage = kotiapu.stage
    stage.report(kotiapu.order, date(2019, 3, 4), 1_50)
    run = stage.settle(date(2019, 4, 1))
    approve_run(run=run, by=stage.staff.approver.actor, at=run.prepared_at + timedelta(hours=1))
    payment = Payment.objects.get(statement=kotiapu.statement())
    mark_returned(payment=payment, reason="AC04", by=stage.staff.preparer.actor, at=run.prepared_at)
    page = kotiapu.page(f"{payment.statement_id}/")
    assert "returned the payment (AC04)" in page and "bank account" in page
    assert "€60.00" in kotiapu.page()


def test_the_invoice_is_the_companys_though_the_organiser_writes_it(
    kotiapu: Company, tmp_path: Path
) -> None:
    one = month_of(kotiapu, 4, folder=tmp_path)
    answer = kotiapu.get(f"{one.pk}/invoice/")
    assert answer.headers["Content-Type"] == "application/xml"
    text = answer.content.decode()
    seller, buyer = text.split("AccountingCustomerParty")[:2]
    assert "Kotiapu Oy" in seller and "Kotiapu Oy" not in buyer
    assert "Itselaskutus" in text and "arvonlisäverolaki 1501/1993, 37 §, 38 §" in text
    assert kotiapu.client.given_name not in text


def test_the_next_payment_is_on_a_bank_day_and_tells_what_is_sure(kotiapu: Company) -> None:
    stage = kotiapu.stage
    stage.report(kotiapu.order, date(2019, 3, 4), 1_00)
    stage.report(kotiapu.order, date(2019, 3, 30), 50)
    stage.on = date(2019, 3, 31)
    coming = next_payment(programme=stage.programme, provider=kotiapu.provider, at=stage.now)
    assert coming is not None
    assert (coming.cut_off_on, coming.pays_on) == (date(2019, 4, 1), date(2019, 4, 15))
    assert (coming.sure_cents, coming.open_cents) == (40_00, 20_00)
    assert (coming.least_cents, coming.most_cents) == (40_00, 60_00)


@pytest.mark.parametrize("page", ["", "{one}/", "{one}/lines/{line}/"])
def test_a_page_takes_as_many_queries_for_many_rows_as_for_one(
    page: str, kotiapu: Company, tmp_path: Path
) -> None:
    counted: list[int] = []
    for days in ((4,), (5, 6, 7, 8, 11, 12)):
        one = month_of(kotiapu, *days, folder=tmp_path)
        line = StatementLine.objects.filter(statement=one)[0]
        address = page.format(one=one.pk, line=line.pk)
        kotiapu.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert kotiapu.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 40
