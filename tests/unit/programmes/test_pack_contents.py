"""The six packs are valid and say what the mission says of each programme."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.programmes.pack_copies import NAMES, PACKS, copy_pack, replace_once
from valinta.programmes.pack import Pack, read_pack
from valinta.programmes.pack.rules_dates import period_of
from valinta.programmes.pack.schema_base import Grounded
from valinta.programmes.pack.schema_walk import walk

MARCH_2019 = date(2019, 3, 15)


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {name: read_pack(PACKS / name) for name in NAMES}


def statuses_on(pack: Pack, day: date) -> list[str]:
    return [one.status for one in pack.phases if period_of(one).contains(day)]


def shares_on(pack: Pack, day: date) -> dict[str, Decimal]:
    return {one.code: one.percent for one in pack.funding if period_of(one).contains(day)}


def joined_on(pack: Pack, day: date) -> set[str]:
    return {one.names.fi for one in pack.municipalities if one.joined_on and one.joined_on <= day}


def test_every_folder_of_packs_is_one_of_the_six() -> None:
    assert sorted(one.name for one in PACKS.iterdir() if one.is_dir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_pack_is_valid_and_has_at_least_eight_services(
    name: str, packs: dict[str, Pack]
) -> None:
    assert packs[name].code == name
    assert len(packs[name].services) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_each_assumption_in_a_pack_says_why(name: str, packs: dict[str, Pack]) -> None:
    facts = [fact for _, fact in walk(packs[name]) if isinstance(fact, Grounded)]
    assumed = [fact for fact in facts if fact.assumed]
    assert assumed and all(fact.why and fact.source is None for fact in assumed)


def test_the_five_programmes_are_open_in_march_2019_and_the_example_county_is_not(
    packs: dict[str, Pack],
) -> None:
    open_then = {name for name in NAMES if statuses_on(packs[name], MARCH_2019)}
    assert open_then == set(NAMES) - {"example-county-2026"}
    assert statuses_on(packs["example-county-2026"], date(2026, 1, 1)) == ["way_of_organising"]


def test_the_three_allocation_models_are_all_in_use(packs: dict[str, Pack]) -> None:
    assert {pack.allocation.model for pack in packs.values()} == {
        "hours_x_unit_cost", "points_x_euro", "current_services_price",
    }  # fmt: skip


def test_keusote_starts_with_five_municipalities_and_is_extended_to_nine(
    packs: dict[str, Pack],
) -> None:
    first = {"Hyvinkää", "Järvenpää", "Nurmijärvi", "Mäntsälä", "Pornainen"}
    assert joined_on(packs["keusote"], date(2017, 12, 1)) == first
    later = first | {"Tuusula", "Lohja", "Porvoo", "Sipoo"}
    assert joined_on(packs["keusote"], MARCH_2019) == later


def test_keusote_has_the_mandatory_services_and_the_e_invoice_addresses_of_its_description(
    packs: dict[str, Pack],
) -> None:
    keusote = packs["keusote"]
    mandatory = {one.code for one in keusote.services if one.can_be_mandatory}
    assert {"medicine-dispensing", "shower-help"} <= mandatory
    assert keusote.organiser.ovt == "003728449694"
    assert keusote.organiser.e_invoice_operator.code == "003703575029"
    assert keusote.measures[0].moments == ("before", "during", "after")


def test_kainuu_has_its_dates_legs_and_funding(packs: dict[str, Pack]) -> None:
    kainuu = packs["kainuu"]
    periods = [(one.status, one.starts_on, one.ends_on) for one in kainuu.phases]
    assert periods == [
        ("trial", date(2017, 12, 1), date(2019, 1, 1)),
        ("extension", date(2019, 1, 1), date(2019, 11, 1)),
    ]
    numbers = {one.code: one.number for one in kainuu.acts}
    entitled, *others = kainuu.eligibility
    assert [numbers[code] for code in entitled.acts] == ["980/2012", "380/1987", "519/1977"]
    assert [one.kind for one in others] == ["yes_no", "yes_no"]
    assert all(one.ground_required for one in kainuu.eligibility)
    assert shares_on(kainuu, MARCH_2019) == {"ministry": 80, "own-share": 20}
    assert set(kainuu.providers.sectors) == {"public", "private", "third_sector"}


def test_kanta_hame_has_two_instruments_full_state_grant_and_coverage(
    packs: dict[str, Pack],
) -> None:
    pack = packs["kanta-hame"]
    vouchers = {one.code for one in pack.services if "voucher" in one.instruments}
    assert vouchers == {"home-service", "home-care", "voucher-housing", "social-rehabilitation"}
    assert {one.kind for one in pack.instruments} == {"voucher", "budget"}
    assert shares_on(pack, MARCH_2019) == {"state-grant": 100}
    everyone = sum(one.population.count for one in pack.municipalities)
    covered = sum(one.population.count for one in pack.municipalities if one.joined_on)
    assert len(pack.municipalities) == 11 and covered < everyone
    assert pack.coverage is not None
    assert covered * 100 >= pack.coverage.at_least_percent * everyone


def test_siun_sote_changes_status_and_has_its_eight_services(packs: dict[str, Pack]) -> None:
    pack = packs["siun-sote"]
    assert statuses_on(pack, date(2019, 10, 31)) == ["trial"]
    assert statuses_on(pack, date(2019, 11, 1)) == ["way_of_organising"]
    assert statuses_on(pack, date(2020, 1, 1)) == []
    assert {one.code for one in pack.services} == {
        "supported-housing", "service-housing", "intensified-service-housing",
        "temporary-round-the-clock-housing", "additional-housing-hours", "day-activity",
        "personal-assistance", "home-care",
    }  # fmt: skip
    assert {one.keeper for one in pack.providers.registers} == {"national", "organiser"}
    assert date(2019, 9, 25) in {one.approved_on for one in pack.rulebooks}


def test_osterbotten_speaks_swedish_and_each_municipality_has_its_group_and_quota(
    packs: dict[str, Pack],
) -> None:
    pack = packs["osterbotten"]
    towns = {one.names.sv: one.code for one in pack.municipalities}
    assert pack.default_language == "sv" and set(towns) == {"Vasa", "Jakobstad", "Närpes"}
    assert sorted(group.municipalities or () for group in pack.target_groups) == sorted(
        (code,) for code in towns.values()
    )
    assert {one.municipality: one.places for one in pack.quotas}[towns["Jakobstad"]] == 15


def test_the_example_county_has_a_flat_and_an_income_tested_home_care_voucher(
    packs: dict[str, Pack],
) -> None:
    pack = packs["example-county-2026"]
    tested = {one.service: one.income_tested for one in pack.voucher_values}
    assert tested["home-care"] and not tested["temporary-home-care"]
    numbers = {one.number for one in pack.acts}
    assert {"675/2023", "569/2009"} <= numbers and "380/1987" not in numbers


def test_amounts_are_whole_cents_and_hours_are_minutes(packs: dict[str, Pack]) -> None:
    keusote = packs["keusote"]
    home_care = next(one for one in keusote.prices if one.service == "home-care")
    assert home_care.price_cents == 3800
    window = keusote.time_bands[0].windows[0]
    assert (window.from_minute, window.to_minute) == (7 * 60, 18 * 60)


def test_a_sixth_region_is_a_copied_pack_with_another_code_and_other_figures(
    tmp_path: Path,
) -> None:
    folder = copy_pack("keusote", tmp_path).rename(tmp_path / "sixth-region")
    replace_once(folder / "programme.yaml", "code: keusote", "code: sixth-region")
    replace_once(folder / "services.yaml", 'price: "38.00"', 'price: "41.95"')
    pack = read_pack(folder)
    assert (pack.code, pack.prices[0].price_cents) == ("sixth-region", 4195)
