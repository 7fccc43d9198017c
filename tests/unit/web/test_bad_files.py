"""Files of the workers and the office that are broken or made to break something."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests import applicants
from tests import desk as by
from tests.cast import Stage
from tests.packs_sent import at, edited_pack, office, plain, send_in, stage_of, swap
from valinta.clients.models import Client
from valinta.needs.models import InstrumentResult
from valinta.plans.states import Way
from valinta.programmes.models import ImportRun, PackDraft
from valinta.providers.models import Evidence

ON = date(2019, 3, 1)
HEAD = "identity_code;given_name;family_name;language;municipality"
HTML = b"%PDF-1.7\n<html><script>alert(1)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    settings.DEMO = True


def sent(kind: str, data: bytes) -> dict[str, object]:
    return {"kind": kind, "file": SimpleUploadedFile("table.csv", data, "text/csv")}


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 302),
        (b"\x00" * 500, 422),
        (f"{HEAD}\nA\0B;Koe;Koe;fi;Hyvinkää\n".encode(), 422),
        (f"{HEAD}\n".encode("utf-16"), 302),
        (f"{HEAD}\n1;Ääkkönen;Öhman;fi;Hyvinkää\n".encode("latin-1"), 302),
        (f"{HEAD}\n".replace(";", ",").encode() + b'1,"=cmd|calc",Koe,fi,Espoo\n', 302),
        (HEAD.encode() + b'\n1;"open quotation;\n' * 50, 302),
        (b"PK\x03\x04" + bytes(range(256)) * 40, 422),
        (b"\xff\xfe\x00\xd8" * 300, 422),
        (HEAD.encode() + b"\n" + b"x;" * 100_000, 302),
        (b"x" * 6_000_001, 422),
        (("\ufeff" * 3 + HEAD).encode(), 302),
    ],
)
@pytest.mark.parametrize("kind", ["clients", "prices", "providers"])
def test_a_table_of_any_bytes_is_answered_and_writes_nothing(
    kind: str, data: bytes, status: int
) -> None:
    stage = stage_of("keusote", ON)
    desk = office(stage)
    before = Client.objects.count()
    answer = desk.post(at(stage, "imports", "try"), sent(kind, data))
    assert answer.status_code == status
    if status == 302:
        run = ImportRun.objects.latest("pk")
        assert desk.get(at(stage, "imports", run.pk)).status_code == 200
        sheet = desk.get(at(stage, "imports", run.pk, "faults"))
        assert b"\n=" not in sheet.content and b";=" not in sheet.content
        taken = desk.post(at(stage, "imports", run.pk, "take"), {"lines": "good"})
        assert taken.status_code in (302, 409)
    assert Client.objects.count() == before


def test_a_file_of_a_hundred_megabytes_is_refused_without_reading_it_all() -> None:
    stage = stage_of("keusote", ON)
    desk = office(stage)
    data = b"x" * 100_000_000
    file = SimpleUploadedFile("table.csv", data, "text/csv")
    tracemalloc.start()
    answer = desk.post(at(stage, "imports", "try"), {"kind": "clients", "file": file})
    tracemalloc.stop()
    assert "The file is too large" in plain(answer, 422)
    assert not ImportRun.objects.exists()


def the_case(stage: Stage) -> tuple[Client, by.Desk]:
    aino = stage.client("Aino")
    stage.answer_legs(aino)
    return aino, by.worker(stage)


def one_result(**other: object) -> dict[str, object]:
    return {
        "instrument": "raiSoft", "version": "1", "done_on": "2019-02-01", "done_by": "Hoitaja",
        "scores": {"adl": "1"}, **other,
    }  # fmt: skip


def results_of(stage: Stage) -> dict[str, object]:
    """A result that is right, in the programme's own instrument."""
    first = stage.programme.terms["result_instruments"][0]
    score = first["scores"][0]
    return one_result(
        instrument=first["code"], version=first["version"],
        scores={score["code"]: score["lowest"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: json.dumps([{**one, "done_by": "\ud800"}]).encode(),
        lambda one: json.dumps([{**one, "done_by": "A\0B"}]).encode(),
        lambda one: json.dumps([{**one, "scores": {"\ud800": "\udfff"}}]).encode(),
        lambda one: json.dumps([{**one, "done_on": "31.2.2019"}]).encode(),
        lambda one: json.dumps([{**one, "done_on": "9999-12-31"}]).encode(),
        lambda one: json.dumps([{**one, "scores": {"x": [1, {"a": 2}]}}]).encode(),
        lambda one: json.dumps([{**one, "text of a question": "secret"}]).encode(),
        lambda one: b"[" * 50_000,
        lambda one: b'{"scores": {"a": NaN}}',
        lambda one: b"instrument;version;done_on;done_by;score;value\nA\x00B;1;x;y;z;1\n",
        lambda one: "instrument;version\nÄ".encode("utf-16"),
        lambda one: "instrument;versiö".encode("latin-1"),
        lambda one: b'instrument;version;done_on;done_by;score;value\n"open',
        lambda one: b"x" * 200_000,
    ],
)
def test_results_of_any_bytes_are_answered_and_take_nothing_in(
    spoil: Callable[[dict[str, object]], bytes],
) -> None:
    stage = stage_of("keusote", ON)
    aino, desk = the_case(stage)
    data = spoil(results_of(stage))
    page = by.at(aino, "assessment", "results")
    for more in ({}, {"take": "1"}):
        file = SimpleUploadedFile("results.json", data)
        answer = desk.post(page, {"file": file, **more})
        assert answer.status_code == 422, answer.content.decode()[:500]
    assert not InstrumentResult.objects.exists()


@pytest.mark.parametrize(
    "written", ['"A\\0B"', '"A\\uD800B"', '"A\\x07B"', "&a [*a]", "!!python/object:os.system [id]",
                '"=cmd|calc"', "!!binary aGVp", "? [a]\n  : b"],
)  # fmt: skip
def test_a_pack_with_a_hostile_value_is_a_fault_and_no_failure(
    written: str, tmp_path: Path
) -> None:
    stage = stage_of("keusote", ON)
    desk = office(stage)
    text = (Path("programmes/keusote/programme.yaml")).read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("  fi: "))
    folder = edited_pack("keusote", tmp_path, swap(line, f"  fi: {written}"))
    answer = send_in(stage, desk, folder)
    assert answer.status_code in (200, 422)
    drafts = list(PackDraft.objects.all())
    if answer.status_code == 422:
        assert drafts == []
    else:
        taken = desk.post(at(stage, "pack", drafts[0].pk, "take"), follow=True)
        assert taken.status_code == 200


