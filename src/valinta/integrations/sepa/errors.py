"""Why a payment file cannot be written, or an answer to it cannot be read."""


class PaymentFileError(ValueError):
    """The payment file would not be taken by a bank, or would pay something wrong."""


class NoTransfers(PaymentFileError):
    """The file holds no credit transfer."""


class AmountOutOfRange(PaymentFileError):
    """An amount is not between 0.01 and 999 999 999.99 euros, the limits of the scheme."""


class DuplicateEndToEndId(PaymentFileError):
    """Two transfers carry the same end-to-end id, so an answer could not tell them apart."""


class InvalidIban(PaymentFileError):
    """An account number is not an IBAN."""


class InvalidBic(PaymentFileError):
    """A bank's code is not a BIC."""


class InvalidReference(PaymentFileError):
    """A reference is neither a Finnish creditor reference nor an ISO 11649 one (RF)."""


class InvalidIdentifier(PaymentFileError):
    """An id is empty, too long or has characters that banks do not pass on."""


class InvalidCountry(PaymentFileError):
    """A country is not two capital letters (ISO 3166-1 alpha-2)."""


class UnwritableText(PaymentFileError):
    """A name or an address is empty, too long or cannot be written in SEPA characters."""


class MomentWithoutZone(PaymentFileError):
    """The moment of creation does not say its time zone."""


class UnreadableAnswer(ValueError):
    """The bank's answer cannot be read as a whole. Nothing in it was taken."""


class AnswerTooLarge(UnreadableAnswer):
    """The answer is larger than any answer to a file of ours can be."""


class UnsafeXml(UnreadableAnswer):
    """The answer declares a document type or entities, which bank files never do."""


class NotAStatusReport(UnreadableAnswer):
    """The file is not XML, or is a message other than pain.002."""
