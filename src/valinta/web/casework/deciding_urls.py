"""Addresses of plans, decisions, letters and claims in the casework portal."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import (
    claims,
    decision_letters,
    decisions,
    plan,
    plan_compare,
    plan_vouchers,
    plan_writing,
    proposals,
)

_CLIENT = f"clients/<{ROW}:client_id>"
_PLAN = f"{_CLIENT}/plan/<{ROW}:plan_id>"
_VOUCHER = f"{_CLIENT}/plan/vouchers/<{ROW}:voucher_id>"
_DECISIONS = f"{_CLIENT}/decisions"
_DECISION = f"{_DECISIONS}/<{ROW}:decision_id>"
_PROPOSAL = f"{_DECISIONS}/proposals/<{ROW}:proposal_id>"
_CLAIM = f"{_DECISIONS}/claims/<{ROW}:claim_id>"

urlpatterns = [
    path("proposals/", proposals.proposals, name="proposals"),
    path("letters/", decision_letters.queue, name="letters"),
    path(f"{_CLIENT}/plan/", plan.plan, name="plan"),
    path(f"{_CLIENT}/plan/write/", plan_writing.write, name="plan_write"),
    path(f"{_CLIENT}/plan/write/sums/", plan_writing.sums, name="plan_sums"),
    path(f"{_CLIENT}/plan/write/save/", plan_writing.save, name="plan_save"),
    path(f"{_CLIENT}/plan/compare/", plan_compare.compare, name="plan_compare"),
    path(f"{_CLIENT}/papers/<{ROW}:paper_id>/", plan.scan, name="plan_scan"),
    path(f"{_PLAN}/say/", plan.say, name="plan_say"),
    path(f"{_PLAN}/sign/", plan.sign, name="plan_sign"),
    path(f"{_PLAN}/paper/", plan.paper, name="plan_paper"),
    path(f"{_VOUCHER}/information/", plan_vouchers.sheet, name="plan_voucher_sheet"),
    path(f"{_VOUCHER}/informed/", plan_vouchers.record, name="plan_voucher_record"),
    path(f"{_DECISIONS}/", decisions.decisions, name="decisions"),
    path(f"{_DECISIONS}/prepare/", decisions.prepare, name="decisions_prepare"),
    path(f"{_DECISIONS}/refuse/", decisions.refuse, name="decisions_refuse"),
    path(f"{_PROPOSAL}/decide/", decisions.decide, name="decisions_decide"),
    path(f"{_PROPOSAL}/return/", decisions.give_back, name="decisions_return"),
    path(f"{_DECISION}/letter/", decision_letters.letter, name="decisions_letter"),
    path(f"{_DECISION}/send/", decision_letters.send, name="decisions_send"),
    path(
        f"{_DECISIONS}/deliveries/<{ROW}:delivery_id>/posted/",
        decision_letters.posted,
        name="decisions_posted",
    ),
    path(f"{_DECISION}/claim/", claims.record, name="decisions_claim_record"),
    path(f"{_DECISION}/claim/receive/", claims.receive, name="decisions_claim_receive"),
    path(f"{_CLAIM}/", claims.claim, name="decisions_claim"),
    path(f"{_CLAIM}/take/", claims.take, name="decisions_claim_take"),
    path(f"{_CLAIM}/answer/", claims.answer, name="decisions_claim_answer"),
]
