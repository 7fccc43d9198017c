"""Letters of decisions and answers: opened, sent, printed, posted."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from valinta.plans.delivery_actions import (
    NobodyToRead,
    NoPortal,
    SentAlready,
    mark_posted,
    send_letter,
)
from valinta.plans.models import Claim, Delivery
from valinta.plans.states import ClaimState, DeliveryWay
from valinta.processes.letters_of_decision import letter_of
from valinta.users.permissions import Permission
from valinta.web.access import casework_people, note_listing
from valinta.web.casework.decisions import PURPOSE, find_decision
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.middleware import Request

PAGE_SIZE = 50


@require_GET
def letter(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """The letter as it was made; `language` and `claim` choose which."""
    page = open_case(request, client_id, PURPOSE)
    decision = find_decision(page, decision_id)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else page.client.language
    claim = _claim(page, decision_id, request.GET.get("claim", ""))
    kept = letter_of(decision, claim, language, page.at)
    name = f"decision-{decision.pk}{f'-claim-{claim.pk}' if claim else ''}-{language}.pdf"
    return HttpResponse(
        bytes(kept.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Language": language,
        },
    )


@require_POST
def send(request: Request, client_id: int, decision_id: int) -> HttpResponse:
    """Send the letter of the decision, or of the answer to a claim, in one way."""
    page = open_case(request, client_id, PURPOSE)
    decision = find_decision(page, decision_id)
    claim = _claim(page, decision_id, request.POST.get("claim", ""))
    way = request.POST.get("way", "")
    if way not in set(DeliveryWay):
        page.tell("letter_way_missing")
        return page.to("casework:decisions")
    try:
        send_letter(
            decision=decision,
            claim=claim,
            way=DeliveryWay(way),
            language=page.client.language,
            by=request.actor,
            at=page.at,
        )
    except NobodyToRead:
        page.tell("letter_nobody")
    except NoPortal:
        page.tell("letter_no_portal")
    except SentAlready:
        page.tell("letter_sent_before")
    else:
        letter_of(decision, claim, page.client.language, page.at)
        page.tell("letter_queued" if way == DeliveryWay.POST else "letter_sent")
    return page.to("casework:decisions")


@require_GET
def queue(request: Request) -> HttpResponse:
    """The letters that wait to be printed and posted, oldest first."""
    waiting = (
        Delivery.objects.filter(
            sent_at__isnull=True,
            decision__enrolment__client__died_on__isnull=True,
            organiser_id__in=request.actor.organisers_where(Permission.SEND_LETTERS),
            decision__enrolment__client__in=casework_people(request),
        )
        .select_related("decision__enrolment__client__organiser", "claim")
        .order_by("queued_at", "pk")
    )
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing(request, [one.decision.enrolment.client for one in page])
    told = request.session.pop("told", "")
    return render(request, "casework/letters.html", {"page": page, "told": told})


@require_POST
def posted(request: Request, client_id: int, delivery_id: int) -> HttpResponse:
    """A printed letter has gone to the post today."""
    page = open_case(request, client_id, PURPOSE)
    found = Delivery.objects.filter(
        pk=delivery_id, decision__enrolment__client=page.client
    ).first() or page.missing("delivery", delivery_id)
    try:
        mark_posted(delivery=found, by=request.actor, at=page.at)
    except SentAlready:
        page.tell("letter_sent_before")
    else:
        page.tell("letter_posted")
    return page.to("casework:decisions")


def _claim(page: CasePage, decision_id: int, number: str) -> Claim | None:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    found = Claim.objects.filter(
        pk=int(number), decision_id=decision_id, state=ClaimState.ANSWERED
    ).select_related("decision__enrolment__client", "decision__organiser")
    return found.first() or page.missing("claim", int(number))