def test_a_pack_of_another_organiser_or_with_unknown_keys_is_told(tmp_path: Path) -> None:
    stage = stage_of("keusote", ON)
    desk = office(stage)
    other = edited_pack("kainuu", tmp_path / "other")
    assert "the pack of another programme" in plain(send_in(stage, desk, other), 422)
    unknown = edited_pack("keusote", tmp_path / "unknown", lambda text: f"{text}\nsurprise: 1\n")
    assert "surprise" in plain(send_in(stage, desk, unknown), 422)
    assert not PackDraft.objects.exists()


@pytest.mark.parametrize("content", [SVG, b"", b"<html>", b"MZ\x90", b"GIF89a", b"\xff\xd8"])
def test_what_is_no_paper_is_not_kept_whatever_its_name_says(content: bytes) -> None:
    stage = stage_of("siun-sote", ON)
    service = str(stage.programme.services.order_by("pk")[0].code)
    made = applicants.sent(stage, "Koti Oy", applicants.first_price(stage, service, 1000))
    before = Evidence.objects.count()
    condition = Evidence.objects.exclude(name="")[0].condition
    file = SimpleUploadedFile("paper.pdf", content, "application/pdf")
    given = {"condition": condition, "file": file, "issued_on": str(ON)}
    answer = office(stage).post(at(stage, "providers", "applications", made.pk, "hand-in"), given)
    assert answer.status_code == 422
    assert Evidence.objects.count() == before


def test_html_that_pretends_to_be_a_paper_is_never_shown_in_a_page() -> None:
    stage = stage_of("keusote", ON)
    aino = stage.client("Aino", municipality="Hyvinkää")
    lines = {"cleaning": (Way.BUDGET, 10_00, False)}
    stage.answer_legs(aino)
    plan = stage.draft(aino, stage.assess(aino, lines), lines)
    desk = by.worker(stage)
    file = SimpleUploadedFile('a"\r\nX-Evil: 1;b.html', HTML, "text/html")
    paper = {"signer": "client", "name": "Aino", "signed_on": str(ON), "file": file}
    assert desk.post(by.at(aino, "plan", str(plan.pk), "paper"), paper).status_code == 302
    kept = plan.enrolment.papers.get()
    answer = desk.get(by.at(aino, "papers", str(kept.pk)))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "X-Evil" not in answer
