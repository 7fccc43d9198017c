"""The voucher page: what act 569/2009 section 6 asks to be told, the proof, and the answer."""

from __future__ import annotations

from datetime import date

from django.test import Client as Browser

from tests.unit.web import plan_rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from tests.unit.web.test_plan_page import queries, text_of
from valinta.audit.models import Entry
from valinta.budgets.models import Voucher, VoucherInformation
from valinta.catalogue.models import Price, VoucherValue
from valinta.ledger.models import Account
from valinta.organisers import tenancy
from valinta.plans.models import PlanLine


def english(world: Scene, key: str = "aino") -> Browser:
    browser = signed_in(world, key)
    browser.cookies["django_language"] = "en"
    return browser


def address(world: Scene, voucher: Voucher, verb: str = "") -> str:
    return f"/my/{world.aino.pk}/vouchers/{voucher.pk}/{verb}"


def told(world: Scene) -> list[VoucherInformation]:
    with tenancy.scope([world.organiser.pk]):
        return list(VoucherInformation.objects.order_by("pk"))


def state(world: Scene, voucher: Voucher) -> str:
    with tenancy.scope([world.organiser.pk]):
        return str(Voucher.objects.get(pk=voucher.pk).state)


def test_the_page_tells_what_the_act_asks_and_notes_that_it_was_told(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world, fee_type="own_payment")
    plan_rows.price(world, "ulkoilu", 2950)
    plan_rows.providers(world, "ulkoilu", 1, 2400)
    browser = english(world)
    text = text_of(browser.get(address(world, voucher)))
    # Value, prices, self-payment and its estimate, the fee otherwise, the right to refuse, data.
    assert "Value of the voucher for one visit (weekday)</dt><dd>€25.00</dd>" in text
    assert text.index("Apu 00 Oy") < text.index("Naapuriapu osk")  # the cheapest to her first
    assert "€29.50" in text
    assert "€4.50" in text
    assert "you pay about €90.00 a month (weekday)" in text  # 20 visits x 4.50
    assert "takes its own client fee for this service when it is arranged otherwise" in text
    assert "You may refuse the voucher." in text
    assert "does not count towards the yearly ceiling" in text
    assert "The provider you order from gets your name" in text
    assert "I take the voucher" in text
    (proof,) = told(world)
    assert (proof.voucher_id, proof.language) == (voucher.pk, "en")
    assert proof.given_to_id == world.users["aino"].pk
    assert proof.content["providers"][1]["bands"][0]["self_pay_cents"] == 450
    assert f"(version {proof.sha256[:8]})" in text
    browser.get(address(world, voucher))
    assert len(told(world)) == 1
    with tenancy.scope([world.organiser.pk]):
        assert Entry.objects.filter(verb="give_information", client_id=world.aino.pk).count() == 1


def test_a_voucher_is_accepted_only_by_what_was_told_last(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world)
    own = plan_rows.price(world, "ulkoilu", 2950)
    browser = english(world)
    browser.get(address(world, voucher))
    before = told(world)[0].sha256
    with tenancy.scope([world.organiser.pk]):
        Price.objects.filter(pk=own.pk).update(cents=3300)
    again = browser.post(address(world, voucher, "accept/"), {"told": before}, follow=True)
    assert "The prices changed after you opened this page." in text_of(again)
    assert state(world, voucher) == "offered"
    now = told(world)[-1].sha256
    assert now != before
    taken = browser.post(address(world, voucher, "accept/"), {"told": now}, follow=True)
    assert "You have taken the voucher." in text_of(taken)
    assert state(world, voucher) == "accepted"
    twice = browser.post(address(world, voucher, "accept/"), {"told": now}, follow=True)
    assert "This voucher has its answer already." in text_of(twice)


def test_refusing_needs_a_way_and_a_reason_and_leads_to_that_way(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world)
    browser, refuse = english(world), address(world, voucher, "refuse/")
    page = text_of(browser.get(refuse))
    assert "You have the right to refuse, and you lose nothing by it." in page
    empty = browser.post(refuse, {"reason": " ", "way": "voucher"})
    assert empty.status_code == 422
    assert text_of(empty).count("Choose how you want to get the service.") == 2
    assert state(world, voucher) == "offered"
    sent = {"reason": "Haluan tutun hoitajan.", "way": "purchased_service"}
    after = text_of(browser.post(refuse, sent, follow=True))
    assert "You have refused the voucher. Below you see what happens next." in after
    assert "Outdoors is now in your plan as: purchased service." in after
    assert "I take the voucher" not in after
    with tenancy.scope([world.organiser.pk]):
        line = PlanLine.objects.get(service=voucher.service)
        assert (line.way, line.refused_way) == ("purchased_service", "voucher")
        assert line.reason == "Haluan tutun hoitajan."
        assert Account.objects.get(pk=voucher.account_id).balance_cents == 0
        verbs = Entry.objects.filter(client_id=world.aino.pk).values_list("verb", "by_id")
        assert ("refuse_voucher", world.users["aino"].pk) in verbs
        # The client refused; the case manager is named as who keeps the plan.
        assert ("change_way", world.users["leena"].pk) in verbs
    assert "You refused, and Leena Mäki keeps your plan" in after
    history = text_of(browser.get(f"/my/{world.aino.pk}/history/"))
    assert 'another way of organising it. <span class="quiet">Leena Mäki' in history
    assert 'You declined a voucher. <span class="quiet">Leena' not in history
    plan = text_of(browser.get(f"/my/{world.aino.pk}/plan/"))
    assert "Before it was: voucher. It was changed because you wished so." in plan
    late = browser.get(refuse, follow=True)
    assert "This voucher has its answer already." in text_of(late)


