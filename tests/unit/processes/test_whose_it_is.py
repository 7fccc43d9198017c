"""What belongs to one client is not used for another; the past is not the client's to change."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Stage, open_stage
from valinta.clients.actions import AbsenceGoneBy, record_absence
from valinta.clients.models import Absence
from valinta.plans.actions import AnotherClients, write_plan
from valinta.plans.models import ServicePlan
from valinta.plans.states import Way
from valinta.shared.periods import Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return open_stage("keusote", on=date(2019, 3, 11))


def test_a_plan_is_not_built_on_another_clients_assessment(stage: Stage) -> None:
    aino, eino = stage.client("Aino"), stage.client("Eino")
    stage.join(aino)
    granted = stage.grant(eino, {"cleaning": (Way.BUDGET, 4_00, False)})
    with pytest.raises(AnotherClients):
        write_plan(
            enrolment=stage.enrolment(aino),
            allocation=granted.decision.plan.allocation,
            lines=[],
            support_plan=None,
            by=stage.manager,
            at=stage.now,
        )
    assert not ServicePlan.objects.filter(enrolment__client=aino).exists()


def test_the_client_notes_days_to_come_and_the_case_manager_also_days_gone_by(
    stage: Stage,
) -> None:
    aino = stage.client("Aino")
    gone, coming = (
        Period(date(2019, 3, 1), date(2019, 3, 5)),
        Period(date(2019, 3, 11), date(2019, 3, 15)),
    )
    with pytest.raises(AbsenceGoneBy):
        record_absence(
            client=aino, kind="hospital", period=gone, by=stage.actor(aino), at=stage.now
        )
    record_absence(client=aino, kind="hospital", period=coming, by=stage.actor(aino), at=stage.now)
    record_absence(client=aino, kind="hospital", period=gone, by=stage.manager, at=stage.now)
    assert Absence.objects.filter(client=aino).count() == 2
