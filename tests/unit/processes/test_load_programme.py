"""Packs are loaded whole and once; what has not begun can be changed."""

from datetime import date

import pytest

from tests.unit.processes.loading import TABLES, everything, load, scope_of
from tests.unit.processes.pack_edits import (
    NOW,
    PRICE_IN_FORCE,
    TODAY,
    edited,
    find,
    pack,
    rulebook_with,
    with_more,
    without,
)
from tests.unit.programmes.pack_copies import NAMES
from valinta.audit.models import Entry
from valinta.catalogue.models import ReferencePrice, VoucherValue
from valinta.ledger.models import Account
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.load_programme import (
    UnknownOrganiser,
    load_programme,
)
from valinta.processes.programme_tables import DoesNotFit, StillUsed
from valinta.programmes import models
from valinta.providers.actions import approve_provider, register_provider
from valinta.providers.models import Sector
from valinta.shared.periods import Period
from valinta.users.actor import Actor, NotAllowed, system
from valinta.users.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_a_real_pack_is_loaded_with_all_it_says(name: str) -> None:
    given = pack(name)
    loaded = load(given)
    assert loaded.changed
    with scope_of(given.organiser.code):
        programme = models.Programme.objects.get(code=name)
        assert programme.language == given.default_language
        assert programme.phases.count() == len(given.phases)
        assert programme.municipalities.count() == len(given.municipalities)
        assert programme.services.count() == len(given.services)
        assert programme.rulebooks.count() == len(given.rulebooks)
        prices = ReferencePrice.objects.filter(service__programme=programme)
        assert sum(prices.values_list("cents", flat=True)) == sum(
            one.price_cents for one in given.prices
        )
        values = VoucherValue.objects.filter(service__programme=programme)
        assert values.count() == len(given.voucher_values)
        account = Account.objects.get(pk=programme.funding_account_id)
        assert (account.kind, account.debits, account.credits) == ("funding", 0, 0)


def test_the_same_packs_again_change_no_row() -> None:
    for name in NAMES:
        load(pack(name))
    before = everything()
    assert len(before["Organiser"]) == len(NAMES)
    again = [load(pack(name), today=date(2031, 1, 1)) for name in NAMES]
    assert [(one.changed, one.lines) for one in again] == [(False, [])] * len(NAMES)
    assert everything() == before


def test_terms_and_codes_are_as_the_other_rooms_read_them() -> None:
    load(pack("kanta-hame"))
    with scope_of(pack("kanta-hame").organiser.code):
        programme = models.Programme.objects.get()
        terms = programme.terms
        legs = {leg["code"]: leg["instruments"] for leg in terms["eligibility"]}
        assert legs["assessed-need"] == ["voucher"]
        assert terms["providers"]["sectors"]
        assert programme.rulebooks.get().parameters["settlement_cycle"] in ("month", "half_month")
        assert "source" not in programme.rulebooks.get().parameters
        assert programme.allocation.get().parameters == {"share": 10_000}
        humppila = programme.municipalities.get(names__fi="Humppila")
        assert humppila.valid is None
        assert programme.services.get(code="home-care").legal_basis["act"].count("/") == 1


def test_figures_of_the_allocation_are_cut_into_stretches_on_which_they_hold() -> None:
    load(pack("osterbotten"))
    with scope_of(pack("osterbotten").organiser.code):
        first, second = models.AllocationRule.objects.order_by("valid")
        assert (first.parameters["cents_per_point"], second.parameters["cents_per_point"]) == (
            2150,
            2200,
        )
        assert first.valid.upper == second.valid.lower == date(2019, 1, 1)
        assert second.valid.upper is None
        assert len(first.parameters["items"]) == len(pack("osterbotten").allocation.need_items)


def test_a_price_ends_today_and_a_new_one_starts() -> None:
    given = pack("keusote")
    load(given)
    at = find(given, "prices", **PRICE_IN_FORCE)
    was = given.prices[at].price_cents
    change = edited(given, "prices", at, ends_on=TODAY)
    change = with_more(change, "prices", at, starts_on=TODAY, ends_on=None, price_cents=was + 200)
    before = {row["id"]: row for row in everything()["ReferencePrice"]}
    loaded = load(change)
    after = {row["id"]: row for row in everything()["ReferencePrice"]}
    (new,) = after.keys() - before.keys()
    assert (after[new]["cents"], after[new]["valid"].lower) == (was + 200, TODAY)
    (ended,) = [key for key, row in before.items() if after[key] != row]
    assert after[ended]["valid"].upper == TODAY
    assert len(loaded.lines) == 2
    assert f"now 2019-01-01/{TODAY}" in loaded.lines[0]
    assert "added" in loaded.lines[1]


def test_what_has_not_begun_can_be_changed_and_taken_away() -> None:
    given = pack("siun-sote")
    load(given)
    change = rulebook_with(given, 1, confirm_window_days=5)
    change = edited(change, "funding", 0, ends_on=date(2019, 10, 1))
    change = edited(change, "funding", 1, ends_on=date(2019, 10, 1))
    change = edited(change, "funding", 2, starts_on=date(2019, 10, 1))
    load(change)
    with scope_of(given.organiser.code):
        second = models.Rulebook.objects.order_by("valid").last()
        assert second and second.parameters["confirm_window_days"] == 5
        own = models.FundingShare.objects.filter(source="own-share").order_by("valid")
        assert [(one.share, one.valid.lower) for one in own] == [
            (2000, date(2017, 12, 1)),
            (10_000, date(2019, 10, 1)),
        ]
    load(edited(without(change, "rulebooks", 1), "rulebooks", 0, ends_on=None))
    with scope_of(given.organiser.code):
        assert models.Rulebook.objects.get().valid.upper is None


