"""Each environment variable that the code reads is in the table of the reference, and no other."""

from __future__ import annotations

import re

from tests.repository.files import PACKAGE, ROOT

NAME = re.compile(r"\bVALINTA_[A-Z_]+\b")
# Read by the tests and the tools alone.
OF_TESTS = {"VALINTA_CHROMIUM"}


def test_every_variable_that_is_read_is_told_and_no_other() -> None:
    read = {name for path in PACKAGE.rglob("*.py") for name in NAME.findall(path.read_text())}
    text = (ROOT / "docs" / "reference" / "README.md").read_text()
    rows = text.split("## Environment variables")[1].splitlines()
    told = {name for row in rows if row.startswith("|") for name in NAME.findall(row.split("|")[1])}
    assert read
    assert told == read | OF_TESTS
