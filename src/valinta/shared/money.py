"""Euros as whole cents: the only way this project adds, multiplies, divides and rounds money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NO_BREAK_SPACE = "\u00a0"
MINUS_SIGN = "\u2212"
LONGEST_AMOUNT = 40
"""Characters. Longer text is not something a person typed as an amount."""

_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
_CURRENCY = re.compile(r"^(?P<sign>[-\u2212]?) ?(?:€|EUR) ?|(?<=[0-9]) ?(?:€|EUR)$", re.IGNORECASE)
_WRITINGS = (
    re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<cents>[0-9]{1,2}))?"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<cents>[0-9]{1,2}))?"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+)\.(?P<cents>[0-9]{1,2})"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<cents>[0-9]{1,2})"),
)


class NotAnAmount(ValueError):
    """The text cannot be read as one sum of euros, or could be read as two different ones."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"“{text[:LONGEST_AMOUNT]}” is not an amount in euros. "
            "Write euros and at most two decimals, for example 1240,50 or 1240.50."
        )


class NotSplittable(ValueError):
    """The weights of a split do not say how to share the sum."""


class LanguageNotKnown(ValueError):
    """Amounts can be written in Finnish, Swedish and English only."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A sum of euros in whole cents; may be negative.

    Adds to and compares with money only and is multiplied by whole numbers only: a bare number,
    and a fraction of a cent, raise ``TypeError``.
    """

    cents: int

    def __post_init__(self) -> None:
        _require_whole(self.cents, "Money is made of whole cents")

    @classmethod
    def of(cls, text: str) -> Money:
        """The sum written in ``text``; see :func:`parse_euros`."""
        return parse_euros(text)

    @classmethod
    def total(cls, sums: Iterable[Money]) -> Money:
        """All the sums added together; zero when there are none."""
        result = cls(0)
        for each in sums:
            result = result + each
        return result

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Money):
            return self.cents == other.cents
        if isinstance(other, (int, float, Decimal, Fraction)):
            raise TypeError(f"Money cannot be compared with the bare number {other!r}.")
        return NotImplemented

    def __bool__(self) -> bool:
        return self.cents != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents) if isinstance(other, Money) else NotImplemented

    def __mul__(self, count: int) -> Money:
        if isinstance(count, bool) or not isinstance(count, int):
            return NotImplemented
        return Money(self.cents * count)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d} EUR"

    def times(self, quantity_hundredths: int) -> Money:
        """This price for a quantity in hundredths of a unit (150 is 1.5), half-up to the cent."""
        _require_whole(quantity_hundredths, "A quantity is counted in whole hundredths")
        return Money(half_up_div(self.cents * quantity_hundredths, 100))

    def share(self, percent: int | Decimal | Fraction) -> Money:
        """``percent`` per cent of this sum, half-up to the cent; floats are refused as inexact."""
        if isinstance(percent, bool) or not isinstance(percent, (int, Decimal, Fraction)):
            raise TypeError(
                f"A percentage is a whole number, Decimal or Fraction, not {percent!r}."
            )
        exact = Fraction(percent)
        return Money(half_up_div(self.cents * exact.numerator, 100 * exact.denominator))

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share this sum by the weights so that the parts add up to it to the cent.

        Largest remainder: each part is rounded down, and the cents left over go one each to the
        parts that lost most, the earlier part first when they lost the same. A negative sum is
        split as its opposite, so that a reversal mirrors what it reverses. A part whose weight is
        zero is zero. Raises ``NotSplittable`` for negative weights or weights that sum to zero.
        """
        whole = sum(_require_whole(weight, "A weight is a whole number") for weight in weights)
        if whole <= 0 or min(weights) < 0:
            raise NotSplittable(
                f"{self} cannot be split by {list(weights)}: "
                "give weights that are zero or more, at least one of them above zero."
            )
        size = abs(self.cents)
        parts = [size * weight // whole for weight in weights]
        lost = sorted(
            range(len(parts)), key=lambda index: (-(size * weights[index] % whole), index)
        )
        for index in lost[: size - sum(parts)]:
            parts[index] += 1
        return [Money(part if self.cents >= 0 else -part) for part in parts]


def half_up_div(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole number, a half away from zero.

    The one place where this project rounds. Halves go away from zero on both sides, so that the
    reversal of a rounded sum is its exact opposite. Raises ``ZeroDivisionError``.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def parse_euros(text: str) -> Money:
    """Read a sum of euros as people write it in Finnish, Swedish or English.

    Takes “1240”, “12,5”, “12.50”, “1 240,50 €”, “€1,240.50” and “1.240,50”, with a minus or
    not. Raises ``NotAnAmount`` for anything else, also for “1,240” and “1.240”, which are a
    thousand to one reader and one euro to another.
    """
    if not isinstance(text, str):
        raise TypeError(f"An amount is read from text, not from {text!r}.")
    written = _SPACES.sub(" ", text.strip())
    if len(written) > LONGEST_AMOUNT:
        raise NotAnAmount(text)
    bare, found = _CURRENCY.subn(lambda match: match["sign"] or "", written)
    negative = bare.startswith(("-", MINUS_SIGN))
    bare = bare[1:].lstrip() if negative else bare
    for writing in _WRITINGS:
        if (match := writing.fullmatch(bare)) and found <= 1:
            whole = re.sub(r"[ .,]", "", match["whole"])
            cents = int(whole) * 100 + int((match["cents"] or "").ljust(2, "0"))
            return Money(-cents if negative else cents)
    raise NotAnAmount(text)


def format_euros(money: Money, language: str) -> str:
    """Write a sum for people: “1 240,00 €” in fi and sv (no-break spaces), “€1,240.00” in en.

    ``language`` is a tag such as fi, sv-FI or en; only its first part counts. Raises
    ``LanguageNotKnown``.
    """
    whole, cents = divmod(abs(money.cents), 100)
    primary = language.replace("_", "-").split("-")[0].lower()
    if primary == "en":
        return f"{'-' if money.cents < 0 else ''}€{whole:,}.{cents:02d}"
    if primary in ("fi", "sv"):
        grouped = f"{whole:,}".replace(",", NO_BREAK_SPACE)
        return f"{MINUS_SIGN if money.cents < 0 else ''}{grouped},{cents:02d}{NO_BREAK_SPACE}€"
    raise LanguageNotKnown(f"Amounts are written in fi, sv or en, not in “{language}”.")


def _require_whole(number: int, rule: str) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"{rule}, not {number!r}.")
    return number


ZERO = Money(0)
