"""`valinta tidy` closes orders that can no longer be reported; nothing stays held for ever."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from tests.cast import open_stage
from tests.money_scene import balance
from valinta.cli import database, tidy
from valinta.orders.states import OrderState
from valinta.plans.states import Way
from valinta.processes.leave_programme import leave_programme
from valinta.processes.verify_books import verify_books
from valinta.programmes.queries import last_report_on


def test_what_a_leaver_held_returns_on_the_night_after_the_last_day_to_report(
    db: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DEMO = True
    monkeypatch.setattr(database, "ready", nullcontext)
    stage = open_stage("keusote", on=date(2019, 3, 6))
    aino = stage.client("Aino")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    order = stage.order(aino, stage.offer(stage.provider("Kotiapu Oy"), "cleaning", "30.00"), 4_00)
    leave_programme(
        enrolment=stage.enrolment(aino), withdrawn=True, reason="", planner=stage.manager,
        by=stage.actor(aino), at=stage.now,
    )  # fmt: skip
    last = last_report_on(stage.programme, stage.on)
    hold = order.slices.get().hold_id
    for day, closed, held in ((last, 0, 120_00), (last + timedelta(days=1), 1, 0)):
        stage.organiser.demo_today = day
        stage.organiser.save()
        assert tidy.run(Namespace()) == 0
        assert f"{stage.organiser.code}: {closed} orders closed" in capsys.readouterr().out
        with stage.scope():
            assert balance(hold) == held
    with stage.scope():
        order.refresh_from_db()
        assert order.state == OrderState.ENDED
        assert balance(stage.programme.funding_account_id) == 0
        assert verify_books() == []
