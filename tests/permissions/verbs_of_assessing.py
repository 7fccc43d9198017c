"""The verbs of joining and assessing: the case manager's work with the client."""

from __future__ import annotations

from tests.permissions import calls_assessing as calls
from tests.permissions.verb import CASE_MANAGER, SYSTEM, Verb
from valinta.needs import assessment_actions, result_actions
from valinta.processes import adjust_sum, join_programme

WORKERS = CASE_MANAGER | SYSTEM

VERBS: dict[str, Verb] = {
    "ask for a place": Verb(join_programme.ask_for_place, WORKERS, calls.ask),
    "join with consent": Verb(join_programme.join_programme, WORKERS, calls.join),
    "close without a place": Verb(join_programme.close_without_place, WORKERS, calls.close),
    "begin an assessment": Verb(
        assessment_actions.start_assessment,
        WORKERS,
        lambda s: assessment_actions.start_assessment(enrolment=s.enrolment, **s.who),
    ),
    "save an assessment": Verb(assessment_actions.save_assessment, WORKERS, calls.save),
    "complete an assessment": Verb(assessment_actions.complete_assessment, WORKERS, calls.complete),
    "adjust a sum": Verb(adjust_sum.adjust_sum, WORKERS, calls.adjust),
    "take in results": Verb(result_actions.take_in_results, WORKERS, calls.take_in),
}
