"""What has happened to a client, from the audit log, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.audit.models import Entry
from valinta.clients.contact_words import ContactWords
from valinta.clients.models import Contact
from valinta.orders.models import Order
from valinta.users.models import User
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.templatetags.wording import name

SHOWN = 8
WAITING_SHOWN = 3

# Each verb of the audit log that a case manager wants to hear about. The others, such as readings
# and the steps inside one act, are in the full log only.
WORDS: dict[str, str | Promise] = {
    "register_client": _("Client registered"),
    "take_client": _("Case manager took the client"),
    "hand_over_client": _("Client handed over"),
    "open_client": _("Opened by another worker with a reason"),
    "note_interest": _("Interest noted"),
    "queue_enrolment": _("Put in the queue"),
    "start_enrolment": _("Joined the programme, consent given"),
    "end_enrolment": _("Left the programme"),
    "record_absence": _("Absence recorded"),
    "give_mandate": _("Representative added"),
    "end_mandate": _("Representative's mandate taken back"),
    "invite_supporter": _("Supporter invited"),
    "withdraw_invitation": _("Invitation taken back"),
    "mend_person": _("Facts of the person mended"),
    "write_access_letter": _("Letter with an access code written"),
    "record_eligibility": _("Eligibility checked"),
    "start_assessment": _("Assessment begun"),
    "assess_needs": _("Needs assessed"),
    "complete_assessment": _("Needs assessed"),
    "take_in_results": _("Results of an instrument taken in"),
    "adjust_allocation": _("Sum adjusted by hand"),
    "write_support_plan": _("Support plan written"),
    "finish_support_plan": _("Support plan ready"),
    "write_plan": _("Service plan drafted"),
    "comment_on_plan": _("Comment on the plan"),
    "change_way": _("Another way of organising chosen"),
    "record_signature": _("Signature on paper recorded"),
    "prepare_decision": _("Decision prepared"),
    "return_proposal": _("Proposal returned"),
    "decide": _("Decision made"),
    "refuse_application": _("Application refused"),
    "send_letter": _("Letter sent"),
    "mark_posted": _("Letter posted"),
    "note_opened": _("Letter opened by the client"),
    "make_claim": _("Claim for a revised decision received"),
    "answer_claim": _("Claim answered"),
    "record_information": _("Information on a voucher given"),
    "carry_order": _("Order carried over to a new decision"),
    "end_decision": _("Decision ended"),
    "open_voucher": _("Voucher offered"),
    "accept_voucher": _("Voucher accepted"),
    "refuse_voucher": _("Voucher refused"),
    "end_voucher": _("Voucher ended"),
    "place_order": _("Order placed"),
    "accept_order": _("Provider accepted the order"),
    "decline_order": _("Provider declined the order"),
    "shorten_order": _("Order shortened"),
    "end_order": _("Order ended"),
    "cancel_visit": _("Visit cancelled"),
    "confirm_visit": _("Visit confirmed"),
    "dispute_visit": _("Visit disputed"),
    "accept_reviewed": _("Visit accepted after a check"),
    "reject_reviewed": _("Visit rejected after a check"),
    "correct_visit": _("Sum of a visit corrected"),
    "note_death": _("Death noted"),
    "take_death_back": _("Death taken back"),
    "move_home": _("Move noted"),
    "begin_moving": _("Provider lost, a new one is needed"),
    "settle_moving": _("Another provider found"),
    "reopen_order": _("Order goes on after all"),
    "call_visit_back": _("Visit takes place after all"),
    "carry_over": _("Carried over into the new phase"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, for which service, and who did it ("" for nobody)."""

    at: datetime
    what: str
    service: dict[str, str]
    who: str


def latest_events(client_id: int, contacts: ContactWords) -> list[Event]:
    """The latest things that happened to the client, newest first, in six queries."""
    entries = list(
        Entry.objects.filter(client_id=client_id, verb__in=WORDS).order_by("-at", "-id")[:SHOWN]
    )
    people = dict(
        User.objects.filter(pk__in={one.by_id for one in entries if one.by_id}).values_list(
            "pk", "display_name"
        )
    )
    orders = dict(
        Order.objects.filter(pk__in=_subjects(entries, "order")).values_list("pk", "service__names")
    )
    visits = dict(
        Visit.objects.filter(pk__in=_subjects(entries, "visit")).values_list(
            "pk", "order__service__names"
        )
    )
    about = {"order": orders, "visit": visits}
    noted = [
        Event(
            at=one.at,
            what=str(WORDS[one.verb]),
            service=about.get(one.subject_kind, {}).get(one.subject_id, {}),
            who=people.get(one.by_id, "") if one.by_id else "",
        )
        for one in entries
    ]
    happened = noted + _visits_reported(client_id) + _contacts(client_id, contacts)
    return sorted(happened, key=lambda event: event.at, reverse=True)[:SHOWN]


def _contacts(client_id: int, words: ContactWords) -> list[Event]:
    """The latest contacts, with their minutes and short words."""
    rows = Contact.objects.filter(client_id=client_id, cancelled_at__isnull=True)
    found = []
    for one in rows.select_related("logged_by").order_by("-happened_at", "-pk")[:SHOWN]:
        kind = name(words.kinds[one.kind]) if one.kind in words.kinds else one.kind
        what = gettext("%(kind)s %(n)s min") % {"kind": kind, "n": one.minutes}
        told = f"{what}: {one.words}" if one.words else what
        found.append(Event(one.happened_at, told, {}, one.logged_by.display_name))
    return found


def _visits_reported(client_id: int) -> list[Event]:
    """Visits come in by the batch, and a batch is of many clients: so these are from the visits.

    Only those that wait for someone: what came of the others is among the notes.
    """
    rows = (
        Visit.objects.filter(
            client_id=client_id, state__in=[VisitState.ACCEPTED, VisitState.IN_REVIEW]
        )
        .select_related("order__service", "provider")
        .order_by("-recorded_at", "-pk")[:WAITING_SHOWN]
    )
    waiting = gettext("Visit reported, waits for the client's yes or no")
    set_aside = gettext("Visit reported, set aside for a check")
    return [
        Event(
            at=row.recorded_at,
            what=waiting if row.state == VisitState.ACCEPTED else set_aside,
            service=row.order.service.names,
            who=row.provider.name,
        )
        for row in rows
    ]


def _subjects(entries: Iterable[Entry], kind: str) -> list[int]:
    return [one.subject_id for one in entries if one.subject_kind == kind] or [0]
