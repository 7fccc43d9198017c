"""Codes that a person types: easy to read aloud, hard to guess, kept only as digests."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

# Without letters and figures that look alike on paper: 0 and O, 1 and I and L, 5 and S, 2 and Z.
ALPHABET = "346789ABCDEFGHJKMNPQRTUVWXY"
LENGTH = 12
GROUP = 4
LONGEST_TYPED = 40


def new_code() -> str:
    """A code of three groups, as it is written on paper: 57 bits of chance."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def as_typed(code: str) -> str:
    """The signs of a code, however it was typed: small letters, spaces and lines do not matter."""
    return "".join(sign for sign in code.upper()[:LONGEST_TYPED] if sign.isalnum())


def digest(door: str, code: str) -> str:
    """What is kept of a code. It cannot be made without this installation's secret key."""
    return salted_hmac(f"valinta.{door}", as_typed(code), algorithm="sha256").hexdigest()
