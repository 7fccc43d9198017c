"""Large files at a company's pages: progress, answers, mending, who sees them; drawn visits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import Settings

from tests import jobs
from tests.company_pages import Clock, Company, Desk, begin, company, served, visit_stage
from tests.order_pages import back_in_scope
from valinta.orders.models import Order
from valinta.processes.draw_checks import answer_check, draw_checks
from valinta.processes.verify_books import verify_books
from valinta.programmes.models import Rulebook
from valinta.providers.levels import Level
from valinta.users.actor import system
from valinta.visits.checks import Check
from valinta.visits.models import Visit, VisitFile
from valinta.visits.states import FileState, Found

TITLES = "order;reference;served_on;started_at;ended_at;quantity"


@pytest.fixture
def kotiapu(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Company:
    settings.DEMO = True
    Clock(monkeypatch)
    return company(visit_stage())


@pytest.fixture
def order(kotiapu: Company) -> Order:
    made = served(kotiapu)
    begin(kotiapu.stage)
    return made


@pytest.fixture
def desk(kotiapu: Company, order: Order) -> Desk:
    return kotiapu.at(Level.OFFICE)


def table(order: Order, *rows: str) -> bytes:
    return "\r\n".join([TITLES, *(f"{order.pk};{row}" for row in rows)]).encode()


def send(desk: Desk, content: bytes, status: int = 302, name: str = "march.csv") -> Any:
    return desk.post("visits/files/", status, file=SimpleUploadedFile(name, content, "text/csv"))


def sent(desk: Desk, content: bytes) -> VisitFile:
    send(desk, content)
    return VisitFile.objects.order_by("-pk")[0]


def worked(desk: Desk) -> None:
    jobs.do_waiting("take_in_visit_file")
    back_in_scope(desk.company.stage)
    assert verify_books() == []


def download(desk: Desk, path: str) -> str:
    answer = desk.browser.get(desk.company.address(path))
    assert answer.status_code == 200
    text: str = b"".join(answer.streaming_content).decode("utf-8-sig")
    back_in_scope(desk.company.stage)
    return text


def test_a_file_is_sent_followed_mended_and_sent_again(desk: Desk, order: Order) -> None:
    good, bad = "A;5.3.2019;8:00;9:00;", "B;5.3.2019;9:30;10:30;1.500"
    file = sent(desk, table(order, good, bad))
    address = f"visits/files/{file.pk}/"
    assert "waits for its turn" in desk.get(address)
    fragment = desk.browser.get(desk.company.address(address), headers={"HX-Request": "true"})
    assert fragment.content.strip().startswith(b'<div id="file-progress"')
    assert b"every 3s" in fragment.content
    worked(desk)
    done = desk.get(address)
    assert "Every line is answered" in done
    assert "1 refused line to mend" in done
    answers = download(desk, f"{address}answers/")
    assert "2;A;accepted;" in answers
    assert "at most two decimals" in answers
    mended = download(desk, f"{address}refused/").replace("1.500", "1,0")
    second = sent(desk, mended.encode())
    worked(desk)
    second.refresh_from_db()
    assert second.state == FileState.DONE
    assert set(Visit.objects.values_list("reference", flat=True)) == {"A", "B"}
    # The refused line is answered by the visit that came in under its reference.
    assert "refused line to mend" not in desk.get("visits/")
    assert "march.csv" in desk.get("visits/files/")


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Rivin kenttää ”määrä”"), ("sv", "Radens fält ”mängd”")]
)
def test_answers_are_in_the_reader_s_language(
    kotiapu: Company, order: Order, language: str, words: str
) -> None:
    desk = kotiapu.at(Level.ADMIN, language)
    file = sent(desk, table(order, "B;5.3.2019;9:30;10:30;1.500"))
    worked(desk)
    assert words in download(desk, f"visits/files/{file.pk}/answers/")
    assert words in download(desk, f"visits/files/{file.pk}/refused/")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file"),
        (b"\n\n", "Choose a file"),
        (b"PK\x03\x04" + b"\0" * 99, "packed file or a workbook"),
        (b"\x1f\x8b\x08\x00", "packed file or a workbook"),
        (b"%PDF-1.7", "document or a picture"),
        (b"\0" * 900, "document or a picture"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", "XML"),
        (b'[{"order": 1}]', "one JSON list"),
        (b"x;" * 40_000, "too large"),
    ],
)
def test_what_holds_no_lines_is_said_at_the_field_and_kept_nowhere(
    desk: Desk, settings: Settings, content: bytes, says: str
) -> None:
    settings.VISIT_FILE_LARGEST = 50_000
    answer = send(desk, content, status=422)
    assert says in answer.content.decode()
    assert not VisitFile.objects.exists()


def test_files_are_of_the_company_s_office_and_of_nobody_else(
    kotiapu: Company, desk: Desk, order: Order
) -> None:
    file = sent(desk, table(order, "A;5.3.2019;8:00;9:00;"))
    worker = kotiapu.at(Level.WORKER)
    worker.get("visits/files/", status=403)
    worker.get(f"visits/files/{file.pk}/", status=403)
    assert "Send a large file" not in worker.get("visits/")
    assert "Send a large file" in desk.get("visits/")
    other = company(kotiapu.stage, "Siivous Ky").at(Level.ADMIN)
    for path in ("", "answers/", "refused/"):
        other.get(f"visits/files/{file.pk}/{path}", status=404)
    assert "march.csv" not in other.get("visits/files/")


def test_a_drawn_visit_says_why_and_by_which_numbers(
    kotiapu: Company, desk: Desk, order: Order
) -> None:
    Rulebook.objects.update(
        parameters=Rulebook.objects.first().parameters | {"sample_rate_percent": "100"}
    )
    sent(desk, table(order, "A;5.3.2019;8:00;9:00;"))
    worked(desk)
    stage = kotiapu.stage
    by = system(stage.organiser.pk)
    draw_checks(organiser_id=stage.organiser.pk, by=by, at=stage.now + timedelta(hours=9))
    check = Check.objects.select_related("visit", "drawing").get()
    page = desk.get(f"visits/{check.visit.pk}/")
    assert "Drawn for a check" in page
    assert "no code of the client shows the visit" in page
    listed = desk.get("visits/checks/")
    assert "Of accepted visits 100% are drawn for a check." in listed
    assert check.drawing.seed in listed
    assert str(check.number) in listed
    assert "Not checked yet" in listed
    answer_check(check=check, found=Found.WRONG, words="It was shorter.", by=by, at=stage.now)
    assert "It was shorter." in desk.get("visits/checks/")
    other = company(stage, "Siivous Ky").at(Level.ADMIN)
    assert "No visit of yours has been drawn yet" in other.get("visits/checks/")


def test_a_case_manager_says_what_a_check_found(kotiapu: Company, desk: Desk, order: Order) -> None:
    Rulebook.objects.update(
        parameters=Rulebook.objects.first().parameters | {"sample_rate_percent": "100"}
    )
    sent(desk, table(order, "A;5.3.2019;8:00;9:00;"))
    worked(desk)
    stage = kotiapu.stage
    by = system(stage.organiser.pk)
    draw_checks(organiser_id=stage.organiser.pk, by=by, at=stage.now + timedelta(hours=9))
    check = Check.objects.get()
    manager = Browser()
    manager.force_login(stage.staff.case_managers[0].user)
    page = manager.get("/casework/review/checks/").content.decode()
    assert "Kotiapu Oy" in page
    form = {"check": check.pk, "found": "wrong", "words": " "}
    assert manager.post("/casework/review/checks/", form).status_code == 422
    form["words"] = "Käynti kesti puoli tuntia."
    assert manager.post("/casework/review/checks/", form).status_code == 302
    assert manager.post("/casework/review/checks/", form).status_code == 302
    back_in_scope(stage)
    check.refresh_from_db()
    assert (check.found, check.words) == (Found.WRONG, "Käynti kesti puoli tuntia.")
    assert manager.post("/casework/review/checks/", {"check": "x"}).status_code == 404
    assert "Käynti kesti puoli tuntia." in desk.get("visits/checks/")
