"""Every reason for not taking a line, each by itself and all in one file of a thousand."""

from __future__ import annotations

from itertools import cycle, islice

import pytest
from django.db import connection

from tests import money_scene as ms
from tests.unit.visits.traps import Line, Traps, bad_line, set_traps
from valinta.audit.models import Entry
from valinta.ledger.models import Account, Transfer
from valinta.processes.take_in_visits import Taken
from valinta.visits.codes import REVIEWED, Code
from valinta.visits.messages import LANGUAGES, explain
from valinta.visits.models import Batch, RefusedLine, Visit

pytestmark = pytest.mark.django_db

# The facts that decided, in words of the answer; `order` names the order of the traps.
FACTS: dict[Code, dict[str, object]] = {
    Code.UNREADABLE: {"field": "quantity"},
    Code.NON_POSITIVE_QUANTITY: {"quantity": -150},
    Code.UNKNOWN_ORDER: {"order": 987654},
    Code.NOT_YOUR_ORDER: {"order": "theirs"},
    Code.OTHER_CONTENT: {"quantity": 200, "order": "good"},
    Code.UNKNOWN_BAND: {"band": "brunch"},
    Code.IN_FUTURE: {"served_on": "2019-03-21"},
    Code.OUTSIDE_PROGRAMME: {"served_on": "2018-12-31"},
    Code.OUTSIDE_ORDER: {"served_on": "2019-02-28", "order_days": "[2019-03-01,2019-04-01)"},
    Code.PROVIDER_NOT_APPROVED: {
        "served_on": "2019-03-19",
        "approved_days": "[2019-01-01,2019-03-19)",
    },
    Code.CLIENT_AWAY: {"served_on": "2019-03-16", "order": "away"},
    Code.CANCELLED_IN_TIME: {"served_on": "2019-03-17", "order": "cancelled"},
    Code.PRICE_NOT_IN_FORCE: {"band": "night", "served_on": "2019-03-18"},
    Code.TOO_LATE: {"served_on": "2019-03-14", "within_days": 5, "late_days": 30},
    Code.BEYOND_ORDERED: {"quantity": 101, "order": "small"},
    Code.CLIENT_ELSEWHERE: {"served_on": "2019-03-18", "order": "met"},
    Code.WORKER_ELSEWHERE: {"served_on": "2019-03-17", "order": "same_worker"},
    Code.LATE_WITH_REASON: {"served_on": "2019-03-14", "within_days": 5},
}

# Whom the sender serves is no matter of the line: see `test_reports_by_hand`.
OF_LINES = tuple(code for code in Code if code is not Code.NOT_YOUR_CLIENT)

Said = tuple[int, str, str, Code | None, dict[str, object]]


def _said(taken: Taken) -> list[Said]:
    """The answers, without the numbers of visits: those of a dry run are of no visit."""
    return [(one.line, one.reference, one.outcome, one.code, one.facts) for one in taken.answers]


def _state_of_everything() -> tuple[object, ...]:
    """What a dry run may not change."""
    tables = (Visit, RefusedLine, Batch, Transfer, Entry)
    counts = [table.objects.count() for table in tables]
    totals = list(Account.objects.order_by("id").values_list("id", "debits", "credits"))
    return (*counts, totals)


@pytest.mark.parametrize("code", OF_LINES)
def test_a_line_that_is_wrong_in_one_way_says_so_alone_in_a_batch_and_in_a_dry_run(
    code: Code,
) -> None:
    traps = set_traps()
    bad = bad_line(traps, code, "bad")
    outcome = "in_review" if code in REVIEWED else "refused"
    before = _state_of_everything()

    dry = ms.report(traps.scene, [bad], dry_run=True)
    among = [ms.line(traps.good, "good-1"), bad, ms.line(traps.good, "good-2")]
    batch = ms.report(traps.scene, among, dry_run=True)
    assert _state_of_everything() == before
    single = ms.report(traps.scene, [bad])

    assert _said(dry) == _said(single)
    (_, _, what, said, facts) = _said(single)[0]
    assert (what, said) == (outcome, code)
    assert [(one.outcome, one.code) for one in batch.answers] == [
        ("taken", None),
        (outcome, code),
        ("taken", None),
    ]
    assert batch.answers[1].facts == facts
    for name, value in FACTS[code].items():
        expected = getattr(traps, value).pk if name == "order" and value != 987654 else value
        assert facts[name] == expected, name
    for language in LANGUAGES:
        explained = explain(code, facts, language)
        assert "(" not in explained.what, f"a fact is missing: {explained.what}"
    assert ms.faults() == []


def test_a_refused_line_is_kept_with_its_code_facts_and_what_was_sent() -> None:
    traps = set_traps()
    ms.report(traps.scene, [bad_line(traps, Code.TOO_LATE, "late")])
    kept = RefusedLine.objects.get()
    assert (kept.line, kept.reference, kept.code) == (1, "late", Code.TOO_LATE)
    assert kept.facts["late_days"] == 30
    assert kept.sent["quantity"] == 100
    assert kept.sent["order"] == traps.good.pk


def _thousand(traps: Traps) -> list[Line]:
    """963 good lines with 37 bad ones spread among them, every code at least twice."""
    bad = [
        bad_line(traps, code, f"bad-{number}", number // len(OF_LINES))
        for number, code in enumerate(islice(cycle(OF_LINES), 37))
    ]
    lines = [
        ms.line(traps.good, f"good-{number}", 15 + number % 4, quantity="0.25")
        for number in range(963)
    ]
    for number, line in enumerate(bad):
        lines.insert(number * 27, line)
    return lines


def test_of_a_thousand_lines_963_are_taken_and_37_explained_as_the_dry_run_said() -> None:
    traps = set_traps()
    lines = _thousand(traps)
    assert len(lines) == 1000
    before = _state_of_everything()
    owed_before = ms.owed(traps.scene)
    dry = ms.report(traps.scene, lines, dry_run=True)
    assert _state_of_everything() == before

    real = ms.report(traps.scene, lines)
    assert _said(dry) == _said(real)
    assert dry.counts == real.counts
    assert real.counts.taken == 963
    assert real.counts.refused + real.counts.in_review == 37
    explained = [one for one in real.answers if one.code]
    assert len(explained) == 37
    assert [one.code for one in explained] == list(islice(cycle(OF_LINES), 37))
    for answer in explained:
        for language in LANGUAGES:
            assert explain(answer.code, answer.facts, language).mend
    assert ms.owed(traps.scene) - owed_before == 963 * 750
    assert Batch.objects.order_by("id").last().taken == 963
    assert ms.faults() == []


@pytest.mark.parametrize("chunk", [9, 50])
def test_the_answers_do_not_depend_on_how_the_file_is_cut_into_chunks(chunk: int) -> None:
    traps = set_traps()
    lines = _thousand(traps)[:120]
    whole = ms.report(traps.scene, lines, dry_run=True)
    pieces = ms.report(traps.scene, lines, dry_run=True, chunk=chunk)
    assert _said(pieces) == _said(whole)
    assert pieces.counts == whole.counts


def test_the_rules_work_as_the_role_that_owns_nothing() -> None:
    set_traps()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("valinta_app",)
