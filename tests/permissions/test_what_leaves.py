"""What goes to banks and providers names no client."""

from __future__ import annotations

import pytest

from tests.permissions.conftest import Two
from tests.permissions.personal import found_in, personal_words, rows_as_text
from valinta.integrations.sepa.characters import sepa_text
from valinta.processes.settle_period import payment_file
from valinta.settlements.models import Payment, Run

STATEMENT_TABLES = [
    "settlements_run",
    "settlements_statement",
    "settlements_statementline",
    "settlements_payment",
]


def _companies(two: Two) -> set[str]:
    """The names of those paid; some companies carry a family name that a client has too."""
    names: set[str] = set()
    for side in two.both:
        with side.scope():
            names |= set(Payment.objects.values_list("creditor_name", flat=True))
    return names


def _in_sepa(text: str) -> str:
    """As it stands in a payment file, which has no letters with dots."""
    return sepa_text(text, "name", 70)


def _without(text: str, names: set[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def test_the_payment_files_name_providers_and_no_client(two: Two) -> None:
    files = sorted(two.out.rglob("*.xml"))
    assert len(files) == 2
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    companies = {_in_sepa(name) for name in _companies(two)}
    assert companies
    assert found_in(text, companies) == companies
    people = personal_words(two)
    people |= {_in_sepa(word) for word in people}
    assert found_in(_without(text, companies), people) == set()


def test_nothing_but_payment_files_left(two: Two) -> None:
    left = [path for path in two.out.rglob("*") if path.is_file()]
    assert {path.suffix for path in left} == {".xml"}


def test_the_file_is_the_same_whenever_it_is_made(two: Two) -> None:
    with two.here.scope():
        run = Run.objects.get(pk=two.here.played.run.pk)
        content = payment_file(run)
    assert content in [path.read_bytes() for path in two.out.rglob("*.xml")]


@pytest.mark.parametrize("table", STATEMENT_TABLES)
def test_statements_know_orders_and_sums_and_no_client(table: str, two: Two) -> None:
    rows = list(rows_as_text(table, two))
    assert rows
    text = _without("\n".join(rows), _companies(two))
    assert found_in(text, personal_words(two)) == set()
