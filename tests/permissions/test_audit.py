"""The audit log tells of each change who, when, from what to what, and never about a person."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.db.models import Model

from tests.permissions.conftest import Two
from tests.permissions.personal import found_in, personal_words, rows_as_text
from valinta.audit.actions import Note, record
from valinta.audit.models import Entry
from valinta.budgets.models import Budget, Voucher
from valinta.clients.models import Client, Enrolment
from valinta.orders.models import Order
from valinta.plans.models import Claim, Decision, DecisionProposal, ServicePlan
from valinta.settlements.models import Payment, Run
from valinta.visits.models import Visit

# Kinds whose first state comes with many others at once: a batch of visits, a run's payments.
MADE_IN_NUMBERS = {"visit", "payment"}
WITH_STATES: dict[str, type[Model]] = {
    "enrolment": Enrolment,
    "service_plan": ServicePlan,
    "decision": Decision,
    "budget": Budget,
    "voucher": Voucher,
    "order": Order,
    "visit": Visit,
    "run": Run,
    "payment": Payment,
    "proposal": DecisionProposal,
    "claim": Claim,
}


def _trails(kind: str) -> dict[int, list[tuple[str, str]]]:
    trails = defaultdict(list)
    rows = Entry.objects.filter(subject_kind=kind).exclude(verb__in=["read", "refused"])
    for subject, before, after in rows.order_by("pk").values_list("subject_id", "before", "after"):
        trails[subject].append((before, after))
    return trails


@pytest.mark.parametrize("kind", WITH_STATES)
def test_the_log_follows_every_thing_from_its_first_state_to_the_one_it_is_in(
    kind: str, two: Two
) -> None:
    with two.here.scope():
        states = dict(WITH_STATES[kind]._default_manager.values_list("pk", "state"))
        trails = _trails(kind)
    assert states
    for pk, state in states.items():
        if pk not in trails and kind in MADE_IN_NUMBERS:
            assert state in ("accepted", "in_transit", "in_review"), (kind, pk)
            continue
        steps = trails[pk]
        assert steps[0][0] == "" or kind in MADE_IN_NUMBERS, (kind, pk, steps)
        assert [after for _, after in steps[:-1]] == [before for before, _ in steps[1:]], steps
        assert steps[-1][1] == state, (kind, pk, steps)


def test_every_entry_of_the_played_month_has_a_person_and_a_moment(two: Two) -> None:
    for side in two.both:
        with side.scope():
            rows = Entry.objects.exclude(verb="load_programme")
            assert rows.count() > 100
            # Visitors have no name here; the software itself asks when questions are due, draws
            # checks and takes in files.
            nobodys = set(rows.filter(by_id=None).values_list("verb", flat=True))
            assert nobodys <= {
                "come_forward",
                "open_wellbeing",
                "close_wellbeing",
                "draw_checks",
                "hand_in_file",
            }
            assert not rows.filter(after="").exists()
            assert not rows.filter(at__gt=side.now.replace(year=side.now.year + 1)).exists()


def test_what_happens_to_a_client_is_in_that_clients_log(two: Two) -> None:
    about_clients = set(WITH_STATES) - {"run", "payment"}
    with two.here.scope():
        rows = Entry.objects.filter(subject_kind__in=about_clients)
        assert not rows.filter(client_id=None).exists()
        verbs = set(
            Entry.objects.filter(client_id=two.here.client_id).values_list("verb", flat=True)
        )
    assert verbs >= {"register_client", "decide", "place_order", "confirm_visit", "give_mandate"}


def test_the_log_holds_no_name_no_identity_code_and_no_address(two: Two) -> None:
    words = personal_words(two)
    assert len(words) > 20
    text = "\n".join(rows_as_text("audit_entry", two))
    assert len(text) > 10_000
    assert found_in(text, words) == set()


def test_the_search_would_find_a_name_in_the_log(two: Two) -> None:
    side = two.here
    with side.scope():
        client = Client.objects.get(pk=side.client_id)
        note = Note("x", "client", client.pk, facts={"who": f"x {client.given_name.upper()}, y"})
        record(organiser_id=side.organiser.pk, by_id=None, at=side.now, notes=[note])
    text = "\n".join(rows_as_text("audit_entry", two))
    assert found_in(text, personal_words(two)) == {client.given_name}
