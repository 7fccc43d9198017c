"""The table of routes: what each page needs. A page that is not here answers nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from valinta.users.permissions import Permission


class Open(StrEnum):
    """Pages that need no permission."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"


@dataclass(frozen=True, slots=True)
class Route:
    """What a page needs, and the kind of object its address names ("" for none).

    A page about an object looks it up through `valinta.web.access`, which narrows it to what the
    actor may see.
    """

    needs: Permission | Open
    about: str = ""


ROUTES: dict[str, Route] = {
    "public:front": Route(Open.ANYONE),
    "public:sign_in": Route(Open.ANYONE),
    "public:demo_sign_in": Route(Open.ANYONE),
    "public:sign_out": Route(Open.ANYONE),
    "public:language": Route(Open.ANYONE),
    "public:easy": Route(Open.ANYONE),
    "public:budget": Route(Open.ANYONE),
    "public:voucher": Route(Open.ANYONE),
    "public:programmes": Route(Open.ANYONE),
    "public:programme": Route(Open.ANYONE, "programme"),
    "public:become_provider": Route(Open.ANYONE, "programme"),
    "public:come_forward": Route(Open.ANYONE, "programme"),
    "public:thanks": Route(Open.ANYONE, "programme"),
    "public:gallery": Route(Open.ANYONE),
    "public:sitemap": Route(Open.ANYONE),
    "public:robots": Route(Open.ANYONE),
    "public:tray": Route(Open.ANYONE),
    "public:services": Route(Open.ANYONE),
    "public:compare": Route(Open.ANYONE),
    "public:provider": Route(Open.ANYONE, "provider"),
    "public:approved": Route(Open.ANYONE),
    "public:approved_csv": Route(Open.ANYONE),
    "public:approved_json": Route(Open.ANYONE),
    "client:start": Route(Permission.SEE_OWN_BUDGET),
    "public:sign_in_letter": Route(Open.ANYONE),
    "public:invitation": Route(Open.ANYONE),
    "client:people": Route(Permission.SEE_OWN_BUDGET),
    "client:supporters": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:invite": Route(Permission.GIVE_MANDATES, "client"),
    "client:take_back": Route(Permission.GIVE_MANDATES, "mandate"),
    "client:withdraw_invitation": Route(Permission.GIVE_MANDATES, "invitation"),
    "client:home": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:leave": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:left": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:confirm": Route(Permission.CONFIRM_VISITS, "visit"),
    "client:dispute": Route(Permission.CONFIRM_VISITS, "visit"),
    "casework:access_letter": Route(Permission.ENROL_CLIENTS, "client"),
    "client:budget": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:whatif": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:basket_start": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:basket_put": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:basket_take": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:basket_change": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:requests": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:request_ask": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:plan": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:plan_comment": Route(Permission.WRITE_SUPPORT_PLANS, "plan"),
    "client:plan_sign": Route(Permission.SIGN_PLANS, "plan"),
    "client:support_plan": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:support_plan_save": Route(Permission.WRITE_SUPPORT_PLANS, "client"),
    "client:support_plan_version": Route(Permission.SEE_OWN_BUDGET, "support plan"),
    "client:voucher": Route(Permission.SEE_OWN_BUDGET, "voucher"),
    "client:voucher_fee": Route(Permission.SEE_OWN_BUDGET, "voucher"),
    "client:voucher_accept": Route(Permission.ORDER_SERVICES, "voucher"),
    "client:voucher_refuse": Route(Permission.ORDER_SERVICES, "voucher"),
    "client:decisions": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:decision_letter": Route(Permission.SEE_OWN_BUDGET, "decision"),
    "client:order_new": Route(Permission.ORDER_SERVICES, "client"),
    "client:order_place": Route(Permission.ORDER_SERVICES, "client"),
    "client:orders": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:order": Route(Permission.SEE_OWN_BUDGET, "order"),
    "client:call_off": Route(Permission.ORDER_SERVICES, "order"),
    "client:order_end": Route(Permission.ORDER_SERVICES, "order"),
    "client:switch": Route(Permission.ORDER_SERVICES, "order"),
    "client:rate": Route(Permission.ORDER_SERVICES, "order"),
    "client:visit_code": Route(Permission.CONFIRM_VISITS, "order"),
    "client:visits": Route(Permission.SEE_OWN_BUDGET, "client"),
    "casework:answer_request": Route(Permission.ANSWER_REQUESTS, "client"),
    "client:history": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:looked": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:my_data": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:messages": Route(Permission.WRITE_MESSAGES, "client"),
    "client:message_new": Route(Permission.WRITE_MESSAGES, "client"),
    "client:notices": Route(Permission.WRITE_MESSAGES, "client"),
    "client:notices_confirm": Route(Permission.WRITE_MESSAGES, "client"),
    "client:thread": Route(Permission.WRITE_MESSAGES, "thread"),
    "client:attachment": Route(Permission.WRITE_MESSAGES, "attachment"),
    "client:wellbeing": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:wellbeing_answers": Route(Permission.SEE_OWN_BUDGET, "client"),
    "client:wellbeing_show": Route(Permission.ANSWER_QUESTIONS, "client"),
    "client:wellbeing_question": Route(Permission.ANSWER_QUESTIONS, "round"),
    "client:wellbeing_check": Route(Permission.ANSWER_QUESTIONS, "round"),
    "client:wellbeing_skip": Route(Permission.ANSWER_QUESTIONS, "round"),
    "client:wellbeing_thanks": Route(Permission.ANSWER_QUESTIONS, "round"),
    "casework:clients": Route(Permission.SEE_CLIENTS),
    "casework:client": Route(Permission.SEE_CLIENTS, "client"),
    "casework:plan_comment": Route(Permission.WRITE_SUPPORT_PLANS, "plan"),
}
