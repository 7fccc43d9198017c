"""What a new pack would do to whom, told without changing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cast import PACKS, Stage
from tests.packs_sent import Edit, drop, edited_pack, stage_of, swap
from tests.unit.processes.loading import everything
from valinta.clients.models import Enrolment
from valinta.plans.states import Way
from valinta.processes.pack_effects import What
from valinta.processes.preview_pack import (
    AlreadyTaken,
    OtherProgramme,
    Preview,
    keep_draft,
    preview_pack,
    take_draft,
)
from valinta.processes.programme_tables import StillUsed
from valinta.programmes import rows
from valinta.programmes.models import PackDraft
from valinta.programmes.pack.faults import PackFaults
from valinta.users.actor import NotAllowed

ON = date(2019, 3, 1)
pytestmark = pytest.mark.django_db


def _files(folder: Path) -> dict[str, str]:
    return {
        name: (folder / name).read_text(encoding="utf-8")
        for name in ("programme.yaml", "services.yaml")
    }


def _look(stage: Stage, folder: Path) -> Preview:
    """Keep the pack and look into it; nothing but the draft is there afterwards."""
    by = stage.staff.office.actor
    draft = keep_draft(programme=stage.programme, files=_files(folder), by=by, at=stage.now)
    before = everything()
    found = preview_pack(draft=draft, by=by, on=stage.on)
    assert everything() == before
    return found


def _edited(stage: Stage, tmp_path: Path, programme: Edit = str, tray: Edit = str) -> Preview:
    return _look(stage, edited_pack(stage.programme.code, tmp_path, programme, tray))


def _touched(found: Preview, table: rows.Table) -> dict[What, int]:
    return {
        touch.what: touch.number
        for one in found.shown
        if one.change.table is table
        for touch in one.touches
    }


@pytest.fixture
def stage() -> Stage:
    return stage_of("keusote", ON)


def _aino(stage: Stage) -> None:
    """Aino of Hyvinkää, with a budget and an order that run over the summer."""
    aino = stage.client("Aino", municipality="Hyvinkää")
    stage.grant(aino, {"cleaning": (Way.BUDGET, 10_00, False)})
    stage.order(aino, stage.offer(stage.provider("Apu Oy"), "cleaning", "30.00"), 2_00)


def test_the_same_pack_does_nothing(stage: Stage) -> None:
    found = _look(stage, PACKS / "keusote")
    assert found.is_same and not found.shown and not found.can_be_taken


def test_a_municipality_that_leaves_names_its_clients_budgets_and_orders(
    stage: Stage, tmp_path: Path
) -> None:
    _aino(stage)
    leaves = swap(
        "    joined_on: 2017-12-01\n", "    joined_on: 2017-12-01\n    left_on: 2019-03-15\n"
    )
    found = _edited(stage, tmp_path, leaves)
    assert found.can_be_taken
    (shown,) = found.shown
    assert shown.starts_on == date(2019, 3, 15)
    assert _touched(found, rows.MUNICIPALITIES) == {
        What.CLIENTS_END: 1,
        What.BUDGETS_END: 1,
        What.VOUCHERS_END: 0,
        What.ORDERS_END: 1,
    }


def test_a_phase_that_ends_earlier_names_everybody(stage: Stage, tmp_path: Path) -> None:
    _aino(stage)
    shorter = swap(
        "starts_on: 2019-01-01\n    ends_on: 2020-01-01",
        "starts_on: 2019-01-01\n    ends_on: 2019-03-20",
    )
    found = _edited(stage, tmp_path, shorter)
    touched = _touched(found, rows.PHASES)
    assert (touched[What.CLIENTS_END], touched[What.ORDERS_END]) == (1, 1)


def test_fewer_places_than_clients_are_told(tmp_path: Path) -> None:
    stage = stage_of("osterbotten", ON)
    town = stage.programme.municipalities.get(code="598")
    group = stage.programme.target_groups.first()
    for number in range(3):
        Enrolment.objects.create(
            organiser=stage.organiser, client=stage.client(f"A{number}", municipality="598"),
            programme=stage.programme, municipality=town, target_group=group, state="enrolled",
            applied_at=stage.now, started_on=ON, consent_given_at=stage.now,
        )  # fmt: skip
    old = (
        "places: 15\n    starts_on: 2018-01-01\n    ends_on: 2020-01-01\n"
        "    source: Programme description of Österbotten"
    )
    new = (
        "places: 15\n    starts_on: 2018-01-01\n    ends_on: 2019-04-01\n"
        "    source: Programme description of Österbotten\n"
        '  - municipality: "598"\n    target_group: null\n    places: 2\n'
        "    starts_on: 2019-04-01\n    ends_on: 2020-01-01\n"
        "    source: Programme description of Österbotten"
    )
    found = _edited(stage, tmp_path, swap(old, new))
    touched = _touched(found, rows.QUOTAS)
    assert (touched[What.PLACES_TAKEN], touched[What.OVER_QUOTA]) == (3, 1)


def test_a_new_cost_leaves_budgets_until_the_next_assessment(stage: Stage, tmp_path: Path) -> None:
    _aino(stage)
    old = """cost: "34.60",
       starts_on: 2019-01-01, ends_on: null, assumed: true, why: *example-cost}"""
    new = """cost: "34.60",
       starts_on: 2019-01-01, ends_on: 2019-03-10, assumed: true, why: *example-cost}
    - {service: family-home-help, cost: "35.00",
       starts_on: 2019-03-10, ends_on: null, assumed: true, why: *example-cost}"""
    found = _edited(stage, tmp_path, swap(old, new))
    assert _touched(found, rows.ALLOCATION)[What.BUDGETS_KEEP_SUM] == 1


def test_what_is_in_use_cannot_be_left_out_and_that_is_told_before(
    stage: Stage, tmp_path: Path
) -> None:
    stage.offer(stage.provider("Apu Oy"), "cleaning", "30.00")
    group = drop("  - code: informal-care", "  - code: personal-assistance")
    found = _edited(stage, tmp_path / "group", group)
    assert found.can_be_taken
    client = stage.client("Aino")
    Enrolment.objects.create(
        organiser=stage.organiser, client=client, programme=stage.programme,
        municipality=stage.programme.municipalities.first(), state="enrolled",
        target_group=stage.programme.target_groups.get(code="informal-care"),
        applied_at=stage.now, started_on=ON, consent_given_at=stage.now,
    )  # fmt: skip
    found = _edited(stage, tmp_path / "again", group)
    assert isinstance(found.stopped, StillUsed) and not found.can_be_taken
    assert _touched(found, rows.GROUPS) == {What.CLIENTS_OF_GROUP: 1}


def test_a_draft_is_taken_once_and_only_by_the_office(stage: Stage, tmp_path: Path) -> None:
    folder = edited_pack("keusote", tmp_path, swap("en: Keusote personal budget", "en: Ours"))
    by, files = stage.staff.office.actor, _files(folder)
    with pytest.raises(NotAllowed):
        keep_draft(programme=stage.programme, files=files, by=stage.manager, at=stage.now)
    draft = keep_draft(programme=stage.programme, files=files, by=by, at=stage.now)
    with pytest.raises(NotAllowed):
        preview_pack(draft=draft, by=stage.manager, on=ON)
    assert take_draft(draft=draft, by=by, at=stage.now).changed
    with pytest.raises(AlreadyTaken):
        take_draft(draft=draft, by=by, at=stage.now)


def test_another_programmes_pack_and_a_broken_one_are_not_kept(stage: Stage) -> None:
    by = stage.staff.office.actor
    with pytest.raises(OtherProgramme):
        keep_draft(programme=stage.programme, files=_files(PACKS / "kainuu"), by=by, at=stage.now)
    with pytest.raises(PackFaults):
        keep_draft(programme=stage.programme, files={}, by=by, at=stage.now)
    assert not PackDraft.objects.exists()
