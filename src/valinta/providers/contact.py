"""How a provider is reached: a telephone number, an e-mail address and a web page, all public."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SHAPES = {
    "phone": (re.compile(r"\+?[0-9][0-9 ()-]{3,24}"), "digits and spaces, for example 019 123 456"),
    "email": (re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"']{1,190}"), "name@example.fi"),
    # Only these two kinds of link are safe to open from a page.
    "web": (re.compile(r"https?://[^\s<>\"']{3,200}"), "https://example.fi"),
}


class BadContact(ValueError):
    """A contact does not have the shape of its kind."""


def checked_contact(contact: Mapping[str, str]) -> dict[str, str]:
    """The contacts that are given, without spaces around them. Raises BadContact."""
    given = {kind: text.strip() for kind, text in contact.items() if text.strip()}
    for kind, text in given.items():
        if kind not in _SHAPES:
            raise BadContact(f"A contact is one of {', '.join(_SHAPES)}; {kind} is not.")
        shape, example = _SHAPES[kind]
        if not shape.fullmatch(text):
            raise BadContact(f"Write the contact {kind} like this: {example}.")
    return given
