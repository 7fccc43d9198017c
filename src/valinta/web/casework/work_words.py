"""The words of the work list: why something is due, since when or by when, and where it is done."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from valinta.web.casework.work_kinds import Kind
from valinta.web.casework.work_list import Due
from valinta.web.routes import ROUTES
from valinta.web.templatetags.wording import day as day_words
from valinta.web.templatetags.wording import euros, mandate_kind

Words = str | Promise

KINDS: dict[Kind, Words] = {
    Kind.DISPUTE: _("Disputes"),
    Kind.MONEY_SHORT: _("Money running out"),
    Kind.ORDER_SHORT: _("Orders short of money"),
    Kind.DECISION_ENDS: _("Decisions ending"),
    Kind.DECISION_WAITS: _("Waiting for a decision"),
    Kind.ASSESSMENT: _("Assessments late"),
    Kind.SIGNATURE: _("Signatures"),
    Kind.REVIEW: _("Visits to check"),
    Kind.CHECK: _("Visits drawn for a check"),
    Kind.MESSAGE: _("Messages"),
    Kind.NOBODY: _("Without a case manager"),
    Kind.INTEREST: _("New interest"),
    Kind.PLACE: _("Place free"),
    Kind.MANDATE_ENDS: _("Mandates ending"),
    Kind.REQUEST: _("Requests for the tray"),
    Kind.MONEY_UNUSED: _("Unused money"),
    Kind.WELLBEING: _("Wellbeing questions"),
}
_PLAIN: dict[Kind, Words] = {
    Kind.NOBODY: _("The client has no case manager. Take the client, or agree who does."),
    Kind.INTEREST: _("Somebody came forward and waits for an answer."),
    Kind.PLACE: _("First in the queue, and there is a place now. Go through joining."),
    Kind.WELLBEING: _("Wellbeing questions wait for the client. Offer help with answering."),
    Kind.DECISION_ENDS: _("The decision ends. Look at the need, and prepare a new one."),
}
_MARKED: dict[tuple[Kind, str], Words] = {
    (Kind.DECISION_WAITS, ""): _("The plan is signed and waits for a decision."),
    (Kind.DECISION_WAITS, "decide"): _("A decision has been prepared, and you can make it."),
    (Kind.DECISION_WAITS, "with_maker"): _(
        "A decision has been prepared. It is with someone who has the power to make it."
    ),
    (Kind.DECISION_WAITS, "returned"): _(
        "What was prepared for a decision came back. Mend it, and put it forward again."
    ),
    (Kind.ASSESSMENT, "started"): _("The assessment was started and is not ready in time."),
    (Kind.ASSESSMENT, "not_started"): _("The client has joined, and nothing is assessed yet."),
    (Kind.SIGNATURE, "client"): _("The plan waits for the client's signature."),
    (Kind.SIGNATURE, "worker"): _("The plan waits for your signature."),
    (Kind.SIGNATURE, "both"): _("The plan waits for the client's signature and yours."),
}
# Where each is done: the first page that there is, and the part of it.
_PLACES: dict[Kind, tuple[tuple[str, ...], str]] = {
    Kind.DISPUTE: (("casework:services",), ""),
    Kind.REVIEW: (("casework:services",), ""),
    Kind.MONEY_SHORT: (("casework:services",), ""),
    Kind.ORDER_SHORT: (("casework:services",), ""),
    Kind.MONEY_UNUSED: (("casework:services",), ""),
    Kind.DECISION_ENDS: (("casework:decisions",), ""),
    Kind.DECISION_WAITS: (("casework:decisions",), ""),
    Kind.ASSESSMENT: (("casework:assessment",), ""),
    Kind.SIGNATURE: (("casework:plan",), ""),
    Kind.NOBODY: ((), ""),
    Kind.PLACE: (("casework:joining",), ""),
    Kind.MANDATE_ENDS: (("casework:client_supporters",), ""),
    Kind.REQUEST: ((), "#wishes"),
    Kind.WELLBEING: ((), "#wellbeing"),
}


def why(due: Due) -> str:
    """The reason in a sentence or two."""
    if due.kind in _PLAIN:
        return str(_PLAIN[due.kind])
    if (due.kind, due.mark) in _MARKED:
        return str(_MARKED[due.kind, due.mark])
    counted = _counted(due.kind, due.n)
    return counted % {"n": due.n} if counted else _of_money(due)


def _counted(kind: Kind, n: int) -> str:
    match kind:
        case Kind.DISPUTE:
            return ngettext(
                "The client says that %(n)s visit did not go as reported.",
                "The client says that %(n)s visits did not go as reported.",
                n,
            )
        case Kind.REVIEW:
            return ngettext(
                "%(n)s visit is set aside for a check.",
                "%(n)s visits are set aside for a check.",
                n,
            )
        case Kind.CHECK:
            return ngettext(
                "%(n)s visit was drawn for a check. Ask the client or the company how it was.",
                "%(n)s visits were drawn for a check. Ask the client or the company how it was.",
                n,
            )
        case Kind.MESSAGE:
            return ngettext(
                "%(n)s message thread with something unread.",
                "%(n)s message threads with something unread.",
                n,
            )
        case Kind.REQUEST:
            return ngettext(
                "%(n)s request for something that is not in the tray waits for an answer.",
                "%(n)s requests for something that is not in the tray wait for an answer.",
                n,
            )
    return ""


def _of_money(due: Due) -> str:
    if due.kind is Kind.MANDATE_ENDS:
        return gettext("A mandate ends (%(kind)s). Ask whether it goes on.") % {
            "kind": mandate_kind(due.mark)
        }
    money = {"sum": euros(due.cents or 0)}
    if due.kind is Kind.ORDER_SHORT:
        return gettext("A company's new price: %(sum)s lacks for what has been ordered.") % money
    if due.kind is Kind.MONEY_SHORT:
        return gettext("At this pace the month's money runs out; %(sum)s is left.") % money
    if due.mark == "goes_on":
        return gettext("%(sum)s is unused, and goes on to the next month.") % money
    return gettext("%(sum)s is unused, and does not go on to the next month.") % money


def when(due: Due) -> str:
    """Since when it waits, or by when it should be done."""
    if due.is_late and due.due_on is not None:
        return gettext("should have been done by %(day)s") % {"day": _day(due.due_on, due)}
    if due.due_on is not None:
        return gettext("by %(day)s") % {"day": _day(due.due_on, due)}
    if due.since is not None:
        return gettext("since %(day)s") % {"day": _day(due.since, due)}
    return ""


def _day(moment: date | datetime, due: Due) -> str:
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return day_words(local, due.today)


def address(due: Due) -> str:
    """Where it is done."""
    if due.client is None:
        if "casework:register" in ROUTES:
            return f"{reverse('casework:register')}?interest={due.subject_id}"
        return reverse("casework:clients")
    if due.kind is Kind.CHECK:
        return f"{reverse('casework:checks')}?client={due.client.pk}"
    if due.kind is Kind.MESSAGE:
        named = {"client_id": due.client.pk, "thread_id": due.subject_id}
        return reverse("casework:thread", kwargs=named)
    pages, part = _PLACES[due.kind]
    found = next((one for one in pages if one in ROUTES), "casework:client")
    return at(found, due.client.pk) + part


def at(name: str, client_id: int) -> str:
    """The address of a page about a client."""
    return _pattern(name, get_script_prefix()).replace(_STAND_IN, str(client_id))


_STAND_IN = "9" * 18


@lru_cache(maxsize=100)
def _pattern(name: str, _prefix: str) -> str:
    """The address for any client: making one takes longer than the rest of a row."""
    return reverse(name, kwargs={"client_id": int(_STAND_IN)})
