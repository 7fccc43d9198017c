"""Large files in the database: kept piece by piece, read from any place; and their answers."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

from valinta.visits.codes import Code
from valinta.visits.files import FilePiece, Part, VisitFile
from valinta.visits.intake import LineAnswer

PIECE = 256 * 1024


def in_pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; only the last may be shorter."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def keep_piece(file: VisitFile, part: Part, number: int, content: bytes) -> None:
    """Keep one piece, compressed."""
    FilePiece.objects.create(
        organiser_id=file.organiser_id,
        file=file,
        part=part,
        number=number,
        content=zlib.compress(content, level=1),
    )


def piece(file_id: int, part: Part, number: int) -> bytes | None:
    """One piece as it was before it was compressed; None when there is none."""
    kept = FilePiece.objects.filter(file_id=file_id, part=part, number=number)
    content = kept.values_list("content", flat=True).first()
    return None if content is None else zlib.decompress(bytes(content))


def pieces_from(file_id: int, at_byte: int = 0) -> Iterator[bytes]:
    """What was sent, from this byte on."""
    number, skipped = divmod(at_byte, PIECE)
    while (content := piece(file_id, Part.SENT, number)) is not None:
        yield content[skipped:]
        number, skipped = number + 1, 0


def keep_answers(file: VisitFile, answers: Sequence[LineAnswer]) -> None:
    """Keep the answers of a chunk, in no language."""
    rows = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in answers)
    keep_piece(file, Part.ANSWERS, file.chunks, rows.encode())


def answers_of(file_id: int, number: int) -> list[LineAnswer] | None:
    """The answers of one chunk, by line; None when there is no such chunk."""
    content = piece(file_id, Part.ANSWERS, number)
    if content is None:
        return None
    return [_answer(*json.loads(row)) for row in content.decode().split("\n") if row]


def _answer(
    line: int,
    reference: str,
    outcome: str,
    code: str | None,
    facts: dict[str, object],
    visit_id: int | None,
) -> LineAnswer:
    return LineAnswer(line, reference, outcome, Code(code) if code else None, facts, visit_id)
