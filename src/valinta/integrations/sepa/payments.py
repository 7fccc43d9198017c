"""What goes into a payment file, and the checks it must pass before it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban

from valinta.integrations.sepa import errors
from valinta.integrations.sepa.characters import check_identifier, sepa_text
from valinta.shared.ids import is_finnish_reference, is_rf_reference

LARGEST_CENTS = 99_999_999_999
LONGEST_NAME = 70
LONGEST_STREET = 70
LONGEST_TOWN = 35
LONGEST_SHORT = 16


@dataclass(frozen=True, slots=True)
class StructuredAddress:
    """A postal address in parts. Town and country are required, free address lines do not exist:
    from 15 November 2026 banks refuse them (EPC SEPA rulebooks)."""

    town: str
    country: str
    street: str | None = None
    building: str | None = None
    post_box: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who pays. ``bank_agreement`` is the id the bank gave in the agreement on file transfer;
    Finnish banks use the business id unless something else was agreed."""

    name: str
    business_id: str
    iban: str
    bic: str | None = None
    address: StructuredAddress | None = None
    bank_agreement: str | None = None


@dataclass(frozen=True, slots=True)
class CreditTransfer:
    """One payment: whole ``cents`` of euros, above zero, with one structured reference."""

    end_to_end_id: str
    instruction_id: str
    creditor_name: str
    creditor_iban: str
    cents: int
    reference: str
    creditor_bic: str | None = None
    address: StructuredAddress | None = None


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """One payment batch: everything is paid from the debtor's account on ``execute_on``.

    ``created_at`` is given by the caller, with its zone, and never read from the clock: the same
    batch written again gives the same file.
    """

    message_id: str
    created_at: datetime
    execute_on: date
    debtor: Debtor
    transfers: Sequence[CreditTransfer]


def check_file(file: PaymentFile) -> None:
    """Raise a ``PaymentFileError`` that names the first thing a bank would refuse."""
    check_identifier(file.message_id, "The message id")
    if file.created_at.utcoffset() is None:
        raise errors.MomentWithoutZone("Give created_at with a time zone, for example UTC.")
    if isinstance(file.execute_on, datetime):
        raise TypeError("The day of execution is a date without a time of day.")
    if not file.transfers:
        raise errors.NoTransfers(
            f"The file {file.message_id} has nothing to pay. Write a file only for transfers."
        )
    _check_debtor(file.debtor)
    times_seen = Counter(transfer.end_to_end_id for transfer in file.transfers)
    for transfer in file.transfers:
        _check_transfer(transfer)
        if times_seen[transfer.end_to_end_id] > 1:
            raise errors.DuplicateEndToEndId(
                f"The end-to-end id {transfer.end_to_end_id} is used "
                f"{times_seen[transfer.end_to_end_id]} times. Give each transfer its own."
            )


def plain_iban(text: str) -> str:
    """The IBAN without spaces, in capitals. Raises ``InvalidIban``."""
    compact = text.replace(" ", "").upper()
    if not (compact.isascii() and compact.isalnum() and stdnum_iban.is_valid(compact)):
        raise errors.InvalidIban(f"“{text}” is not an IBAN: check its length and digits.")
    return compact


def plain_bic(text: str) -> str:
    """The BIC without spaces, in capitals. Raises ``InvalidBic``."""
    compact = text.replace(" ", "").upper()
    if not (compact.isascii() and compact.isalnum() and stdnum_bic.is_valid(compact)):
        raise errors.InvalidBic(f"“{text}” is not a BIC: give 8 or 11 letters and digits.")
    return compact


def plain_reference(text: str) -> str:
    """The creditor reference without spaces. Raises ``InvalidReference``."""
    if not (is_finnish_reference(text) or is_rf_reference(text)):
        raise errors.InvalidReference(
            f"“{text}” is neither a Finnish reference nor an RF reference: its check digits differ."
        )
    return text.replace(" ", "").upper()


def _check_debtor(debtor: Debtor) -> None:
    sepa_text(debtor.name, "The payer's name", LONGEST_NAME)
    check_identifier(debtor.business_id, "The payer's business id")
    if debtor.bank_agreement is not None:
        check_identifier(debtor.bank_agreement, "The payer's id in its bank agreement")
    plain_iban(debtor.iban)
    if debtor.bic is not None:
        plain_bic(debtor.bic)
    _check_address(debtor.address, "The payer's")


def _check_transfer(transfer: CreditTransfer) -> None:
    check_identifier(transfer.end_to_end_id, "The end-to-end id")
    check_identifier(transfer.instruction_id, "The instruction id")
    if isinstance(transfer.cents, bool) or not isinstance(transfer.cents, int):
        raise TypeError(f"An amount is whole cents, not {transfer.cents!r}.")
    if not 0 < transfer.cents <= LARGEST_CENTS:
        raise errors.AmountOutOfRange(
            f"Transfer {transfer.end_to_end_id} is {transfer.cents} cents. "
            f"Pay from 1 to {LARGEST_CENTS} cents at a time."
        )
    sepa_text(transfer.creditor_name, "The payee's name", LONGEST_NAME)
    plain_iban(transfer.creditor_iban)
    if transfer.creditor_bic is not None:
        plain_bic(transfer.creditor_bic)
    plain_reference(transfer.reference)
    _check_address(transfer.address, "The payee's")


def _check_address(address: StructuredAddress | None, whose: str) -> None:
    if address is None:
        return
    country = address.country
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise errors.InvalidCountry(f"{whose} country “{country}” is not a code such as FI.")
    sepa_text(address.town, f"{whose} town", LONGEST_TOWN)
    for part, name, longest in (
        (address.street, "street", LONGEST_STREET),
        (address.building, "building number", LONGEST_SHORT),
        (address.post_box, "post box", LONGEST_SHORT),
        (address.postcode, "postcode", LONGEST_SHORT),
    ):
        if part is not None:
            sepa_text(part, f"{whose} {name}", longest)
