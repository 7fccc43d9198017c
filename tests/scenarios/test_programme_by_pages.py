"""The programme's office at its pages: the programme in words, and a new version of its pack."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import PACKS
from tests.desk import at as case_at
from tests.desk import choices, registered, text, worker
from tests.mission import shows
from tests.packs_sent import (
    at,
    drop,
    edited_pack,
    office,
    plain,
    send_in,
    stage_of,
    swap,
    zipped,
)
from valinta.programmes.models import PackDraft, Rulebook


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


@shows("HAM-2")
def test_the_covered_share_is_shown_today_and_by_the_day_with_its_goal() -> None:
    stage = stage_of("kanta-hame", date(2018, 2, 1))
    page = plain(office(stage).get(at(stage)))
    assert "80.67% of the region's people live in municipalities of the programme today" in page
    assert "At least 80% is the goal: it is met" in page
    table = page.split("Covered people by the day")[1].split("Decisions to join")[0]
    shares = [float(one) for one in re.findall(r"([0-9.]+)%", table)]
    assert shares == [80.67, 80.67, 97.27, 98.67]  # the second is today's
    assert "Humppila" in page.split("Decisions to join")[1].split("has not decided to join")[0]
    stage.organiser.demo_today = date(2017, 11, 30)
    stage.organiser.save()
    assert "At least 80% is the goal: it is not met" in plain(office(stage).get(at(stage)))


@shows("KEU-1")
def test_a_dated_extension_comes_by_a_pack_that_is_looked_into_and_taken(tmp_path: Path) -> None:
    before = edited_pack(
        "keusote",
        tmp_path / "before",
        lambda text: drop("  - code: extension", "\nmunicipalities:")(text).replace(
            "joined_on: 2019-01-01", "joined_on: null"
        ),
    )
    stage = stage_of(before, date(2018, 11, 15))
    leena, desk = worker(stage), office(stage)
    tuula = registered(stage, leena, "Tuula", "858", 1)
    assert choices(text(leena.get(case_at(tuula, "joining")))) == []
    stage.client("Aino", municipality="Hyvinkää")

    page = plain(send_in(stage, desk, PACKS / "keusote"))
    assert "Nothing has been changed yet." in page
    assert "Phase, Extension of the trial and new municipalities new From Tue 1 Jan 2019" in page
    assert "0 clients may go on for the new days." in page
    assert "Municipality, Tuusula" in page
    assert "1 person known here and not in the programme may join." in page
    assert stage.programme.phases.count() == 1

    draft = PackDraft.objects.get()
    page = plain(desk.post(at(stage, "pack", draft.pk, "take"), follow=True))
    assert "The new version of the pack is in use." in page
    assert "joins 1 Jan 2019" in page
    stage.organiser.demo_today = date(2019, 1, 2)
    stage.organiser.save()
    assert choices(text(leena.get(case_at(tuula, "joining"))))


@shows("SIU-8")
def test_the_rulebook_is_shown_with_its_approval_and_terms_and_a_new_one_comes_by_pack(
    tmp_path: Path,
) -> None:
    before = edited_pack(
        "siun-sote",
        tmp_path / "before",
        lambda text: swap("ends_on: 2019-11-01\n    assumed: true\n    why: The first rulebook",
                          "ends_on: null\n    assumed: true\n    why: The first rulebook")(
            drop('  - version: "2019"', "\nfunding:")(text)
        ),
    )  # fmt: skip
    stage = stage_of(before, date(2019, 10, 1))
    desk = office(stage)
    stage.provider("Kotipolku Oy")
    stage.provider("Avustajat ry")
    page = plain(desk.get(at(stage)))
    assert "Version 2017 is in force. Yhtymähallitus approved it on Thu 23 Nov 2017." in page
    assert "Notice when a client changes provider 14 days" in page
    assert "Accepted visits that are drawn for a check 2%" in page

    page = plain(send_in(stage, desk, PACKS / "siun-sote"))
    assert "From Fri 1 Nov 2019" in page
    sides = page.split("Rulebook new")[1]
    assert "Now version 2017, approved 23 Nov 2017, Notice when a client changes" in sides
    assert "With this pack version 2019, approved 25 Sept 2019, Notice when a client" in sides
    assert "Notice when a client changes provider: 30 days, Accepted visits" in sides
    assert "One payment run" not in sides  # what stays is not told
    assert "2 approved providers have to accept the new version." in page
    draft = PackDraft.objects.get()
    page = plain(desk.post(at(stage, "pack", draft.pk, "take"), follow=True))
    assert "Version 2019 · to come" in page and "Version 2017 · in force" in page
    assert "approved by Yhtymähallitus, Wed 25 Sept 2019" in page
    assert Rulebook.objects.get(version="2019").parameters["notice_period_days"] == 30


def test_a_change_of_the_past_is_explained_and_cannot_be_taken(tmp_path: Path) -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    desk = office(stage)
    cheaper = edited_pack("keusote", tmp_path, tray=swap('price: "43.70"', 'price: "41.00"'))
    page = plain(send_in(stage, desk, cheaper))
    assert "The past would change, so this pack cannot be taken" in page
    assert "Reference price, Home care, Weekday evening 1 Dec 2017–31 Dec 2018" in page
    assert "Was €43.70 Would be €41.00" in page
    assert (
        "Put it back as it was until 1 Mar 2019 or later, and let the new one start then." in page
    )
    assert "Take this pack into use" not in page
    draft = PackDraft.objects.get()
    assert desk.post(at(stage, "pack", draft.pk, "take")).status_code == 409
    assert stage.programme.loads.count() == 1


def test_a_lower_ceiling_counts_the_offers_and_orders_above_it(tmp_path: Path) -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    desk = office(stage)
    dear = stage.offer(stage.provider("Kallis Oy"), "home-care", "43.00")
    stage.offer(stage.provider("Edullinen Oy"), "home-care", "40.00")
    old = """kind: ceiling, price: "43.70",
     starts_on: 2017-12-01, ends_on: null, assumed: true, why: *example-price}"""
    new = """kind: ceiling, price: "43.70",
     starts_on: 2017-12-01, ends_on: 2019-06-01, assumed: true, why: *example-price}
  - {service: home-care, band: weekday-day, kind: ceiling, price: "42.00",
     starts_on: 2019-06-01, ends_on: null, assumed: true, why: *example-price}"""
    folder = edited_pack("keusote", tmp_path, tray=swap(old, new))
    page = plain(send_in(stage, desk, folder))
    assert "2 changes" in page
    assert "1 offer has a price above the ceiling." in page
    assert "From Sat 1 Jun 2019" in page
    assert dear.prices.get().cents == 43_00


def test_faults_are_told_line_by_line_with_their_mends(tmp_path: Path) -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    desk = office(stage)
    broken = edited_pack("keusote", tmp_path, tray=swap('price: "43.70"', 'price: "43,70"'))
    line = (broken / "services.yaml").read_text(encoding="utf-8").split('"43,70"')[0].count("\n")
    page = plain(send_in(stage, desk, broken), 422)
    assert f"services.yaml: {line + 1}" in page
    assert "write euros and cents with a point and two decimals" in page
    assert not PackDraft.objects.exists()


def test_a_pack_that_was_overtaken_is_refused_until_it_is_looked_into_again(tmp_path: Path) -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    desk = office(stage)
    one = edited_pack("keusote", tmp_path / "1", swap("en: Keusote personal budget", "en: Own"))
    two = edited_pack("keusote", tmp_path / "2", swap("en: Keusote personal budget", "en: Other"))
    send_in(stage, desk, one)
    send_in(stage, desk, two)
    first, second = PackDraft.objects.order_by("pk")
    assert desk.post(at(stage, "pack", second.pk, "take")).status_code == 302
    page = plain(desk.post(at(stage, "pack", first.pk, "take")), 409)
    assert "Another pack has been taken into use meanwhile" in page
    stage.programme.refresh_from_db()
    assert stage.programme.names["en"] == "Other"
    page = plain(desk.post(at(stage, "pack", second.pk, "take"), follow=True))
    assert "This version was taken into use before." in page


def test_another_programmes_pack_is_sent_back(tmp_path: Path) -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    answer = office(stage).post(at(stage, "pack"), {"file": zipped(PACKS / "kainuu")})
    assert "This is the pack of another programme (kainuu)." in plain(answer, 422)
