"""Plans, signatures and vouchers as the people themselves meet them: through their pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage, open_stage
from tests.mission import shows
from valinta.budgets.models import Voucher, VoucherInformation
from valinta.clients.models import Client
from valinta.plans.actions import sign_plan
from valinta.plans.models import PlanComment, PlanLine, ServicePlan
from valinta.plans.states import PlanState, Signer, Way
from valinta.processes.grant_budget import grant_budget
from valinta.processes.verify_books import verify_books
from valinta.shared.periods import Period
from valinta.users.models import User

MARCH_APRIL = Period(date(2019, 3, 1), date(2019, 5, 1))
VOUCHER = {"home-service": (Way.VOUCHER, 6_00, False)}
BOTH = {**VOUCHER, "personal-assistance": (Way.BUDGET, 10_00, False)}


def stage_of(code: str, on: date) -> Stage:
    """The programme's people, living on the day."""
    stage = open_stage(code, on=on)
    stage.organiser.demo_today = on
    stage.organiser.save()
    return stage


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def browser_of(stage: Stage, client: Client | None = None) -> Browser:
    """The client's browser; without a client, the case manager's."""
    user = stage.people[client.pk].user if client else stage.staff.case_managers[0].user
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(User.objects.get(pk=user.pk))
    return browser


def text_of(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\u00a0", " ")


def draft(stage: Stage, client: Client, lines: dict[str, tuple[Way, int, bool]]) -> ServicePlan:
    """The case manager's draft from a fresh assessment; nobody has signed it."""
    stage.answer_legs(client)
    return stage.draft(client, stage.assess(client, lines), lines)


@shows("HAM-1")
def test_ellis_plan_shows_a_voucher_and_a_budget_side_by_side() -> None:
    stage = stage_of("kanta-hame", date(2019, 3, 1))
    elli = stage.client("Elli", municipality="Forssa")
    (voucher,) = stage.grant(elli, BOTH, period=MARCH_APRIL, accept=False).vouchers
    own, browser = f"/my/{elli.pk}/", browser_of(stage, elli)
    plan = text_of(browser, f"{own}plan/")
    assert "A voucher pays for this up to its value." in plan
    assert "You choose who does this, and order it yourself." in plan
    assert "€201.60 a month" in plan  # 6 x 33.60
    assert "€280.00 a month" in plan  # 10 x 28.00
    assert f'href="{own}vouchers/{voucher.pk}/"' in plan
    decision = text_of(browser, f"{own}plan/decisions/")
    assert "€481.60 a month" in decision
    letter = browser.get(f"{own}plan/decisions/{voucher.decision_id}/letter/")
    assert letter.content.startswith(b"%PDF-")


@shows("HAM-4")
@pytest.mark.parametrize("way", [Way.OWN_SERVICE, Way.PURCHASED])
def test_elli_reads_about_her_voucher_refuses_it_and_chooses_another_way(way: Way) -> None:
    stage = stage_of("kanta-hame", date(2019, 3, 1))
    elli = stage.client("Elli", municipality="Forssa")
    dear = stage.provider("Kotiapu Oy")
    stage.offer(dear, "home-service", {"weekday-day": "34.00", "sunday-holiday": "66.00"})
    (voucher,) = stage.grant(elli, VOUCHER, period=MARCH_APRIL, accept=False).vouchers
    browser, page = browser_of(stage, elli), f"/my/{elli.pk}/vouchers/{voucher.pk}/"
    told = text_of(browser, page)
    assert "Kotiapu Oy" in told
    assert "€30.90" in told  # the value of a weekday hour
    assert "€3.10" in told  # what she would pay herself: 34.00 - 30.90
    assert "You may refuse the voucher." in told
    sent = {"way": way.value, "reason": "Haluan tutun hoitajan."}
    answer = browser.post(f"{page}refuse/", sent, follow=True)
    assert "You have refused the voucher." in answer.content.decode()
    with stage.scope():
        assert VoucherInformation.objects.get(voucher=voucher).given_to_id is not None
        assert Voucher.objects.get(pk=voucher.pk).refusal_reason == "Haluan tutun hoitajan."
        line = PlanLine.objects.get(plan__enrolment__client=elli)
        assert (line.way, line.refused_way) == (way, Way.VOUCHER)
        assert verify_books() == []
    # The case manager sees what to arrange.
    casework = text_of(browser_of(stage), f"/casework/clients/{elli.pk}/")
    assert "Voucher refused" in casework
    assert "Another way of organising chosen" in casework


@shows("HAM-10")
def test_elli_talks_about_the_plan_signs_the_new_one_and_knows_which_is_in_force() -> None:
    stage = stage_of("kanta-hame", date(2019, 3, 1))
    elli = stage.client("Elli", municipality="Forssa")
    stage.grant(elli, VOUCHER, period=MARCH_APRIL)
    plan = draft(stage, elli, BOTH)
    hers, workers = browser_of(stage, elli), browser_of(stage)
    own, casework = f"/my/{elli.pk}/plan/", f"/casework/clients/{elli.pk}/"
    before = text_of(hers, own)
    assert "The plan in force" in before
    assert "A new plan waits for your signature" in before
    hers.post(f"{own}{plan.pk}/comment/", {"text": "Sopiiko aamupäivä?"})
    assert "Sopiiko aamupäivä?" in text_of(workers, casework)
    workers.post(f"{casework}plan/{plan.pk}/comment/", {"text": "Sopii hyvin."})
    assert "Sopii hyvin." in text_of(hers, own)
    hers.post(f"{own}{plan.pk}/sign/")
    assert "your case manager, signs next." in text_of(hers, own)
    with stage.scope():
        said = PlanComment.objects.order_by("pk").values_list("written_as", "text")
        assert list(said) == [
            ("client", "Sopiiko aamupäivä?"), ("worker", "Sopii hyvin."),
        ]  # fmt: skip
        versions = ServicePlan.objects.filter(enrolment__client=elli).order_by("version")
        assert [(one.version, one.state) for one in versions] == [
            (1, PlanState.IN_FORCE), (2, PlanState.DRAFT),
        ]  # fmt: skip
        assert plan.signatures.get().signer == Signer.CLIENT


@shows("KAI-4")
def test_veli_signs_on_his_page_one_plan_with_social_and_health_services() -> None:
    stage = stage_of("kainuu", date(2018, 3, 1))
    veli = stage.client("Veli")
    needs = {"cleaning": (Way.BUDGET, 10_00, False), "physiotherapy": (Way.BUDGET, 2_00, False)}
    plan = draft(stage, veli, needs)
    browser, own = browser_of(stage, veli), f"/my/{veli.pk}/plan/"
    page = text_of(browser, own)
    assert "You sign next." in page
    assert "€410.00 a month" in page  # 10 x 30.00 + 2 x 55.00
    browser.post(f"{own}{plan.pk}/sign/")
    with stage.scope():
        signed = sign_plan(plan=plan, signer=Signer.WORKER, by=stage.manager, at=stage.now)
        assert signed.state == PlanState.SIGNED
    assert "Next the decision maker makes a decision." in text_of(browser, own)
    with stage.scope():
        decider = stage.staff.decision_maker.actor
        grant_budget(plan=signed, period=Period.month(2018, 3), by=decider, at=stage.now)
    assert "The plan in force" in text_of(browser, own)


@shows("SIU-6")
def test_tapios_plan_tells_what_is_in_the_budget_and_what_stays_an_ordinary_service() -> None:
    stage = stage_of("siun-sote", date(2019, 10, 1))
    tapio = stage.client("Tapio", municipality="Joensuu")
    needs = {
        "supported-housing": (Way.BUDGET, 10_00, False),
        "day-activity": (Way.OWN_SERVICE, 4_00, False),
    }
    stage.grant(tapio, needs, period=Period(date(2019, 10, 1), date(2020, 1, 1)))
    page = text_of(browser_of(stage, tapio), f"/my/{tapio.pk}/plan/")
    in_budget = page.index("The money for it is in your budget.")
    ordinary = page.index("does this with its own workers. It takes nothing from your budget.")
    # Ten hours at 34.60 are in the budget's part; the day activity after it has no sum.
    assert page.index("€346.00 a month") < in_budget < page.index("€346.00</p>") < ordinary
    assert "€" not in page[ordinary : page.index("</ul>", ordinary)]
