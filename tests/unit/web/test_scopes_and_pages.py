"""Each scope of a mandate against each page: what may be done takes along what must be read for it.

The smallest mandate with each scope is tried on every page of the client's portal that is opened
with GET. Whatever is not in the table is not there for that reader.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, URLPattern, reverse

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from valinta.audit.models import Entry
from valinta.clients.models import Mandate
from valinta.clients.states import MandateScope
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.web.client.urls import urlpatterns

S = MandateScope
MANDATES: dict[str, list[str]] = {
    "see": [S.SEE],
    "see_plan": [S.SEE_PLAN],
    "see_budget": [S.SEE_BUDGET],
    "write": [S.SEE_PLAN, S.WRITE],
    "plan": [S.SEE_PLAN, S.PLAN],
    "order": [S.SEE_BUDGET, S.ORDER],
    "confirm": [S.SEE_BUDGET, S.CONFIRM],
}
EVERYTHING = {"see"}
PLAN = {"see", "see_plan", "write", "plan"}
MONEY = {"see", "see_budget", "order", "confirm"}
TABLE: dict[str, set[str]] = {
    "home": EVERYTHING,
    "supporters": EVERYTHING,
    "leave": EVERYTHING,
    "left": EVERYTHING,
    "decisions": EVERYTHING,
    "messages": EVERYTHING,
    "message_new": EVERYTHING,
    "notices": EVERYTHING,
    "wellbeing": EVERYTHING,
    "wellbeing_answers": EVERYTHING,
    "history": EVERYTHING,
    "looked": EVERYTHING,
    "plan": PLAN,
    "support_plan": PLAN,
    "requests": PLAN,
    "budget": MONEY,
    "whatif": MONEY,
    "orders": MONEY,
    "order": MONEY,
    "visits": MONEY,
    "order_new": {"order"},
    "order_end": {"order"},
    "call_off": {"order"},
    "switch": {"order"},
    "rate": {"order"},
    "visit_code": {"confirm"},
    "dispute": {"confirm"},
}
# The client's alone, done with POST only, or about a row that this client does not have.
ELSEWHERE = {
    "claim", "claim_letter",
    "start", "people", "invite", "take_back", "withdraw_invitation", "confirm", "voucher",
    "voucher_fee", "voucher_accept", "voucher_refuse", "decision_letter", "support_plan_version",
    "thread", "attachment", "wellbeing_show", "wellbeing_question", "wellbeing_check",
    "wellbeing_skip", "wellbeing_thanks", "my_data", "basket_start", "basket_put", "basket_take",
    "basket_change", "request_ask", "plan_comment", "plan_sign", "support_plan_save",
    "order_place", "notices_confirm",
}  # fmt: skip


def address(world: Scene, name: str) -> str:
    if name == "dispute":
        return reverse("client:dispute", kwargs={"visit_id": world.waiting.pk})
    given = {"client_id": world.aino.pk}
    try:
        return reverse(f"client:{name}", kwargs=given)
    except NoReverseMatch:
        with tenancy.scope([world.organiser.pk]):
            order = Order.objects.filter(client=world.aino).earliest("pk")
        return reverse(f"client:{name}", kwargs=given | {"order_id": order.pk})


def test_every_page_of_the_portal_is_in_the_table() -> None:
    named = {one.name for one in urlpatterns if isinstance(one, URLPattern)}
    assert named == set(TABLE) | ELSEWHERE


@pytest.mark.parametrize("name", TABLE)
def test_a_page_opens_for_the_scopes_that_need_it_and_for_no_other(name: str, world: Scene) -> None:
    opened, noted = set(), set()
    for scope, whole in MANDATES.items():
        with tenancy.scope([world.organiser.pk]):
            Mandate.objects.filter(client=world.aino).update(scope=sorted(whole))
            before = Entry.objects.filter(verb="refused").count()
        status = signed_in(world, "kaisa").get(address(world, name)).status_code
        with tenancy.scope([world.organiser.pk]):
            if Entry.objects.filter(verb="refused").count() > before:
                noted.add(scope)
        assert status in (200, 302, 404), (scope, status)
        if status != 404:
            opened.add(scope)
    assert opened == TABLE[name]
    assert noted == set(MANDATES) - opened


@pytest.mark.parametrize("blind", [["order"], ["see_plan", "confirm"], ["see_budget", "plan"]])
def test_no_row_says_that_someone_does_what_they_may_not_see(
    blind: list[str], world: Scene
) -> None:
    with (
        tenancy.scope([world.organiser.pk]),
        pytest.raises(IntegrityError, match="nobody_does_for_another_what_they_may_not_see"),
        transaction.atomic(),
    ):
        Mandate.objects.filter(client=world.aino).update(scope=blind)


def test_whoever_orders_reads_prices_and_money_and_nothing_else(world: Scene) -> None:
    with tenancy.scope([world.organiser.pk]):
        Mandate.objects.filter(client=world.aino).update(scope=["order", "see_budget"])
    kaisa = signed_in(world, "kaisa")
    page = kaisa.get(f"/my/{world.aino.pk}/order/").content.decode()
    assert "Kotihoito" in page
    # No way leads to what this mandate does not open.
    for closed in ("messages/", "plan/", "history/", "wellbeing/"):
        assert f"/my/{world.aino.pk}/{closed}" not in page, closed
