"""The information pack of each voucher: what the client was told, how and when (HAM-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from valinta.budgets.models import Voucher, VoucherInformation
from valinta.budgets.states import InformationWay, VoucherState
from valinta.clients.models import Enrolment
from valinta.processes.inform_of_voucher import record_voucher_information
from valinta.processes.write_voucher_information import write_voucher_information
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request
from valinta.web.names import names_of

PURPOSE = "plan"


@dataclass(frozen=True, slots=True)
class Given:
    """Proof that the information was given: how, when, in which language, recorded by whom."""

    way: InformationWay
    at: datetime
    language: str
    recorder: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A voucher that waits or is in use, with the proofs, oldest first."""

    voucher: Voucher
    given: list[Given]

    @property
    def waits(self) -> bool:
        """Whether the client has not answered."""
        return self.voucher.state == VoucherState.OFFERED


def voucher_packs(enrolment: Enrolment | None, today: date) -> list[Pack]:
    """The vouchers that are offered or in force, in three queries."""
    vouchers = list(
        Voucher.objects.filter(
            enrolment=enrolment,
            state__in=[VoucherState.OFFERED, VoucherState.ACCEPTED],
            valid__overlap=(today, None),
        )
        .select_related("service")
        .order_by("pk")
    )
    proofs = list(VoucherInformation.objects.filter(voucher__in=vouchers).order_by("given_at"))
    names = names_of(one.recorded_by_id for one in proofs)
    return [
        Pack(
            voucher,
            [
                Given(
                    InformationWay(one.way),
                    one.given_at,
                    one.language,
                    names.get(one.recorded_by_id or 0, ""),
                )
                for one in proofs
                if one.voucher_id == voucher.pk
            ],
        )
        for voucher in vouchers
    ]


@require_POST
def record(request: Request, client_id: int, voucher_id: int) -> HttpResponse:
    """Record that the information was gone through in person, or sent by post."""
    page = open_case(request, client_id, PURPOSE)
    voucher = _find(page, voucher_id)
    chosen = request.POST.get("way", "")
    if chosen not in (InformationWay.IN_PERSON, InformationWay.POST):
        page.tell("information_way_missing")
        return page.to("casework:plan")
    record_voucher_information(
        voucher=voucher,
        way=InformationWay(chosen),
        language=page.client.language,
        by=request.actor,
        at=page.at,
    )
    page.tell("information_recorded")
    return page.to("casework:plan")


@require_GET
def sheet(request: Request, client_id: int, voucher_id: int) -> HttpResponse:
    """The information as a letter to go through or to post, as of today."""
    page = open_case(request, client_id, PURPOSE)
    voucher = _find(page, voucher_id)
    file = write_voucher_information(
        voucher=voucher, language=page.client.language, at_moment=page.at
    )
    return HttpResponse(
        file,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="voucher-{voucher.pk}.pdf"'},
    )


def _find(page: CasePage, voucher_id: int) -> Voucher:
    vouchers = Voucher.objects.filter(enrolment__client=page.client).select_related(
        "service", "enrolment__client", "enrolment__programme", "organiser"
    )
    return vouchers.filter(pk=voucher_id).first() or page.missing("voucher", voucher_id)
