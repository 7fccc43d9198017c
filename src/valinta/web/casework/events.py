"""What has happened to a client, from the audit log, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valinta.audit.models import Entry
from valinta.orders.models import Order
from valinta.users.models import User
from valinta.visits.models import Visit

SHOWN = 8

# Each verb of the audit log that a case manager wants to hear about. The others, such as readings
# and the steps inside one act, are in the full log only.
WORDS: dict[str, str | Promise] = {
    "register_client": _("Client registered"),
    "note_interest": _("Interest noted"),
    "queue": _("Put in the queue"),
    "start_enrolment": _("Joined the programme, consent given"),
    "end_enrolment": _("Left the programme"),
    "record_absence": _("Absence recorded"),
    "give_mandate": _("Representative added"),
    "record_eligibility": _("Eligibility checked"),
    "assess_needs": _("Needs assessed"),
    "adjust_allocation": _("Sum adjusted by hand"),
    "write_support_plan": _("Support plan written"),
    "write_plan": _("Service plan drafted"),
    "change_way": _("Another way of organising chosen"),
    "decide": _("Decision made"),
    "end_decision": _("Decision ended"),
    "open_voucher": _("Voucher offered"),
    "accept_voucher": _("Voucher accepted"),
    "refuse_voucher": _("Voucher refused"),
    "place_order": _("Order placed"),
    "accept_order": _("Provider accepted the order"),
    "decline_order": _("Provider declined the order"),
    "shorten_order": _("Order shortened"),
    "end_order": _("Order ended"),
    "cancel_visit": _("Visit cancelled"),
    "take_in": _("Visit reported"),
    "confirm_visit": _("Visit confirmed"),
    "dispute_visit": _("Visit disputed"),
    "accept_reviewed": _("Visit accepted after a check"),
    "reject_reviewed": _("Visit rejected after a check"),
    "correct_visit": _("Sum of a visit corrected"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, about which service, and who did it ("" = the system)."""

    at: datetime
    what: str
    service: dict[str, str]
    who: str


def latest_events(client_id: int) -> list[Event]:
    """The latest things that happened to the client, newest first, in four queries."""
    entries = list(
        Entry.objects.filter(client_id=client_id, verb__in=WORDS).order_by("-at", "-id")[:SHOWN]
    )
    people = dict(
        User.objects.filter(pk__in={one.by_id for one in entries if one.by_id}).values_list(
            "pk", "display_name"
        )
    )
    orders = dict(
        Order.objects.filter(pk__in=_subjects(entries, "order")).values_list(
            "pk", "service__names"
        )
    )
    visits = dict(
        Visit.objects.filter(pk__in=_subjects(entries, "visit")).values_list(
            "pk", "order__service__names"
        )
    )
    about = {"order": orders, "visit": visits}
    return [
        Event(
            at=one.at,
            what=str(WORDS[one.verb]),
            service=about.get(one.subject_kind, {}).get(one.subject_id, {}),
            who=people.get(one.by_id, "") if one.by_id else "",
        )
        for one in entries
    ]


def _subjects(entries: Iterable[Entry], kind: str) -> list[int]:
    return [one.subject_id for one in entries if one.subject_kind == kind] or [0]
