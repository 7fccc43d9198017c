"""A large file: kept, taken in by the job chunk by chunk, answered line by line, purged."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import DataError, connection
from pytest_django import Settings

from tests import jobs
from tests import money_scene as ms
from valinta.orders.models import Order
from valinta.processes import take_in_file as door
from valinta.processes.hand_in_file import EmptyFile, FileTooLarge, hand_in_file
from valinta.processes.take_in_file import take_in_some
from valinta.processes.tidy_visit_files import tidy_visit_files
from valinta.visits.file_answers import answer_rows, refused_rows, text_of_rows
from valinta.visits.file_bytes import NotAFileOfLines
from valinta.visits.file_pieces import PIECE, answers_of
from valinta.visits.files import FilePiece, VisitFile
from valinta.visits.intake import Door
from valinta.visits.models import Batch, RefusedLine, Visit
from valinta.visits.states import FileState

pytestmark = pytest.mark.django_db
TITLES = "order;reference;served_on;started_at;ended_at;quantity;band;worker;late_reason"


@pytest.fixture
def scene() -> ms.Scene:
    return ms.enter_scene()


@pytest.fixture
def order(scene: ms.Scene) -> Order:
    return ms.order(scene, ms.join(scene, 1, [ms.Wanted("home", 900_000)]), quantity=20_000)


def table(order: Order, count: int, *more: str) -> bytes:
    rows = [
        f"{order.pk};r-{number:05d};{15 + number % 5}.3.2019;;;0,25;;;" for number in range(count)
    ]
    return "\r\n".join([TITLES, *rows, *more]).encode()


def hand_in(scene: ms.Scene, data: bytes | Iterable[bytes], letter: str = "a") -> VisitFile:
    return hand_in_file(
        programme=scene.programme,
        provider=scene.providers[letter],
        name="C:\\Users\\maija\\käynnit\x00.csv",
        content=[data] if isinstance(data, bytes) else data,
        by=scene.system,
        at=ms.NOW,
    )


def work(scene: ms.Scene, file: VisitFile, **how: int) -> bool:
    fresh = VisitFile.objects.select_related("programme", "provider", "batch").get(pk=file.pk)
    return take_in_some(file=fresh, by=scene.system, at=ms.NOW, **how)


def outcomes(file: VisitFile) -> list[tuple[int, str, str]]:
    file.refresh_from_db()
    return [
        (one.line, one.outcome, str(one.code or ""))
        for number in range(file.chunks)
        for one in answers_of(file.pk, number) or []
    ]


def test_a_file_is_kept_and_the_job_takes_it_in(scene: ms.Scene, order: Order) -> None:
    file = hand_in(scene, table(order, 30, f"{order.pk};bad;5/3/2019;;;1;;;"))
    assert (file.state, file.lines, file.name) == (FileState.WAITING, 32, "käynnit_.csv")
    assert [one.facts["file_id"] for one in jobs.waiting("take_in_visit_file")] == [file.pk]
    jobs.do_waiting("take_in_visit_file")
    file.refresh_from_db()
    assert (file.state, file.lines_done, file.percent) == (FileState.DONE, 31, 100)
    batch = Batch.objects.get(pk=file.batch_id)
    assert (batch.taken, batch.refused) == (30, 1)
    assert batch.finished_at is not None
    assert outcomes(file)[0] == (2, "taken", "")
    assert outcomes(file)[-1] == (32, "refused", "unreadable")
    assert ms.owed(scene) == 30 * 750
    assert ms.faults() == []


def test_a_file_is_worked_on_in_turns_and_goes_on_where_it_was(
    scene: ms.Scene, order: Order
) -> None:
    file = hand_in(scene, table(order, 50))
    assert not work(scene, file, seconds=-1, chunk=7)
    file.refresh_from_db()
    assert (file.state, file.lines_done, file.at_line) == (FileState.WORKING, 7, 9)
    assert Visit.objects.count() == 7
    assert not work(scene, file, seconds=-1, chunk=7)
    assert work(scene, file, chunk=7)
    assert [line for line, _outcome, _code in outcomes(file)] == list(range(2, 52))
    assert {outcome for _line, outcome, _code in outcomes(file)} == {"taken"}
    assert Visit.objects.count() == 50
    # The job may be run twice: nothing more comes of it.
    jobs.do_waiting("take_in_visit_file")
    assert (Visit.objects.count(), ms.faults()) == (50, [])


def test_the_same_file_again_is_answered_as_repeated(scene: ms.Scene, order: Order) -> None:
    first = hand_in(scene, table(order, 20))
    work(scene, first)
    again = hand_in(scene, table(order, 22))
    work(scene, again)
    counts = Batch.objects.get(pk=again.batch_id)
    assert (counts.taken, counts.repeated) == (2, 20)


def test_a_line_that_the_database_refuses_is_answered_and_takes_no_other_with_it(
    scene: ms.Scene, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = door.take_in_chunk

    def breaks(rows: list[str], place: Door) -> object:
        if any("r-00005" in row for row in rows):
            raise DataError("no such thing")
        return real(rows, place)

    monkeypatch.setattr(door, "take_in_chunk", breaks)
    file = hand_in(scene, table(order, 12))
    assert work(scene, file)
    found = outcomes(file)
    assert [line for line, _outcome, _code in found] == list(range(2, 14))
    assert [line for line, outcome, _code in found if outcome == "refused"] == [7]
    assert Visit.objects.count() == 11


def test_so_many_refused_lines_are_kept_to_be_mended_and_all_are_in_the_answers(
    scene: ms.Scene, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "KEPT_REFUSED", 5)
    file = hand_in(scene, table(order, 0, *["9;;;;;;;;"] * 12))
    work(scene, file, chunk=4)
    assert RefusedLine.objects.count() == 5
    assert Batch.objects.get(pk=file.batch_id).refused == 12
    assert len(outcomes(file)) == 12


def test_the_answers_name_each_line_in_the_reader_s_language_without_formulas(
    scene: ms.Scene, order: Order
) -> None:
    data = table(order, 1, f"{order.pk};=HYPERLINK(1);5.3.2019;;;1.500;;;")
    file = hand_in(scene, data)
    work(scene, file)
    rows = list(answer_rows(file, "fi"))
    assert [row[:4] for row in rows[1:]] == [
        ["2", "r-00000", "hyväksytty", ""],
        ["3", "=HYPERLINK(1)", "hylätty", "unreadable"],
    ]
    assert rows[2][5].startswith("Rivin kenttää ”määrä”")
    text = b"".join(text_of_rows(rows)).decode("utf-8-sig")
    assert "\r\n3;'=HYPERLINK(1);hylätty;" in text


def test_the_refused_lines_come_back_as_a_table_that_is_mended_and_sent_again(
    scene: ms.Scene, order: Order
) -> None:
    bad = f"{order.pk};r-9;18.3.2019;;;1.500;;=T1;"
    unread = f'{order.pk};"r-10;18.3.2019;;;1;;;'
    file = hand_in(scene, table(order, 3, bad, unread))
    work(scene, file, chunk=2)
    rows = list(refused_rows(file, "sv"))
    assert rows[0][:3] == ["beställning", "referens", "dag"]
    assert rows[1][:8] == [str(order.pk), "r-9", "18.3.2019", "", "", "1.500", "", "=T1"]
    assert rows[1][-2].startswith("Radens fält ”mängd”")
    assert len(rows) == 3
    text = b"".join(text_of_rows(rows)).decode("utf-8-sig").replace("1.500", "1,5")
    mended = hand_in(scene, text.encode())
    work(scene, mended)
    assert Visit.objects.get(reference="r-9").worker == "=T1"
    assert Batch.objects.get(pk=mended.batch_id).taken == 1


def test_json_lines_come_back_as_the_same_table(scene: ms.Scene, order: Order) -> None:
    lines = b'{"order": %d, "reference": "j-1", "served_on": "2019-03-18"}\nnonsense\n' % order.pk
    file = hand_in(scene, lines)
    work(scene, file)
    rows = list(refused_rows(file, "en"))
    assert rows[1][:3] == [str(order.pk), "j-1", "2019-03-18"]
    assert [one[1:] for one in outcomes(file)] == [("refused", "unreadable")] * 2


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xef\xbb\xbf", TITLES[:0].encode("utf-16")])
def test_a_file_without_lines_is_refused_and_leaves_nothing(scene: ms.Scene, data: bytes) -> None:
    with pytest.raises(EmptyFile):
        hand_in(scene, data)


def test_a_packed_file_is_never_unpacked(scene: ms.Scene) -> None:
    with pytest.raises(NotAFileOfLines):
        hand_in(scene, b"\x1f\x8b\x08\x00" + b"\0" * 5000)
    assert not VisitFile.objects.exists()


def test_a_file_larger_than_what_is_taken_is_refused_before_it_is_read_to_its_end(
    scene: ms.Scene, settings: Settings
) -> None:
    settings.VISIT_FILE_LARGEST = 3 * PIECE
    read = []

    def endless() -> Iterable[bytes]:
        while True:
            read.append(1)
            yield b"x;" * 30_000 + b"\n"

    with pytest.raises(FileTooLarge):
        hand_in(scene, endless())
    assert len(read) < 20
    assert not VisitFile.objects.exists()


def test_files_are_purged_when_the_rulebook_says_so_and_their_counts_stay(
    scene: ms.Scene, order: Order
) -> None:
    days = scene.programme.rulebooks.get().parameters["visit_files_kept_days"]
    file = hand_in(scene, table(order, 3))
    work(scene, file)
    organiser = scene.programme.organiser_id
    tidy_visit_files(organiser_id=organiser, by=scene.system, at=ms.NOW + timedelta(days=days - 1))
    assert FilePiece.objects.filter(file=file).count() == 2
    tidy_visit_files(organiser_id=organiser, by=scene.system, at=ms.NOW + timedelta(days=days))
    file.refresh_from_db()
    assert not FilePiece.objects.exists()
    assert file.purged_at is not None
    assert Batch.objects.get(pk=file.batch_id).taken == 3
    assert list(answer_rows(file, "en"))[1:] == []


def test_a_file_whose_job_was_lost_is_taken_up_again(scene: ms.Scene, order: Order) -> None:
    file = hand_in(scene, table(order, 3))
    VisitFile.objects.filter(pk=file.pk).update(moved_at=file.moved_at - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    tidy_visit_files(organiser_id=scene.programme.organiser_id, by=scene.system, at=ms.NOW)
    assert [one.facts["file_id"] for one in jobs.waiting("take_in_visit_file")] == [file.pk]


def test_the_content_is_read_once_from_any_stream(scene: ms.Scene, order: Order) -> None:
    stream = io.BytesIO(table(order, 4))
    file = hand_in(scene, iter(lambda: stream.read(10), b""))
    assert work(scene, file)
    assert Visit.objects.count() == 4
