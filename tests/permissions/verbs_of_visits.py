"""The verbs of visits that a company's people begin, report, mend and take back one by one."""

from __future__ import annotations

from tests.permissions import calls_visits as calls
from tests.permissions.verb import CASE_MANAGER, PROVIDER, SYSTEM, Verb
from valinta.processes import (
    draw_checks,
    hand_in_file,
    report_table,
    report_visit,
    take_in_file,
    tidy_visit_files,
)
from valinta.visits import starting_actions, withdrawing_actions

REPORTS = PROVIDER | SYSTEM

VERBS: dict[str, Verb] = {
    "start a visit": Verb(starting_actions.start_visit, REPORTS, calls.start, "provider"),
    # Their own start, and nobody else's: the call makes it the caller's.
    "take a start back": Verb(starting_actions.drop_started, REPORTS, calls.drop, "provider"),
    "report a visit": Verb(report_visit.report_visit, REPORTS, calls.report, "provider"),
    "record a visit": Verb(report_visit.record_visit, REPORTS, calls.record, "provider"),
    "mend a refused line": Verb(report_visit.mend_line, REPORTS, calls.mend, "provider"),
    "set a refused line aside": Verb(
        withdrawing_actions.set_line_aside, REPORTS, calls.set_aside, "provider"
    ),
    "take a visit back": Verb(
        withdrawing_actions.withdraw_visit, REPORTS, calls.withdraw, "provider"
    ),
    "correct a reported visit": Verb(
        report_visit.correct_report, REPORTS, calls.correct, "provider"
    ),
    "hand in a file of visits": Verb(hand_in_file.hand_in_file, REPORTS, calls.hand_in, "provider"),
    "take in a file of visits": Verb(take_in_file.take_in_visit_file, SYSTEM, calls.take_in),
    "take in some of a file": Verb(take_in_file.take_in_some, SYSTEM, calls.take_in_some),
    "tidy files of visits": Verb(tidy_visit_files.tidy_visit_files, SYSTEM, calls.tidy_files),
    "draw visits for a check": Verb(draw_checks.draw_checks, SYSTEM, calls.draw),
    "answer a check of a visit": Verb(
        draw_checks.answer_check, CASE_MANAGER | SYSTEM, calls.answer_check
    ),
    "report a table of visits": Verb(report_table.report_table, REPORTS, calls.table, "provider"),
}
