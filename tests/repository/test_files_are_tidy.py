"""What holds for every file: size, words, made-up people, no secrets, nothing half done."""

from __future__ import annotations

import re

import pytest

from tests.repository.files import ROOT, WRITTEN, texts, under

LONGEST = 400
LONGER_WITH_REASON = {"src/valinta/config/schema.sql": "written by `make schema`, not by hand"}

# Written in two halves, so that this file does not find itself.
NOT_HERE = {
    "something is not done": r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b",
    "something is not there": r"NotImplemented" r"Error",
    "a check is switched off": r"type:\s*ign" r"ore|#\s*no" r"qa|pragma:\s*no\s*co" r"ver",
    "a folder of somebody's machine": r"(?<![\w./-])/(wo" r"rk|ro" r"ot|op" r"t|tm" r"p)/",
    "a host that packages come from": r"pypi\.o"
    r"rg|pythonhosted\.o"
    r"rg|npmjs\.(o"
    r"rg|com)|jsdel"
    r"ivr|unp"
    r"kg",
}
IDENTITY_CODE = re.compile(r"(?<!\d)\d{6}[-+A-FU-Y](\d{3})[0-9A-FHJ-NPR-Y]\b")
SECRETS = re.compile(
    r"BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}"
    r"|(?i:password|secret|token|api_key)\s*=\s*[\"'][^\"'{}\s]{12,}[\"']"
)


def _lines_with(pattern: str) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts(*WRITTEN)
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_source_file_is_longer_than_a_reader_holds() -> None:
    found = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in under("src", ends=".py .html .css .js .sql .typ")
    }
    assert len(found) > 100
    too_long = {name: lines for name, lines in found.items() if lines > LONGEST}
    assert too_long.keys() == LONGER_WITH_REASON.keys(), too_long


@pytest.mark.parametrize("what", NOT_HERE)
def test_no_file_says_that(what: str) -> None:
    assert not _lines_with(NOT_HERE[what])


def test_the_search_for_words_finds_them() -> None:
    samples = {
        "something is not done": "# TO" + "DO: later",
        "something is not there": "raise NotImplemented" + "Error",
        "a check is switched off": "x = y  # type: ign" + "ore[misc]",
        "a folder of somebody's machine": "open('/wo" + "rk/main/x')",
        "a host that packages come from": "https://pypi.o" + "rg/simple",
    }
    for what, sample in samples.items():
        assert re.search(NOT_HERE[what], sample), what


def test_people_in_the_project_are_made_up() -> None:
    """Numbers 900-999 are for tests and never a person's; 000 and 001 are given to nobody."""
    codes = [
        (name, match[0], int(match[1]))
        for name, text in texts(*WRITTEN)
        for match in IDENTITY_CODE.finditer(text)
    ]
    assert len(codes) > 5
    assert [one for one in codes if 1 < one[2] < 900] == []


def test_no_secret_is_kept_in_the_project() -> None:
    found = [
        f"{name}: {match[0][:20]}"
        for name, text in texts(*(folder for folder in WRITTEN if folder != "tests"))
        for match in SECRETS.finditer(text)
    ]
    assert found == []
    assert SECRETS.search("pass" + 'word = "correct-horse-battery"')
