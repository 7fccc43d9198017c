"""Numbers as people and forms write them: references, identity codes, and rows of the database."""

from __future__ import annotations

import re
from datetime import date

from stdnum import iso11649
from stdnum.fi import hetu
from stdnum.iso7064 import mod_97_10

LONGEST_PAYMENT_NUMBER = 10**18 - 1

_VIITE = re.compile(r"[0-9]{4,20}")
_RF = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")
_WEIGHTS = (7, 3, 1)
_INDIVIDUAL_NUMBER = slice(7, 10)
_FIRST_MADE_UP = 900
# Signs of the century of birth, with those in use since 2023.
_CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)


class NotAReference(ValueError):
    """The text is not a creditor reference, or cannot become one."""


class NotAnIdentityCode(ValueError):
    """The text is not a Finnish personal identity code."""


def finnish_reference(base: str) -> str:
    """The Finnish creditor reference (viitenumero) of a base of 3 to 19 digits.

    The check digit is 10 minus the last digit of the sum of the base's digits, weighted 7, 3, 1
    from the right (Finance Finland, Structure of the reference number). A base that starts with
    a zero is refused: banks drop leading zeros. Raises ``NotAReference``.
    """
    if not re.fullmatch(r"[1-9][0-9]{2,18}", base):
        raise NotAReference(
            f"“{base}” cannot become a Finnish reference: "
            "give 3 to 19 digits, the first of them not zero."
        )
    return base + _check_digit(base)


def is_finnish_reference(text: str) -> bool:
    """Whether the text is a Finnish creditor reference; spaces between groups do not matter."""
    digits = text.replace(" ", "").lstrip("0")
    return bool(_VIITE.fullmatch(digits)) and _check_digit(digits[:-1]) == digits[-1]


def rf_reference(text: str) -> str:
    """The ISO 11649 reference (RF) of 1 to 21 letters and digits, for example a viitenumero.

    Raises ``NotAReference``.
    """
    body = text.replace(" ", "").upper()
    if not re.fullmatch(r"[0-9A-Z]{1,21}", body):
        raise NotAReference(
            f"“{text}” cannot become an RF reference: give 1 to 21 letters A to Z and digits."
        )
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"


def is_rf_reference(text: str) -> bool:
    """Whether the text is an ISO 11649 reference; spaces between groups do not matter."""
    compact = text.replace(" ", "").upper()
    return bool(_RF.fullmatch(compact)) and bool(iso11649.is_valid(compact))


def payment_reference(number: int) -> str:
    """The Finnish reference of the payment with this number (1 or more).

    A digit 1 is put before the number, so that no reference starts with a zero or is too short;
    different numbers always give different references. Raises ``NotAReference``.
    """
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"A payment is numbered with a whole number, not {number!r}.")
    if not 1 <= number <= LONGEST_PAYMENT_NUMBER:
        raise NotAReference(f"Payments are numbered from 1 to {LONGEST_PAYMENT_NUMBER}.")
    return finnish_reference(f"1{number:02d}")


def row_number(text: str) -> int:
    """The number of a row as a form or a line names it; 0, which no row has, when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def is_identity_code(text: str) -> bool:
    """Whether the text is a Finnish personal identity code (henkilötunnus), made-up ones too.

    Checks the form, the day of birth and the check character, with the century signs in use
    since 2023.
    """
    return text.isascii() and bool(hetu.is_valid(text, allow_temporary=True))


def born_on_of(code: str) -> date:
    """The day of birth that a personal identity code tells. Raises ``NotAnIdentityCode``."""
    if not is_identity_code(code):
        raise NotAnIdentityCode(
            "This is not a personal identity code. Check each sign, the last one too."
        )
    compact = code.strip().upper()
    century = _CENTURIES[compact[6]]
    return date(century + int(compact[4:6]), int(compact[2:4]), int(compact[:2]))


def is_made_up_identity_code(text: str) -> bool:
    """Whether the code is from the range 900 to 999, which is given to no person for life.

    Test and demo people may carry only these.
    """
    return is_identity_code(text) and int(text.strip()[_INDIVIDUAL_NUMBER]) >= _FIRST_MADE_UP


def _check_digit(base: str) -> str:
    weighted = sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(reversed(base)))
    return str(-weighted % 10)
