"""Tables from other programs: writings, separators, broken quotes, and cells that are formulas."""

from __future__ import annotations

import pytest

from valinta.shared.sheets import NotATable, NotText, cells, decoded, harmless, table_text

TEXT = "nimi;kunta\r\nÄijö Åke;Hyvinkää\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_writing_of_letters_is_read(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00\x00", bytes(range(256))])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decoded(data)


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_separator_is_found_from_the_head(mark: str) -> None:
    rows = list(cells(f"a{mark}b{mark}c\n1{mark}2{mark}3\n"))
    assert rows == [(1, ["a", "b", "c"]), (2, ["1", "2", "3"])]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    rows = list(cells('a;b\n\n"two\nlines";x\n;\nlast;y\n'))
    assert [number for number, _ in rows] == [1, 3, 6]


@pytest.mark.parametrize("text", ['a;b\n1;"open\n2;3\n', f"a;b\n1;{'x' * 3000}\n"])
def test_what_is_no_table_names_the_line(text: str) -> None:
    with pytest.raises(NotATable) as found:
        list(cells(text))
    assert found.value.line == 2


def test_a_cell_that_would_be_a_formula_is_made_text_and_comes_back_as_it_was() -> None:
    assert [harmless(one) for one in ("=1+1", "+358 40", "-2", "@x", "plain")] == [
        "'=1+1", "'+358 40", "'-2", "'@x", "plain",
    ]  # fmt: skip
    written = table_text([["phone"], ["+358 40 555 0101"]])
    assert written.startswith("\ufeff") and "'+358" in written
    assert [row for _, row in cells(decoded(written.encode()))] == [["phone"], ["+358 40 555 0101"]]
