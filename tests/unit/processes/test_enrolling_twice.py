"""Who is in a programme, or waits for a place, is not enrolled twice: it is said plainly."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import open_stage
from valinta.clients.actions import InProgrammeAlready, end_enrolment
from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState

pytestmark = pytest.mark.django_db


def test_a_client_who_is_in_is_told_how_to_go_on_and_nothing_changes() -> None:
    stage = open_stage("keusote", on=date(2019, 3, 1))
    aino = stage.client("Aino")
    first = stage.join(aino).enrolment
    with pytest.raises(InProgrammeAlready, match="keusote.*end it first"):
        stage.join(aino)
    (kept,) = Enrolment.objects.filter(client=aino)
    assert (kept.pk, kept.state) == (first.pk, EnrolmentState.ENROLLED)
    # The connection is still good for other work, and after the end one may begin again.
    end_enrolment(enrolment=kept, withdrawn=False, reason="Muutto.", by=stage.manager, at=stage.now)
    assert stage.join(aino).enrolment.pk != first.pk