def test_services_bands_and_groups_can_be_added_and_reworded() -> None:
    given = pack("kainuu")
    load(given)
    before = everything()
    change = with_more(given, "services", 0, code="reading-aloud")
    change = with_more(change, "time_bands", 0, code="full-moon")
    change = with_more(change, "target_groups", 0, code="newcomers")
    names = given.services[0].names.model_copy(update={"en": "Care at home"})
    change = edited(change, "services", 0, names=names)
    loaded = load(change)
    after = everything()
    for table in ("Service", "TimeBand", "TargetGroup"):
        kept = {row["id"] for row in after[table]} & {row["id"] for row in before[table]}
        assert (len(after[table]), len(kept)) == (len(before[table]) + 1, len(before[table]))
    assert "service home-care: names changed" in loaded.lines
    assert "service reading-aloud: added" in loaded.lines


def test_a_source_can_be_found_for_an_old_price() -> None:
    given = pack("keusote")
    load(given)
    change = edited(given, "prices", 0, source="Minutes of the board", assumed=False, why=None)
    assert load(change).changed
    with scope_of(given.organiser.code):
        price = ReferencePrice.objects.get(source="Minutes of the board")
        assert (price.assumed, price.cents) == (False, given.prices[0].price_cents)


def test_a_rulebook_that_a_provider_has_accepted_stays() -> None:
    given = edited(pack("kainuu"), "rulebooks", 0, ends_on=date(2019, 6, 1))
    given = with_more(
        given, "rulebooks", 0, version="2.0", starts_on=date(2019, 6, 1), ends_on=None
    )
    programme = load(given).programme
    by = system(programme.organiser_id)
    with tenancy.scope(by.organiser_ids):
        provider = register_provider(
            business_id="2844969-4",
            name="Kotiapu Esimerkki",
            sector=Sector.PRIVATE,
            founded_year=2010,
            languages=["fi"],
            iban="FI9612345600000017",
        )
        register = programme.terms["providers"]["registers"][0]["code"]
        approve_provider(
            provider=provider,
            programme=programme,
            period=Period(date(2019, 7, 1), None),
            register=register,
            register_number="1234",
            rulebook_accepted_at=NOW,
            by=by,
            at=NOW,
        )
    with pytest.raises(StillUsed, match="rulebook"):
        load(edited(without(given, "rulebooks", 1), "rulebooks", 0, ends_on=None))


def test_a_first_load_that_fails_leaves_nothing_behind() -> None:
    with pytest.raises(DoesNotFit, match="bands"):
        load(with_more(pack("kainuu"), "time_bands", 0, code="b" * 41))
    assert not any(everything().values())


def test_an_organiser_can_have_two_programmes() -> None:
    first = pack("kainuu")
    second = first.model_copy(update={"code": "kainuu-two"})
    load(first)
    load(second)
    assert Organiser.objects.filter(code=first.organiser.code).count() == 1
    with scope_of(first.organiser.code):
        accounts = models.Programme.objects.values_list("funding_account_id", flat=True)
        assert len(set(accounts)) == 2


def test_organisers_do_not_see_each_others_rows() -> None:
    load(pack("kainuu"))
    load(pack("keusote"))
    tables = [one for one in TABLES if one is not VoucherValue]
    kainuu, keusote = (
        Organiser.objects.get(code=pack(name).organiser.code).pk for name in ("kainuu", "keusote")
    )
    everyone = everything()
    for table in tables:
        seen_by = {}
        for organiser in (kainuu, keusote):
            with tenancy.scope([organiser]):
                seen_by[organiser] = set(table._default_manager.values_list("organiser_id", "pk"))
        assert {one for one, _ in seen_by[kainuu]} <= {kainuu}
        assert {one for one, _ in seen_by[keusote]} <= {keusote}
        total = len(seen_by[kainuu]) + len(seen_by[keusote])
        assert total == len(everyone[table.__name__])
        assert total or table is models.Quota
        assert not table._default_manager.exists()


def test_loading_needs_the_permission() -> None:
    given = pack("kainuu")
    organiser = load(given).programme.organiser_id
    change = rulebook_with(given, 0, confirm_window_days=99)
    for role in (Role.CASE_MANAGER, Role.FINANCE_APPROVER):
        with pytest.raises(NotAllowed):
            load_programme(pack=change, by=Actor(7, frozenset({(organiser, role)})), at=NOW)
    with pytest.raises(UnknownOrganiser, match="programme load"):
        load_programme(pack=pack("keusote"), by=system(organiser), at=NOW)


def test_a_load_is_kept_with_its_content_and_in_the_audit_log() -> None:
    given = pack("osterbotten")
    load(given)
    load(edited(given, "quotas", 0, ends_on=date(2019, 12, 1)))
    with scope_of(given.organiser.code):
        first, second = models.PackLoad.objects.order_by("pk")
        assert first.content["quotas"][0]["ends_on"] == "2020-01-01"
        assert second.content["quotas"][0]["ends_on"] == "2019-12-01"
        entries = Entry.objects.filter(verb="load_programme").order_by("pk")
        assert [one.facts["sha256"] for one in entries] == [first.sha256, second.sha256]
