"""Numbers for made-up people and companies: right in every check digit, given to nobody."""

from __future__ import annotations

from datetime import date

_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURY = {18: "+", 19: "-", 20: "A"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def identity_code(born_on: date, number: int) -> str:
    """A personal identity code with an individual number of 900-999, which is never given out."""
    if not 900 <= number <= 999:
        raise ValueError("Made-up people have individual numbers from 900 to 999.")
    digits = f"{born_on:%d%m%y}{number}"
    sign = _CENTURY[born_on.year // 100]
    return f"{digits[:6]}{sign}{number}{_CHECK[int(digits) % 31]}"


def business_id(number: int) -> str:
    """A business id with a right check digit; the numbers that have none are passed over."""
    while True:
        digits = f"{number:07d}"
        rest = sum(int(one) * weight for one, weight in zip(digits, _WEIGHTS, strict=True)) % 11
        if rest != 1:
            return f"{digits}-{0 if rest == 0 else 11 - rest}"
        number += 1


def iban(number: int) -> str:
    """A Finnish bank account number with right check digits, in a bank group of no bank."""
    account = f"799779{number:08d}"
    # Letters become numbers (F = 15, I = 18) and the country moves to the end: ISO 7064.
    return f"FI{98 - int(account + '151800') % 97:02d}{account}"
