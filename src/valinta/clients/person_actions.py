"""Mend a registered person's facts: name, identity code, language, how they are reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from valinta.audit.actions import Note, record
from valinta.clients.access import NotYourClient
from valinta.clients.models import AccessGrant, Client, Enrolment, Mending
from valinta.clients.states import EnrolmentState, OpeningScope
from valinta.shared.changes import Change, Content, difference, tidied
from valinta.shared.ids import NotAnIdentityCode, born_on_of, is_identity_code
from valinta.users.actor import Actor
from valinta.users.permissions import Permission

OWN = ("given_name", "family_name", "identity_code", "language", "non_disclosure")
REACHED = ("phone", "email", "street", "postcode", "town")
HOME = "municipality"
# Where somebody under non-disclosure lives and how they are reached.
HIDDEN = frozenset({*REACHED, HOME})
NEEDED = ("given_name", "family_name", "identity_code", "language")
ONCE = "client_is_one_person_once"
OVER = (EnrolmentState.ENDED, EnrolmentState.WITHDRAWN)


class PersonChanged(ValueError):
    """Another has mended the same facts meanwhile; `changes` says which, `newest` the version."""

    def __init__(self, newest: int, changes: Sequence[Change]) -> None:
        self.newest, self.changes = newest, tuple(changes)
        super().__init__("Somebody else has mended these facts meanwhile. Look at the newest.")


class FactMissing(ValueError):
    """A person has a name, an identity code and a language: `field` is empty or is no such fact."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"The fact {field} cannot be left out, or is none that is mended here.")


class WhyMissing(ValueError):
    """Another identity code, or the end of non-disclosure, is kept with its reason."""


class IdentityTaken(ValueError):
    """Another client of the organiser has this identity code."""


class ContactHidden(PermissionError):
    """Contact facts under non-disclosure are mended by who has opened them with a reason."""


class HasAPlace(ValueError):
    """Of a client who has a place, or waits for one, a move is noted: the place goes along."""


def facts_of(client: Client) -> dict[str, str]:
    """The facts that can be mended, as text; what is not known is left out."""
    kept = {name: str(client.contact.get(name) or "") for name in REACHED}
    return tidied(
        {
            "given_name": client.given_name,
            "family_name": client.family_name,
            "identity_code": client.identity_code,
            "language": client.language,
            "non_disclosure": "yes" if client.non_disclosure else "",
            HOME: client.municipality_code,
            **kept,
        }
    )


def version_of(client: Client) -> int:
    """How many times the facts have been mended."""
    newest = client.mendings.order_by("-version").first()
    return newest.version if newest else 0


def has_place(client: Client) -> bool:
    """Whether the client is in a programme, waits for a place or has come forward for one."""
    return Enrolment.objects.filter(client=client).exclude(state__in=OVER).exists()


@transaction.atomic
def mend_person(
    *, client: Client, said: Content, seen: int, reason: str = "", by: Actor, at: datetime
) -> Client:
    """Keep the facts in `said` by field; those that are not in it stay, and "" empties one.

    `seen` is the version that the writer knew. The same facts again change nothing. Raises
    NotYourClient, PersonChanged, FactMissing, NotAnIdentityCode, WhyMissing, IdentityTaken,
    ContactHidden or HasAPlace; then nothing has changed.
    """
    by.must(Permission.ENROL_CLIENTS, client.organiser_id)
    if not Client.objects.met_by(by).filter(pk=client.pk).exists():
        raise NotYourClient
    locked = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    version, before = version_of(locked), facts_of(locked)
    came_between = _since(locked, seen, said)
    if came_between:
        raise PersonChanged(version, came_between)
    after = tidied({**before, **said})
    changed = difference(before, after)
    if not changed:
        return locked
    _must_be_mendable(locked, changed.keys(), after, reason, by, at)
    _write(locked, after)
    changes = {field: list(pair) for field, pair in changed.items()}
    Mending.objects.create(
        organiser_id=locked.organiser_id,
        client=locked,
        version=version + 1,
        changes=changes,
        reason=reason.strip(),
        mended_at=at,
        mended_by_id=by.user_id,
    )
    # The log holds the names of what was mended, and nothing of what it was or is.
    facts = {"fields": sorted(changes)}
    note = Note("mend_person", "client", locked.pk, "", "mended", locked.pk, facts=facts)
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return locked


def _since(client: Client, seen: int, said: Content) -> list[Change]:
    """What has been mended of the same facts after the version seen."""
    newer = client.mendings.filter(version__gt=seen).order_by("version")
    return [
        Change(field, was, now, one.mended_by_id, one.mended_at)
        for one in newer
        for field, (was, now) in one.changes.items()
        if field in said
    ]


def _must_be_mendable(
    client: Client,
    changed: Collection[str],
    after: Content,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    known = {*OWN, *REACHED, HOME}
    for field in [*NEEDED, *changed]:
        if field not in known or (field in (*NEEDED, HOME) and field not in after):
            raise FactMissing(field)
    if "identity_code" in changed and not is_identity_code(after["identity_code"]):
        raise NotAnIdentityCode(
            "This is not a personal identity code. Check each sign, the last one too."
        )
    shows_again = client.non_disclosure and "non_disclosure" not in after
    if ("identity_code" in changed or shows_again) and not reason.strip():
        raise WhyMissing("Write why; it is kept with what was mended.")
    if HIDDEN & set(changed) and client.non_disclosure and not _has_opened(client, by, at):
        raise ContactHidden("Open the contact facts with a reason first.")
    if HOME in changed and has_place(client):
        raise HasAPlace("Note that the client moves: the place and the orders are looked at too.")


def _has_opened(client: Client, by: Actor, at: datetime) -> bool:
    return AccessGrant.objects.filter(
        client=client,
        user_id=by.user_id or 0,
        scope=OpeningScope.CONTACT,
        valid__contains=at.date(),
    ).exists()


def _write(client: Client, after: Content) -> None:
    """Put the facts in their places; other ways of reaching the client stay as they are."""
    others = {key: kept for key, kept in client.contact.items() if key not in REACHED}
    client.contact = others | {name: after[name] for name in REACHED if name in after}
    client.given_name, client.family_name = after["given_name"], after["family_name"]
    if client.identity_code != after["identity_code"]:
        client.identity_code = after["identity_code"]
        client.born_on = born_on_of(client.identity_code)
    client.language, client.municipality_code = after["language"], after[HOME]
    client.non_disclosure = "non_disclosure" in after
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        raise IdentityTaken(
            "Another client of the organiser has this identity code. Check each sign."
        ) from error
