"""Files that attack and files that people really send, line by line, in flat memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valinta.visits.file_bytes import (
    LONGEST_LINE,
    FileKind,
    NotAFileOfLines,
    in_utf8,
    kind_of,
    lines_of,
)
from valinta.visits.file_lines import COLUMNS, FileLine, file_lines, shape_of
from valinta.visits.lines import Unread, read_line
from valinta.visits.tables import table_lines

TITLES = "tilaus;viite;päivä;alkoi;päättyi;määrä;aikaluokka;työntekijä;myöhästymisen syy"
ROW = "7;A-1;5.3.2019;8:00;9:30;;;Åke;"
MEGABYTE = 1024 * 1024


def read(data: bytes, piece: int = 7, kind: FileKind | None = None) -> list[FileLine]:
    """The lines of a file that comes in small pieces."""
    plain = b"".join(in_utf8(data[at : at + piece] for at in range(0, len(data), piece)))
    shape = shape_of(kind or kind_of(plain), plain[:4096])
    return list(file_lines([plain[at : at + piece] for at in range(0, len(plain), piece)], shape))


def unread(lines: Iterable[FileLine]) -> list[str]:
    """By line, which field cannot be read; "" for a good one."""
    return [read_line(one.number, one.line).unreadable for one in lines]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_writing_of_the_same_file_is_the_same_lines(encoding: str, end: str) -> None:
    text = end.join([TITLES, ROW, ROW.replace("A-1", "A-2"), ""])
    lines = read(text.encode(encoding))
    assert unread(lines) == ["", ""]
    assert [one.number for one in lines] == [2, 3]
    assert [one.line["reference"] for one in lines] == ["A-1", "A-2"]
    assert lines[0].line["worker"] == "Åke"
    assert lines[0].line["started_at"] == "2019-03-05T08:00:00+02:00"


def test_writings_that_are_mixed_in_one_file_are_read_line_by_line() -> None:
    data = f"{TITLES}\n{ROW}\n".encode() + f"{ROW}\n".encode("cp1252") + f"{ROW}\n".encode()
    lines = read(data)
    assert [one.line["worker"] for one in lines] == ["Åke"] * 3
    # A file in UTF-16 put behind one in UTF-8 is no text, and takes no good line with it.
    mixed = read(data + f"{ROW}\n{ROW}\n".encode("utf-16-le") + f"\n{ROW}\n".encode())
    assert unread(mixed[:3]) == ["", "", ""]
    assert "line_signs" in unread(mixed[3:])
    assert unread(mixed)[-1] == ""


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("7;A\0;5.3.2019;8:00;9:00", "line_signs"),
        ("7;A\ufffd;5.3.2019;8:00;9:00", "line_signs"),
        ('7;"A;5.3.2019;8:00;9:00', "line_quote"),
        ('7;"A"x;5.3.2019;8:00;9:00', "line_quote"),
        ("7;A;5.3.2019;8:00;9:00;1;;;;;;more", "line_cells"),
        ("7;" + "A" * LONGEST_LINE + ";5.3.2019", "line_long"),
        ("7;A;5.3.2019;8:00;9:00;;;" + "x" * 2001, "line_long"),
        ("7;" + "A" * 61 + ";5.3.2019;8:00;9:00", "reference"),
        ("7;A;5.3.2019;8:00;9:00;1.234,50", "quantity"),
        ("7;A;5.3.2019;8:00;9:00;1,234.50", "quantity"),
        ("7;A;5.3.2019;8:00;9:00;1.500", "quantity"),
        ("7;A;5.3.2019;8:00;9:00;1'5", "quantity"),
        ("7;A;5.3.2019;8:00;9:00;1,5 h", "quantity"),
        ("7;A;3/5/2019;8:00;9:00", "started_at"),
        ("7;A;3/5/2019;;;1", "served_on"),
        ("7;A;5.3.19;;;1", "served_on"),
        ("7;A;5.3.2019;8:00;25:00", "ended_at"),
        # The next day of this one is none that a calendar has.
        ("7;A;31.12.9999;23:00;1:00", "ended_at"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_lines_around_it_are_read(bad: str, why: str) -> None:
    lines = read("\n".join([TITLES, ROW, bad, ROW, ROW]).encode(), piece=1000)
    assert unread(lines) == ["", why, "", ""]
    assert [one.number for one in lines] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "day", ["5.3.2019", "05.03.2019", "2019-03-05", "20190305"], ids=lambda one: str(one)
)
def test_days_as_they_are_written_here_are_read(day: str) -> None:
    (line,) = read(f"{TITLES}\n7;A;{day};;;1,5\n".encode())
    found = read_line(line.number, line.line)
    assert (str(found.served_on), found.quantity_hundredths) == ("2019-03-05", 150)


def test_a_decimal_comma_between_commas_is_found_out() -> None:
    titles = ",".join(COLUMNS)
    lines = read(f'{titles}\n7,A,2019-03-05,,,1,5,,,late\n7,B,2019-03-05,,,"1,5",,,\n'.encode())
    assert unread(lines) == ["line_cells", ""]


def test_a_cell_may_have_ends_of_lines_in_it_and_lines_keep_their_numbers() -> None:
    late = '7;A;5.3.2019;;;1;;;"The car\nbroke ""down"";\nsorry"'
    lines = read("\n".join([TITLES, late, ROW]).encode())
    assert unread(lines) == ["", ""]
    assert lines[0].line["late_reason"] == 'The car\nbroke "down";\nsorry'
    assert [one.number for one in lines] == [2, 5]


def test_formulas_are_text_and_nothing_else() -> None:
    (line,) = read(f"{TITLES}\n7;'=cmd|' /C calc'!A0;5.3.2019;;;1;;@SUM(A1);+1\n".encode())
    assert line.line["reference"] == "=cmd|' /C calc'!A0"
    assert unread([line]) == [""]


@pytest.mark.parametrize(
    ("beginning", "what"),
    [
        (b"PK\x03\x04" + b"\0" * 50, "packed"),
        (b"\x1f\x8b\x08\x00", "packed"),
        (b"BZh91AY&SY", "packed"),
        (b"\xfd7zXZ\x00", "packed"),
        (b"\x28\xb5\x2f\xfd", "packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "document"),
        (b"%PDF-1.7", "document"),
        (b"\x89PNG\r\n", "document"),
        (b"\0" * 5000, "document"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "xml"),
        (b"  <html>", "xml"),
        (b'[{"order": 7}]', "json_list"),
    ],
)
def test_a_file_that_holds_no_lines_is_known_by_its_beginning(beginning: bytes, what: str) -> None:
    with pytest.raises(NotAFileOfLines) as refused:
        kind_of(beginning)
    assert refused.value.what == what


def test_json_lines_are_read_and_what_is_none_is_answered() -> None:
    good = b'{"order": 7, "reference": "A", "served_on": "2019-03-05", "quantity": "1.5", "x": [1]}'
    bad = [
        b"[1]", b'"x"', b'{"a": NaN}', b'{"order": 7', b"[" * 5000, b'{"a": ' + b"9" * 5000 + b"}",
        b"\x81\x8d", b'{"a": "\0"}',
    ]  # fmt: skip
    lines = read(b"\n".join([good, *bad, b"", b"  ", good]))
    assert unread(lines) == ["", *["line"] * 6, "line_signs", "line_signs", ""]
    assert lines[0].line.keys() == {"order", "reference", "served_on", "quantity"}


def _long_line(megabytes: int) -> Iterator[bytes]:
    yield f"{TITLES}\n{ROW}\n".encode()
    yield from repeat(b"x" * MEGABYTE, megabytes)
    yield f"\n{ROW}\n".encode()


def test_a_line_of_a_gigabyte_is_one_bad_line_in_flat_memory() -> None:
    shape = shape_of(FileKind.CSV, TITLES.encode())
    tracemalloc.start()
    lines = list(file_lines(in_utf8(_long_line(1024)), shape))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert unread(lines) == ["", "line_long", ""]
    assert peak < 8 * MEGABYTE


@pytest.mark.parametrize("sign", [b"\r", b"\n", b";", b'"', b"\0", b"a;\n", b'"\n', b"\r\n;"])
def test_megabytes_of_one_sign_take_flat_memory(sign: bytes) -> None:
    piece = sign * (64 * 1024 // len(sign))
    shape = shape_of(FileKind.CSV, TITLES.encode())
    tracemalloc.start()
    for _line in file_lines(in_utf8(repeat(piece, 8)), shape):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MEGABYTE


@given(st.lists(st.binary(max_size=40)), st.integers(1, 50))
def test_no_bytes_whatever_stop_the_reading_and_none_are_left_out(
    parts: list[bytes], piece: int
) -> None:
    data = b"\n".join(parts)
    lines = list(lines_of(data[at : at + piece] for at in range(0, len(data), piece)))
    assert b"".join(one or b"" for one, _end in lines) == data
    assert [end for _one, end in lines][-1:] == ([len(data)] if data else [])
    for kind in FileKind:
        for one in read(data, piece, kind):
            assert isinstance(one.cells, (list, Unread))
            read_line(one.number, one.line)


@given(st.integers(0, 5), st.integers(1, 300))
def test_reading_goes_on_from_the_end_of_any_line(after: int, piece: int) -> None:
    rows = [ROW.replace("A-1", f"A-{number}") for number in range(6)]
    rows[2] = '7;A-2;5.3.2019;;;1;;;"two\nlines"'
    rows[4] = "7;" + "x" * 9000
    data = "\r\n".join([TITLES, *rows]).encode()
    shape = shape_of(FileKind.CSV, data)
    whole = list(file_lines([data], shape))
    cut = whole[after]
    rest = data[cut.next_byte :]
    pieces = [rest[at : at + piece] for at in range(0, len(rest), piece)]
    again = list(file_lines(pieces, shape, cut.next_byte, cut.next_number))
    assert again == whole[after + 1 :]


def test_a_line_without_a_reference_is_named_by_what_it_says_in_a_file_and_in_a_table() -> None:
    row, same, other = "7;;5.3.2019;8:00;9:00", "7;;2019-03-05;8.00;9.00", "7;;5.3.2019;9:00;10:00"
    in_file = [
        one.line["reference"] for one in read("\n".join([TITLES, row, same, other]).encode())
    ]
    rows = [TITLES.split(";"), *(one.split(";") for one in (row, same, other))]
    in_table = [one.line["reference"] for one in table_lines(enumerate(rows, start=1))]
    # In a table that is read whole, the second of two that say the same is a visit of its own.
    assert in_file == [in_table[0], in_table[0], in_table[2]]
    assert in_table[1] == in_table[0].removesuffix("-1") + "-2"
    as_json = b'{"order": 7, "served_on": "2019-03-05", "quantity": "1"}\n'
    (first,), (again,) = read(as_json), read(as_json)
    assert first.line["reference"] == again.line["reference"]
    assert unread([first]) == [""]
