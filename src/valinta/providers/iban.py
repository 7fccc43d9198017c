"""Bank account numbers, checked before they are stored."""

from __future__ import annotations

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException


class BadIban(ValueError):
    """The text is not a bank account number in the IBAN form (ISO 13616)."""


def checked_iban(text: str) -> str:
    """The IBAN without spaces. Raises BadIban when its length or check digits are wrong."""
    try:
        return str(IBAN(text).compact)
    except SchwiftyException as error:
        raise BadIban(
            "This is not a bank account number (IBAN). Check each sign; one digit may be wrong."
        ) from error
