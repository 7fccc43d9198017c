"""The verbs of visits that a company's people begin, report, mend and take back one by one."""

from __future__ import annotations

from tests.permissions import calls_visits as calls
from tests.permissions.verb import PROVIDER, SYSTEM, Verb
from valinta.processes import report_table, report_visit
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
    "report a table of visits": Verb(report_table.report_table, REPORTS, calls.table, "provider"),
}
