"""Every address of the site, opened by every person there is: what they get, what it leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from tests.permissions import (
    routes_of_changes,
    routes_of_office,
    routes_of_programme,
    routes_of_providers,
)
from tests.permissions.addresses import address
from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.routes import TABLE
from tests.permissions.who_gets import DOES, EVERYONE
from valinta.audit.models import Entry
from valinta.web.routes import ROUTES, Open

# What a page leaves in the audit log beside the row that says who looked at it.
ALSO = {
    "client:basket_start": {"start_basket"},
    "client:thread": {"note_glance"},
    "casework:thread": {"note_glance"},
    "office:messages_thread": {"note_glance"},
    "client:my_data": {"take_data"},
    "client:wellbeing_show": {"show_wellbeing"},
    "client:wellbeing_skip": {"skip_wellbeing"},
    "client:take_back": {"end_mandate"},
    "client:withdraw_invitation": {"withdraw_invitation"},
    "casework:decisions_posted": {"mark_posted"},
    "casework:assessment_start": {"start_assessment"},
}
# What says it in place of that row.
INSTEAD = {
    "client:confirm": "confirm_visit",
    "casework:access_letter": "write_access_letter",
    "casework:end_cover": "end_cover",
    "casework:take_newcomer": "take_interest",
}


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}"


def _side(who: str, two: Two) -> tuple[Side, str]:
    return (two.there, who.removesuffix(" elsewhere")) if "elsewhere" in who else (two.here, who)


def _opened(who: str, where: str, method: str, two: Two) -> tuple[int, set[str]]:
    """The status that the person gets, and the verbs that this left in the audit log."""
    side, key = _side(who, two)
    user_id = side.users[key] if key != "anonymous" else None
    with transaction.atomic():
        status = two.browser(user_id).generic(method, where).status_code
        with side.scope():
            new = Entry.objects.filter(pk__gt=two.last_entry, by_id=user_id or 0)
            verbs = set(new.values_list("verb", flat=True))
        transaction.set_rollback(True)
    return status, verbs


def _leaves(who: str, name: str, status: int) -> set[str] | None:
    """The verbs that it should leave in the audit log; None: nothing is asked of it."""
    if not ROUTES[name].about or ROUTES[name].needs is Open.ANYONE:
        return None
    if status not in (200, 302, 404) or (status == 302 and who == "anonymous"):
        return None
    if status == 404:
        return {"refused"}
    if name in routes_of_changes.OFFICE:
        return set()
    if name in routes_of_programme.PAGES:
        return routes_of_programme.DOES.get(name, set())
    if name.startswith(("office:providers", "office:requests", "office:people")):
        return routes_of_office.DOES.get(name, set())
    if name == "provider:apply_begin":
        return set()
    if name in routes_of_providers.PAGES:
        return routes_of_providers.LEAVES.get(name, set())
    # The client has been told before; whoever may answer in their place is told now.
    told = name == "client:voucher" and who in DOES - {"client"}
    more = {"give_information"} if told else set()
    return {INSTEAD.get(name, "read")} | ALSO.get(name, set()) | more


def test_every_address_of_the_site_is_in_this_table() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(TABLE) == set(ROUTES)


@pytest.mark.parametrize("name", TABLE)
def test_each_person_gets_what_the_table_says_and_looking_and_refusals_leave_a_row(
    name: str, two: Two
) -> None:
    method, statuses = TABLE[name]
    where = address(name, two.here)
    got = {who: _opened(who, where, method, two) for who in EVERYONE}
    assert {who: status for who, (status, _) in got.items()} == statuses
    wanted = {who: _leaves(who, name, status) for who, status in statuses.items()}
    left = {who: got[who][1] for who, verbs in wanted.items() if verbs is not None}
    assert left == {who: verbs for who, verbs in wanted.items() if verbs is not None}
