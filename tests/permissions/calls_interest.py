"""Calls of the verbs about those who come forward."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from tests.permissions.stage import Stage
from valinta.clients import interest_actions
from valinta.clients.models import Interest
from valinta.clients.states import InterestState
from valinta.processes import come_forward
from valinta.shared.periods import Period


def come(s: Stage) -> Interest:
    place = s.enrolment
    return come_forward.come_forward(
        programme=s.side.programme, municipality_code=place.municipality.code,
        target_group_code=place.target_group.code,
        said=come_forward.Said(name="Koe", language="fi", phone="0401234567"),
        form_key=uuid4(), **s.who,
    )  # fmt: skip


def waiting(s: Stage, state: str = "received") -> Interest:
    """One that somebody left, in a state."""
    place = s.enrolment
    return Interest.objects.create(
        organiser=s.side.organiser, programme=s.side.programme, municipality=place.municipality,
        target_group=place.target_group, state=state, name="Koe", phone="0401234567",
        language="fi", form_key=uuid4(), came_at=s.at,
        closed_at=s.at - timedelta(days=4000) if state == "closed" else None,
    )  # fmt: skip


def answer(s: Stage) -> object:
    return interest_actions.answer_interest(
        interest=waiting(s), to=InterestState.CONTACTED, **s.who
    )


def remove(s: Stage) -> object:
    waiting(s, "closed")
    return interest_actions.remove_old_interests(organiser_id=s.side.organiser.pk, **s.who)


def receiver(s: Stage) -> object:
    return interest_actions.name_receiver(
        organiser_id=s.side.organiser.pk, municipality_code=s.enrolment.municipality.code,
        user=s.nobody_yet, period=Period(s.at.date()), **s.who,
    )  # fmt: skip
