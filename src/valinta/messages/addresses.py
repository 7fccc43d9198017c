"""The code that confirms an e-mail address: six digits that only this installation can make."""

from __future__ import annotations

from datetime import timedelta
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from valinta.messages.models import NoticeChoice

DIGITS = 6
GOOD_FOR = timedelta(hours=24)
_SALT = "valinta.messages.addresses"


def code_for(choice: NoticeChoice) -> str:
    """The code that is sent to the address of the choice. Another address has another code."""
    text = f"{choice.pk}:{choice.email}:{choice.nonce}"
    digest = salted_hmac(_SALT, text, algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**DIGITS:0{DIGITS}d}"


def is_code(choice: NoticeChoice, typed: str) -> bool:
    """Whether the text is the code of the choice, with spaces or not."""
    return compare_digest("".join(typed.split()).encode(), code_for(choice).encode())
