"""The client's own pages: what each person gets there."""

from __future__ import annotations

from tests.permissions.who_gets import (
    ACTING,
    CLIENTS,
    CONFIRMS,
    DOES,
    NARROW,
    OTHER_SIDES,
    PLANS,
    SEES,
    SEES_MONEY,
    SEES_PLAN,
    WRITES_PLAN,
    Row,
    allowed,
    each,
    only,
)

TABLE: dict[str, Row] = {
    "client:leave": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    # Whoever has not left is led to where one leaves.
    "client:left": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 302))),
    # Who may see a part only is led there; who may open several people, or none, sees a list.
    "client:start": ("GET", allowed(each(CLIENTS | ACTING, 200) | each(NARROW, 302))),
    "client:people": ("GET", allowed(each(CLIENTS | ACTING, 200))),
    "client:supporters": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    # A representative passes nothing on.
    "client:invite": ("GET", only(each(CLIENTS | CONFIRMS, 404) | each({"client"}, 200))),
    "client:take_back": ("POST", only(each(CLIENTS | CONFIRMS, 404) | each({"client"}, 302))),
    "client:withdraw_invitation": (
        "POST",
        only(each(CLIENTS | CONFIRMS, 404) | each({"client"}, 302)),
    ),
    "client:home": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    "client:confirm": (
        "POST",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 302)),
    ),
    "client:dispute": (
        "GET",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200)),
    ),
    "client:budget": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 200))),
    "client:whatif": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 200))),
    "client:requests": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_PLAN, 200))),
    "client:basket_start": ("POST", only(each(CLIENTS | ACTING, 404) | each(DOES, 302))),
    "client:basket_put": ("POST", only(each(CLIENTS | ACTING, 404) | each(DOES, 302))),
    "client:basket_take": ("POST", only(each(CLIENTS | ACTING, 404) | each(DOES, 302))),
    "client:basket_change": ("POST", only(each(CLIENTS | ACTING, 404) | each(DOES, 302))),
    "client:request_ask": ("POST", only(each(CLIENTS | ACTING, 404) | each(DOES, 422))),
    "client:plan": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_PLAN, 200))),
    # An empty comment is told about; a plan in force is not signed again.
    "client:plan_comment": (
        "POST",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(WRITES_PLAN, 422)),
    ),
    "client:plan_sign": ("POST", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 302))),
    "client:support_plan": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_PLAN, 200))),
    "client:support_plan_save": (
        "POST",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(WRITES_PLAN, 302)),
    ),
    "client:support_plan_version": (
        "GET",
        only(each(CLIENTS | ACTING, 404) | each(SEES_PLAN, 200)),
    ),
    "client:voucher": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 200))),
    "client:voucher_fee": ("POST", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 422))),
    # Not by what was told last: the page is shown again.
    "client:voucher_accept": (
        "POST",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 302)),
    ),
    "client:voucher_refuse": (
        "GET",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200)),
    ),
    "client:decisions": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    "client:decision_letter": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    "client:orders": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 200))),
    "client:order": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 200))),
    "client:visits": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES_MONEY, 200))),
    "client:order_new": ("GET", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200))),
    "client:order_place": (
        "POST",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200)),
    ),
    # Without a day to call off, the answer is the way back to the order.
    "client:call_off": ("GET", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 302))),
    "client:order_end": ("GET", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200))),
    # This order has been moved to another provider already: the answer is the way back to it.
    "client:switch": ("GET", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 302))),
    "client:rate": ("GET", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200))),
    "client:visit_code": (
        "GET",
        only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(DOES, 200)),
    ),
    "client:wellbeing": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    "client:wellbeing_answers": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    # Whoever may see and plan answers, and chooses who else sees.
    "client:wellbeing_show": ("POST", only(each(CLIENTS | ACTING, 404) | each(PLANS, 302))),
    "client:wellbeing_question": ("GET", only(each(CLIENTS | ACTING, 404) | each(PLANS, 200))),
    "client:wellbeing_check": ("GET", only(each(CLIENTS | ACTING, 404) | each(PLANS, 200))),
    "client:wellbeing_skip": ("POST", only(each(CLIENTS | ACTING, 404) | each(PLANS, 302))),
    # Before the answers are sent there is nothing to thank for: the way back.
    "client:wellbeing_thanks": ("GET", only(each(CLIENTS | ACTING, 404) | each(PLANS, 302))),
    # Whoever writes messages for another side has pages of their own, not the client's.
    **{
        f"client:{page}": ("GET", only(each(CLIENTS | ACTING | OTHER_SIDES, 404) | each(SEES, 200)))
        for page in ("messages", "message_new", "notices", "thread", "attachment")
    },
    # An empty code is told about.
    "client:notices_confirm": (
        "POST",
        only(each(CLIENTS | ACTING | OTHER_SIDES, 404) | each(SEES, 422)),
    ),
    "client:history": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    "client:looked": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
    "client:my_data": (
        "POST",
        only(each(CLIENTS | ACTING, 404) | each(SEES, 403) | {"client": 200}),
    ),
    "client:claim": ("GET", only(each(CLIENTS | ACTING | CONFIRMS, 404) | each(PLANS, 200))),
    "client:claim_letter": ("GET", only(each(CLIENTS | ACTING, 404) | each(SEES, 200))),
}
