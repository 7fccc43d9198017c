"""Every kind of fault in a pack is found, at its line, with the way to mend it."""

from pathlib import Path

import pytest

from tests.unit.programmes.pack_copies import Break, copy_pack, faults_of, line_with, replace_once

P, T = "programme.yaml", "services.yaml"
TRAY_KEYS = ("time_bands", "services", "prices[", "voucher_values")
BREAKS = [
    Break("an unknown key", "keusote", T, "    unit: hour", "    unti: hour", "unti: hour",
          "services[0].unti", "'unti' is not known", "did you mean 'unit'"),
    Break("a missing key", "keusote", T, "    unit: hour\n", "", "code: home-care",
          "services[0].unit", "'unit' is missing", "add unit:"),
    Break("a key in the wrong file", "keusote", P, "allocation:", "prices: []\n\nallocation:",
          "prices: []", "prices", "'prices' is not known", "move it to services.yaml"),
    Break("a measure of our own without days", "keusote", P, "    kind: own\n    version",
          "    kind: results_only\n    version", "code: everyday-life", "measures[0]",
          "is licensed and its questions are not for a pack", "results are taken in"),
    Break("a question that is asked twice", "keusote", P, "code: own-choice",
          "code: satisfaction", "satisfied\"}\n      - code: satisfaction",
          "measures[0].questions[1].code", "is here twice", "its own code"),
    Break("a scale that fits no phone", "keusote", P, "highest: 10\n          lowest_words",
          "highest: 11\n          lowest_words", "highest: 11",
          "measures[0].questions[0].scale.highest", "cannot be shown", "by ten at most"),
    Break("a moment without its days", "keusote", P, "after_end_days: 30", "after_end_days: null",
          "after_end_days: null", "measures[0].asking.after_end_days", "do not fit each other",
          "give after_end_days a number"),
    Break("questions open twice at a time", "keusote", P, "open_after_days: 21",
          "open_after_days: 43", "open_after_days: 43", "measures[0].asking.open_after_days",
          "open twice at the same time", "shorten the days"),
    Break("no Swedish name", "keusote", T, "{fi: Kotihoito, sv: Hemvård, en: Home care}",
          "{fi: Kotihoito, en: Home care}", "fi: Kotihoito", "services[0].names.sv",
          "'sv' is missing", "add sv:"),
    Break("an empty Finnish name", "keusote", T, "{fi: Kotihoito, sv", '{fi: " ", sv', 'fi: " "',
          "services[0].names.fi", "wrong form", "write it as text"),
    Break("a choice that is not one", "keusote", T, "unit: hour", "unit: piece", "unit: piece",
          "services[0].unit", "'piece' is not one of the choices", "'visit'"),
    Break("a price that is a whole number", "keusote", T, 'price: "38.00"', "price: 38",
          "kind: reference\n    price: 38", "prices[0].price", "38 is not an amount of euros",
          '"42.50"'),
    Break("a price with a comma", "keusote", T, 'price: "38.00"', 'price: "38,00"', "38,00",
          "prices[0].price", "not an amount of euros", "two decimals"),
    Break("a municipality code without quotes", "keusote", P, 'code: "106"', "code: 106",
          "code: 106", "municipalities[0].code", "106 must be text", "in quotes"),
    Break("a day in quotes", "keusote", P, "starts_on: 2017-12-01", 'starts_on: "2017-12-01"',
          'starts_on: "2017-12-01"', "phases[0].starts_on", "must be a day", "without quotes"),
    Break("a day that does not exist", "keusote", P, "starts_on: 2017-12-01",
          "starts_on: 2017-11-31", "2017-11-31", "phases[0].starts_on", "2017-11-31 is not a day",
          "a day that exists"),
    Break("a key written twice", "keusote", P, "default_language: fi",
          "default_language: fi\ndefault_language: sv", "default_language: sv", "default_language",
          "here twice", "keep one"),
    Break("text that is not YAML", "keusote", P, "default_language: fi", "default_language: [fi",
          "organiser:", "(the whole file)", "not YAML", "indentation"),
    Break("an anchor on a list", "keusote", T,
          "instruments: [budget]\n    ways_of_organising: [budget, own_service, purchased_service]",
          "instruments: &one [budget]\n    ways_of_organising: *one", "ways_of_organising: *one",
          "services[0].ways_of_organising",
          "an anchor repeats a list", "write it out"),
    Break("a time of day with one digit", "keusote", T, 'from: "07:00"', 'from: "7:00"', '"7:00"',
          "time_bands[0].windows[0].from", "not a time of day", '"07:00"'),
    Break("a period that ends before it starts", "keusote", P, "ends_on: 2019-01-01",
          "ends_on: 2017-12-01", "ends_on: 2017-12-01", "phases[0].ends_on", "holds no day",
          "half-open"),
    Break("overlapping phases", "kainuu", P, "starts_on: 2019-01-01", "starts_on: 2018-12-31",
          "starts_on: 2018-12-31", "phases[1].starts_on", "the phase of 2018-12-31",
          "end the earlier one"),
    Break("overlapping prices", "keusote", T, "starts_on: 2017-12-01, ends_on: 2019-01-01, a",
          "starts_on: 2017-12-01, ends_on: 2019-02-01, a", "price: \"44.50\",\n     starts_on",
          "prices[5].starts_on", "overlaps", "end the earlier one"),
    Break("shares that do not add up", "kainuu", P, 'percent: "20"', 'percent: "19.5"', "funding:",
          "funding", "2017-12-01 add up to 99.5 percent", "add up to 100"),
    Break("a share that is a number", "kainuu", P, 'percent: "20"', "percent: 20", "percent: 20",
          "funding[1].percent", "20 is not a percentage", "in quotes"),
    Break("a service without a price for some days", "siun-sote", T,
          "starts_on: 2019-01-01, ends_on: null", "starts_on: 2019-01-02, ends_on: null",
          "code: supported-housing", "services[0]",
          "no price from 2019-01-01 up to 2019-01-02", "add a price"),
    Break("a price of no service", "keusote", T, "{service: home-nursing, band: any-time",
          "{service: home-nurse, band: any-time", "service: home-nurse,", "prices[8].service",
          "no service with the code 'home-nurse'", "did you mean 'home-nursing'"),
    Break("a band that is not there", "keusote", T, "bands: [weekday-day, weekday-evening, satur",
          "bands: [weekday-morning, weekday-evening, satur", "weekday-morning",
          "services[0].bands[0]", "no time band", "did you mean"),
    Break("an act that is not there", "kainuu", P, "acts: [older-persons-services-act, ",
          "acts: [older-people-act, ", "older-people-act", "eligibility[0].acts[0]", "no act",
          "older-persons-services-act"),
    Break("a quota of no municipality", "osterbotten", P, 'municipality: "598"',
          'municipality: "599"', '"599"', "quotas[0].municipality", "no municipality",
          "did you mean"),
    Break("a wrong check digit of the business id", "keusote", P, '"2844969-4"', '"2844969-5"',
          "2844969-5", "organiser.business_id", "not a business id", "check digit"),
    Break("an OVT of another organiser", "keusote", P, '"003728449694"', '"003719056522"',
          '"003719056522"', "organiser.ovt", "not of the business id", "003728449694"),
    Break("a wrong check digit of the account", "keusote", P, "iban: FI96", "iban: FI97", "FI97",
          "organiser.paying_account.iban", "not an IBAN", "without spaces"),
    Break("assumed without a reason", "keusote", P,
          "    why: Made-up address; the real scanning address is not known from the sources.\n",
          "", 'SKANNAUS"]\n    assumed: true', "organiser.scanning_address.assumed",
          "without a reason", "add why:"),
    Break("a figure without a source", "kainuu", P,
          "    ends_on: 2019-01-01\n    source: Programme description of Kainuu\n",
          "    ends_on: 2019-01-01\n", "code: trial", "phases[0]", "has no source",
          "add source:, or assumed: true"),
    Break("a code used twice", "kainuu", P, "code: able-to-plan", "code: continuous-need",
          "yes_no\n    ground_required: true\n    source: Programme description of Kainuu\n"
          "  - code: continuous-need",
          "eligibility[2].code", "here twice", "its own code"),
    Break("a service free by law with too low a voucher", "example-county-2026", T,
          'value: "35.20"', 'value: "35.10"', '"35.10"', "voucher_values[10].value",
          "free by law, but its ceiling price is higher", "raise the value"),
    Break("a flat voucher with a least value", "example-county-2026", T, "income_tested: true",
          "income_tested: false", 'value: "46.10"', "voucher_values[0].least", "least value",
          "remove it from a flat one"),
    Break("bands of a service that overlap", "keusote", T, 'from: "18:00"', 'from: "17:30"',
          "bands: [weekday-day, weekday-evening", "services[0].bands", "overlap", "one band only"),
    Break("a window past midnight", "keusote", T, 'to: "22:00"', 'to: "02:00"', 'to: "02:00"',
          "time_bands[1].windows[0].to", "ends before it starts", "split"),
    Break("no other way than the voucher", "kanta-hame", T,
          "[voucher, own_service, purchased_service]", "[voucher]", "organising: [voucher]",
          "services[0].ways_of_organising", "a client who declines has no other way",
          "own_service or purchased_service"),
    Break("a day without a rulebook", "siun-sote", P,
          "starts_on: 2019-11-01\n    ends_on: null\n    source: >-",
          "starts_on: 2019-11-02\n    ends_on: null\n    source: >-", "rulebooks:",
          "rulebooks", "no rulebook is in force from 2019-11-01 up to 2019-11-02", "add a version"),
    Break("a rulebook in force before it was approved", "keusote", P, "approved_on: 2018-12-12",
          "approved_on: 2019-01-02", "2019-01-02", "rulebooks[1].approved_on", "after it came",
          "day of approval"),
    Break("parameters of another model", "osterbotten", P, "model: points_x_euro",
          "model: current_services_price", "  point_values:", "allocation.point_values",
          "do not go together", "remove point_values"),
    Break("a model without a parameter", "keusote", P,
          "    - {service: cleaning, cost: \"30.00\",", "    - {service: errands, cost: \"30.00\",",
          "unit_costs:", "allocation.unit_costs", "no unit cost of 'cleaning'", "add one"),
    Break("a municipality that left before it joined", "kainuu", P, "joined_on: 2017-12-01",
          "joined_on: 2017-12-01\n    left_on: 2017-12-01", "left_on", "municipalities[0].left_on",
          "left on 2017-12-01", "a later day"),
    Break("a mandatory service that no budget pays", "kanta-hame", T, "can_be_mandatory: false",
          "can_be_mandatory: true", "can_be_mandatory: true", "services[0].can_be_mandatory",
          "cannot be paid with a budget", "can_be_mandatory: false"),
    Break("an instrument and a way that do not agree", "kanta-hame", T,
          "[voucher, own_service, purchased_service]", "[own_service, purchased_service]",
          "organising: [own", "services[0].ways_of_organising", "names voucher in only one",
          "add voucher"),
    Break("a service that its instrument leaves out", "kanta-hame", P,
          "services: [home-service, home-care,", "services: [home-care,", "instruments: [voucher]",
          "services[0].instruments", "leaves it out", "add the service to the instrument"),
    Break("a leg of acts without acts", "siun-sote", P,
          "    acts: [disability-services-act-1987, special-care-act]\n", "", "- code: entitled",
          "eligibility[0].acts", "has 0 acts", "name acts for any_of_acts"),
    Break("points that go down", "osterbotten", P, "points: 8", "points: 4", "    levels:",
          "allocation.need_items[0].levels", "go down although need goes up", "order the levels"),
    Break("a least value above the full value", "example-county-2026", T, 'least: "7.00"',
          'least: "70.00"', '"70.00"', "voucher_values[0].least", "above the full", "lower it"),
    Break("a band that the service does not have", "keusote", T,
          "{service: home-nursing, band: any-time", "{service: home-nursing, band: saturday",
          "home-nursing, band: saturday", "prices[8].band", "not given in the band 'saturday'",
          "use one of any-time"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: one.kind)
def test_a_broken_pack_names_file_line_place_and_mend(broken: Break, tmp_path: Path) -> None:
    folder = copy_pack(broken.pack, tmp_path)
    file = folder / broken.file
    replace_once(file, broken.old, broken.new)
    found = [fault for fault in faults_of(folder) if fault.path == broken.path]
    assert found, faults_of(folder)
    assert found[0].file == (T if broken.path.startswith(TRAY_KEYS) else P)
    assert broken.problem in found[0].problem
    assert broken.mend in found[0].mend
    expected = line_with(folder / found[0].file, broken.line_with)
    assert found[0].line == expected, (found, expected)


def test_there_are_more_than_twenty_kinds_of_faults_and_each_is_named_once() -> None:
    kinds = [broken.kind for broken in BREAKS]
    assert len(set(kinds)) == len(kinds) > 20


def test_all_faults_of_both_files_are_told_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    folder = copy_pack("keusote", tmp_path)
    replace_once(folder / P, "default_language: fi", "default_language: de")
    replace_once(folder / P, "pack_format: 1", "pack_format: 2")
    replace_once(folder / T, "unit: hour", "unit: piece")
    faults = faults_of(folder)
    assert [(fault.file, fault.path) for fault in faults] == [
        (P, "pack_format"), (P, "default_language"), (T, "services[0].unit"),
    ]  # fmt: skip


def test_a_missing_file_is_a_fault_that_names_the_file(tmp_path: Path) -> None:
    folder = copy_pack("keusote", tmp_path)
    (folder / T).unlink()
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line, fault.problem) == (T, 1, "the file is missing")


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    folder = copy_pack("keusote", tmp_path)
    text = (folder / T).read_text(encoding="utf-8")
    (folder / T).write_bytes(text.encode("latin-1"))
    (fault,) = faults_of(folder)
    assert "not UTF-8" in fault.problem and "save the file as UTF-8" in fault.mend


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    folder = copy_pack("keusote", tmp_path)
    (folder / P).write_text("", encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.line) == (P, 1) and "must be a mapping" in fault.problem


def test_a_folder_with_another_name_than_the_code_is_a_fault(tmp_path: Path) -> None:
    folder = copy_pack("keusote", tmp_path).rename(tmp_path / "other")
    (fault,) = faults_of(folder)
    assert fault.path == "code" and "the folder is 'other'" in fault.problem


def test_a_fault_reads_as_one_line(tmp_path: Path) -> None:
    folder = copy_pack("keusote", tmp_path)
    replace_once(folder / P, "pack_format: 1", "pack_format: 2")
    (fault,) = faults_of(folder)
    assert str(fault) == (
        "programme.yaml:3: pack_format: 2 is not one of the choices. To mend: write 1."
    )
