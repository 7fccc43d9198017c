"""Addresses of providers, their applications and registers, and of requests for the tray."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.office import (
    providers,
    providers_account,
    providers_applications,
    providers_approved,
    providers_deciding,
    providers_registers,
    providers_withdrawing,
    requests,
)

AT = f"<{ROW}:programme_id>/providers/"
ONE = f"{AT}<{ROW}:approval_id>/"
ASKED = f"{AT}applications/<{ROW}:application_id>/"
PAPER = f"{AT}evidence/<{ROW}:evidence_id>/"
WISHES = f"<{ROW}:programme_id>/requests/"

urlpatterns = [
    path(AT, providers.providers, name="providers"),
    path(f"{AT}decided/", providers.decided, name="providers_decided"),
    path(ASKED, providers_applications.application, name="providers_application"),
    path(f"{ASKED}hand-in/", providers_applications.hand_in, name="providers_hand_in"),
    path(f"{ASKED}ask/", providers_applications.ask, name="providers_ask"),
    path(f"{ASKED}answer/", providers_applications.answer, name="providers_answer"),
    path(f"{ASKED}approve/", providers_deciding.approve, name="providers_approve"),
    path(f"{ASKED}refuse/", providers_deciding.refuse, name="providers_refuse"),
    path(PAPER, providers_applications.evidence, name="providers_evidence"),
    path(f"{PAPER}judge/", providers_applications.judge, name="providers_judge"),
    path(ONE, providers_approved.provider, name="providers_one"),
    path(f"{ONE}suspend/", providers_approved.suspend, name="providers_suspend"),
    path(f"{ONE}resume/", providers_approved.resume, name="providers_resume"),
    path(
        f"{AT}account/<{ROW}:change_id>/confirm/",
        providers_account.confirm,
        name="providers_account_confirm",
    ),
    path(
        f"{AT}account/<{ROW}:change_id>/stop/",
        providers_account.stop,
        name="providers_account_stop",
    ),
    path(f"{ONE}withdrawal/", providers_withdrawing.withdrawal, name="providers_withdrawal"),
    path(f"{AT}registers/", providers_registers.registers, name="providers_registers"),
    path(f"{AT}registers/add/", providers_registers.add, name="providers_register_add"),
    path(
        f"{AT}registers/<{ROW}:entry_id>/move/",
        providers_registers.move,
        name="providers_register_move",
    ),
    path(WISHES, requests.requests, name="requests"),
    path(f"{WISHES}<{ROW}:request_id>/", requests.one, name="requests_one"),
    path(f"{WISHES}<{ROW}:request_id>/take/", requests.take, name="requests_take"),
    path(f"{WISHES}<{ROW}:request_id>/answer/", requests.answer, name="requests_answer"),
]