def test_a_service_offers_only_the_ways_it_knows(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world, ways=["voucher", "own_service"])
    page = text_of(english(world).get(address(world, voucher, "refuse/")))
    assert 'value="own_service"' in page
    assert 'value="purchased_service"' not in page


def test_a_service_free_by_law_costs_nothing_in_any_way_and_dearer_providers_are_left_out(
    world: Scene,
) -> None:
    voucher = plan_rows.offered_voucher(world, fee_type="free_by_law")
    plan_rows.price(world, "ulkoilu", 2950)
    plan_rows.providers(world, "ulkoilu", 1, 2500)
    text = text_of(english(world).get(address(world, voucher)))
    assert "This service is free for you by law." in text
    assert "Nothing: the service is free by law in every way of arranging it." in text
    assert "Apu 00 Oy" in text
    assert "Naapuriapu osk" not in text


def test_an_income_tested_value_is_explained_beside_the_highest_one(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world)
    VoucherValue.objects.create(
        organiser=world.organiser,
        service=voucher.service,
        band=world.band,
        cents=3200,
        income_tested=True,
        source="Lautakunta",
        assumed=False,
        valid=(date(2020, 9, 1), None),
    )
    text = text_of(english(world).get(address(world, voucher)))
    assert "The value depends on your income." in text
    assert "The highest value (weekday) is €32.00, and yours is €25.00." in text
    assert "Your income was asked because the value depends on it." in text


def test_the_monthly_fee_otherwise_is_counted_and_the_income_is_kept_nowhere(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world, fee_type="monthly_fee", unit="hour")
    browser = english(world)
    page = text_of(browser.get(address(world, voucher)))
    assert "What you write here is not kept." in page
    # One person, 20 hours: 35 % by the decree of 2020 of what is above the limit of that year.
    counted = browser.post(address(world, voucher, "fee/"), {"income": "1588", "household": "1"})
    text = text_of(counted)
    assert counted.status_code == 200
    assert "€350.00" in text
    assert "35 % of the income above €588.00" in text
    wrong = browser.post(address(world, voucher, "fee/"), {"income": "paljon", "household": "0"})
    assert wrong.status_code == 422
    assert text_of(wrong).count("Write your income in a month before tax") == 2
    assert 'value="paljon"' in text_of(wrong)
    with tenancy.scope([world.organiser.pk]):
        assert not Entry.objects.filter(facts__icontains="1588").exists()


def test_a_supporter_who_sees_the_money_reads_and_does_not_answer(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world)
    plan_rows.supporter(world, ["see_budget"])
    kaisa = english(world, "kaisa")
    text = text_of(kaisa.get(address(world, voucher)))
    assert "I take the voucher" not in text
    assert "or someone who may order for them, answers." in text
    assert told(world) == []
    for verb in ("accept/", "refuse/"):
        assert kaisa.post(address(world, voucher, verb), {}).status_code == 404
    with tenancy.scope([world.organiser.pk]):
        plan_rows.supporter(world, ["see_plan"])
    assert kaisa.get(address(world, voucher)).status_code == 404


def test_another_clients_voucher_is_not_there(world: Scene, elsewhere: Scene) -> None:
    with tenancy.scope([elsewhere.organiser.pk]):
        theirs = plan_rows.offered_voucher(elsewhere)
    own = Voucher.objects.get(enrolment__client=world.onni)
    browser = english(world)
    for client, voucher in (
        (world.aino, own), (world.aino, theirs), (world.onni, own), (elsewhere.aino, theirs),
    ):  # fmt: skip
        for verb in ("", "refuse/"):
            path = f"/my/{client.pk}/vouchers/{voucher.pk}/{verb}"
            assert browser.get(path).status_code == 404
        for verb in ("accept/", "fee/", "refuse/"):
            path = f"/my/{client.pk}/vouchers/{voucher.pk}/{verb}"
            assert browser.post(path, {}).status_code == 404
    with tenancy.scope([world.organiser.pk]):
        refused = Entry.objects.filter(verb="refused", subject_kind="voucher")
        assert refused.filter(client_id=world.onni.pk).count() == 5


def test_thirty_providers_take_as_many_queries_as_one(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world)
    plan_rows.price(world, "ulkoilu", 2950)
    browser, path = english(world), address(world, voucher)
    browser.get(path)
    few = queries(lambda: browser.get(path))
    with tenancy.scope([world.organiser.pk]):
        plan_rows.providers(world, "ulkoilu", 29, 2400)
    browser.get(path)  # told anew, once
    assert queries(lambda: browser.get(path)) == few
    assert text_of(browser.get(path)).count(" Oy") == 29


def test_without_a_case_manager_the_plan_still_follows_the_refusal(world: Scene) -> None:
    voucher = plan_rows.offered_voucher(world)
    with tenancy.scope([world.organiser.pk]):
        world.aino.case_manager = None
        world.aino.save()
    sent = {"reason": "Haluan tutun hoitajan.", "way": "purchased_service"}
    browser = english(world)
    after = text_of(browser.post(address(world, voucher, "refuse/"), sent, follow=True))
    assert "Your case manager sees your answer and arranges the service." in after
    with tenancy.scope([world.organiser.pk]):
        changed = Entry.objects.get(verb="change_way", client_id=world.aino.pk)
        assert changed.by_id is None
