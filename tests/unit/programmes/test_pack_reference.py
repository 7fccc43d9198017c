"""The reference page of the pack format says what the schema says."""

from pathlib import Path

from valinta.programmes.pack.document import document
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_walk import keys_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "programme-pack.md"


def test_the_reference_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "write document() of valinta.programmes.pack.document to docs/reference/programme-pack.md"
    )


def test_the_reference_page_lists_every_key_with_words() -> None:
    rows = [line for line in document().splitlines() if line.startswith("| `")]
    assert all(not row.endswith("| None |") for row in rows)
    assert {row.split("`")[1] for row in rows} >= set(keys_of(Pack))


def test_the_reference_page_explains_each_kind_of_facts_once() -> None:
    titles = [line for line in document().splitlines() if line.startswith("## ")]
    assert len(titles) == len(set(titles)) > 30
