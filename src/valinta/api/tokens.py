"""Tokens: signed, short-lived, made of ids and scopes. What they say is checked anew each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from valinta.api.models import ApiClient
from valinta.api.scopes import Scope

LIFETIME = timedelta(minutes=15)
_PREFIX = "vt1."
_SIGNER = signing.TimestampSigner(salt="valinta.api.token")
_LONGEST = 1_000


class BadToken(ValueError):
    """Not a token of this installation."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says: whose it is, where, with which scopes; and whether its time is over."""

    client_id: int
    organiser_id: int
    generation: int
    scopes: frozenset[Scope]
    expired: bool


def issue(client: ApiClient, scopes: Iterable[Scope]) -> str:
    """A token for the client with these of its scopes, for a quarter of an hour."""
    said = {
        "c": client.pk,
        "o": client.organiser_id,
        "g": client.generation,
        "s": sorted(str(one) for one in scopes),
    }
    return _PREFIX + _SIGNER.sign_object(said)


def read(text: str) -> Token:
    """What a token says. Raises BadToken unless this installation signed it."""
    if not text.startswith(_PREFIX) or len(text) > _LONGEST:
        raise BadToken("This is not a token of this API.")
    signed, expired = text.removeprefix(_PREFIX), False
    try:
        try:
            said = _SIGNER.unsign_object(signed, max_age=LIFETIME)
        except signing.SignatureExpired:
            said, expired = _SIGNER.unsign_object(signed), True
    except signing.BadSignature as error:
        raise BadToken("This is not a token of this API.") from error
    scopes = frozenset(Scope(one) for one in said["s"])
    return Token(said["c"], said["o"], said["g"], scopes, expired)
