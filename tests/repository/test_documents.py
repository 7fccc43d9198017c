"""The documents a newcomer needs are there, and what they point to as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.repository.files import PACKAGE, ROOT, under

NEEDED = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    ".ci/run",
    "docs/money.md",
    "docs/mission.md",
    "docs/glossary.md",
)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
VENDORS = (PACKAGE / "web" / "static" / "vendor", ROOT / "tests" / "browser" / "vendor")


def _documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *under("docs", "programmes", ends=".md")])


@pytest.mark.parametrize("name", NEEDED)
def test_the_document_is_there_and_says_something(name: str) -> None:
    path = ROOT / name
    assert path.is_file(), f"{name} is missing"
    assert len(path.read_text().split()) > 10


def test_every_link_in_a_document_leads_somewhere() -> None:
    broken = []
    for document in _documents():
        for match in LINK.finditer(document.read_text()):
            target = (match[1] or match[2]).split("#")[0]
            elsewhere = not target or "://" in target or target.startswith("mailto:")
            if not elsewhere and not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)} -> {target}")
    assert broken == []


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.parent.name)
def test_files_of_others_are_listed_with_version_and_licence(vendor: Path) -> None:
    rows = (vendor / "VENDORED.md").read_text().splitlines()
    folders = [path for path in vendor.iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        name, _, version = folder.name.rpartition("-")
        assert name, f"{folder.name}: put the version in the name"
        assert re.fullmatch(r"\d+(\.\d+)+", version), folder.name
        row = next((row for row in rows if f"`{folder.name}/" in row and "| " in row), "")
        assert f"| {version} |" in row, f"{folder.name} is not in VENDORED.md with its version"
        assert re.search(r"MIT|OFL|BSD|Apache|ISC|CC0|EUPL|MPL", row), f"{folder.name}: no licence"
        assert any(folder.glob("LICEN[CS]E*")), f"{folder.name}: the licence's text is missing"


def test_every_pack_has_a_page_for_readers() -> None:
    packs = [path for path in (ROOT / "programmes").iterdir() if path.is_dir()]
    assert len(packs) >= 6
    assert [pack.name for pack in packs if not (pack / "README.md").is_file()] == []
