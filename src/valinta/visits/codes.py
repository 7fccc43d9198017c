"""Why a reported visit was refused or set aside. The texts for providers are in `messages.py`."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """One code for each rule of the adjudication, in the order the rules are tried."""

    UNREADABLE = "unreadable"
    NON_POSITIVE_QUANTITY = "non_positive_quantity"
    UNKNOWN_ORDER = "unknown_order"
    NOT_YOUR_ORDER = "not_your_order"
    NOT_YOUR_CLIENT = "not_your_client"
    OTHER_CONTENT = "duplicate_reference_other_content"
    UNKNOWN_BAND = "unknown_band"
    IN_FUTURE = "in_future"
    OUTSIDE_PROGRAMME = "outside_programme_dates"
    OUTSIDE_ORDER = "outside_order_period"
    PROVIDER_NOT_APPROVED = "provider_not_approved"
    CLIENT_AWAY = "client_away"
    CANCELLED_IN_TIME = "cancelled_in_time"
    PRICE_NOT_IN_FORCE = "price_not_in_force"
    TOO_LATE = "reported_too_late"
    BEYOND_ORDERED = "beyond_ordered"
    # These two and a late report with a reason are looked at by a person.
    CLIENT_ELSEWHERE = "client_elsewhere"
    WORKER_ELSEWHERE = "worker_elsewhere"
    LATE_WITH_REASON = "late_with_reason"


REVIEWED = frozenset({Code.CLIENT_ELSEWHERE, Code.WORKER_ELSEWHERE, Code.LATE_WITH_REASON})
REFUSED = frozenset(Code) - REVIEWED
