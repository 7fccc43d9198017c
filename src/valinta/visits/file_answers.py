"""The answers of a large file as tables: of every line, and of the refused ones to be mended."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from valinta.shared.sheets import MARK, harmless
from valinta.visits.file_bytes import FileKind
from valinta.visits.file_lines import COLUMNS, FileLine, Shape, file_lines, shape_of
from valinta.visits.file_pieces import answers_of, piece, pieces_from
from valinta.visits.files import Part, VisitFile
from valinta.visits.intake import LineAnswer
from valinta.visits.lines import Unread
from valinta.visits.messages import Explanation, explain
from valinta.visits.tables import titles

# The titles of what is answered, and the outcomes, as tables say them.
TITLES: dict[str, tuple[str, ...]] = {
    "fi": ("rivi", "viite", "tulos", "koodi", "käynnin numero", "mikä on väärin", "näin korjaat"),
    "sv": (
        "rad", "referens", "resultat", "kod", "besökets nummer", "vad som är fel",
        "så rättar du det",
    ),
    "en": ("line", "reference", "outcome", "code", "number of the visit", "what is wrong",
           "how to mend it"),
}  # fmt: skip
OUTCOMES: dict[str, dict[str, str]] = {
    "fi": {
        "taken": "hyväksytty", "repeated": "lähetetty aiemmin", "in_review": "tarkastellaan",
        "refused": "hylätty",
    },
    "sv": {
        "taken": "godkänd", "repeated": "skickad tidigare", "in_review": "granskas",
        "refused": "avvisad",
    },
    "en": {
        "taken": "accepted", "repeated": "sent before", "in_review": "looked into",
        "refused": "refused",
    },
}  # fmt: skip
REFUSED = "refused"
_ROWS_AT_A_TIME = 2_000
Row = Sequence[str]


def answers(file: VisitFile) -> Iterator[LineAnswer]:
    """The answers so far, by line; chunk by chunk from the database."""
    number = 0
    while (part := answers_of(file.pk, number)) is not None:
        yield from part
        number += 1


def answer_rows(file: VisitFile, language: str) -> Iterator[Row]:
    """The titles, and then what became of each line, in the language."""
    yield TITLES[language]
    for one in answers(file):
        why = _why(one, language)
        visit = "" if one.visit_id is None else str(one.visit_id)
        yield [
            str(one.line), one.reference, OUTCOMES[language][one.outcome], str(one.code or ""),
            visit, why.what, why.mend,
        ]  # fmt: skip


def refused_rows(file: VisitFile, language: str) -> Iterator[Row]:
    """The refused lines as they were sent, with why: mended, the table can be sent again."""
    yield [*titles(language), TITLES[language][0], *TITLES[language][-2:]]
    shape = shape_of(FileKind(file.kind), piece(file.pk, Part.SENT, 0) or b"")
    lines = file_lines(pieces_from(file.pk), shape)
    for one in answers(file):
        sent = next((line for line in lines if line.number == one.line), None)
        if one.outcome == REFUSED and sent is not None:
            why = _why(one, language)
            yield [*_cells(sent, shape, one), str(one.line), why.what, why.mend]


def _cells(sent: FileLine, shape: Shape, answer: LineAnswer) -> list[str]:
    """What was sent, in the order of the template; of an unreadable line what was understood."""
    if isinstance(sent.cells, Unread):
        return ["", answer.reference, *[""] * (len(COLUMNS) - 2)]
    given = dict(zip(shape.titles, sent.cells, strict=False))
    return [given.get(one, "") for one in COLUMNS]


def _why(one: LineAnswer, language: str) -> Explanation:
    return explain(one.code, one.facts, language) if one.code else Explanation("", "")


def text_of_rows(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as the bytes of a CSV file, every cell harmless, some thousand rows at a time."""
    text = io.StringIO()
    text.write(MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        writer.writerow([harmless(cell) for cell in row])
        if number % _ROWS_AT_A_TIME == 0:
            yield text.getvalue().encode(errors="replace")
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode(errors="replace")
