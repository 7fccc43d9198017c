"""A statement as the self-billed invoice of EN 16931: the organiser writes it for the company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils import timezone, translation
from django.utils.translation import gettext

from valinta.catalogue.models import Service
from valinta.integrations.ubl import (
    Exemption,
    InvoiceLine,
    Part,
    Party,
    Preceding,
    SelfBilling,
    ToPay,
    write_self_billing,
)
from valinta.processes.statement_story import balance_words, cause_words, statement_number
from valinta.programmes.names import named
from valinta.rules.law import figure
from valinta.settlements.models import Statement
from valinta.settlements.queries import (
    Corrected,
    Worked,
    corrections_of,
    days_of,
    lines_of,
    payment_of,
    with_self_pay,
)
from valinta.shared.money import half_up_div

SOCIAL = "social"
OVT_OF_FINLAND = "0037"


class NothingSold(ValueError):
    """The statement has no work and no corrections, so there is nothing to invoice."""


def self_billed_invoice(*, statement: Statement) -> bytes:
    """The statement's invoice or credit note as UBL, in the programme's language.

    Same bytes each time. Raises NothingSold.
    """
    with translation.override(statement.run.programme.language):
        return write_self_billing(_invoice(statement))


def has_invoice(statement: Statement, corrected: Sequence[Corrected]) -> bool:
    """Whether the statement, with these corrections, has something to invoice or to credit."""
    return bool(statement.visits) or bool(_taken_back(corrected, "fi"))


def _invoice(statement: Statement) -> SelfBilling:
    language = statement.run.programme.language
    worked = with_self_pay(statement, list(lines_of(statement)))
    corrected = corrections_of(statement)
    lines = [*(_work(one, language) for one in worked), *_taken_back(corrected, language)]
    if not lines:
        raise NothingSold("Nothing was sold in this statement, so it has no invoice.")
    services = [one.line.service for one in worked]
    services += [one.correction.visit.order.service for one in corrected]
    issued_on = timezone.localtime(statement.run.approved_at).date()
    days = days_of(statement) or _days_of(corrected)
    payment = payment_of(statement)
    total = statement.work_cents + statement.correction_cents
    return SelfBilling(
        number=statement_number(statement),
        issued_on=issued_on,
        due_on=statement.run.execute_on,
        first_on=days[0],
        last_on=days[1],
        seller=_seller(statement),
        buyer=_buyer(statement),
        exemption=_exemption(services, issued_on),
        lines=lines,
        notes=[gettext("Self-billing: the buyer has written this invoice for the seller.")],
        terms=_terms(statement),
        settled_cents=_settled(statement, total),
        to_pay=ToPay(payment.iban, payment.bic, payment.reference) if payment else None,
        preceding=_preceding(statement, corrected),
    )


def _settled(statement: Statement, total: int) -> int:
    """How much of the invoice's sum is set off instead of paid, in cents.

    Money that the bank returned belongs to the earlier invoice, which it leaves open. Of a credit
    note nothing is paid back: what later statements still subtract is open, the rest is settled.
    """
    if total >= 0:
        return total - min(total, statement.payment_cents)
    return -total - min(-total, -statement.carried_out_cents)


def _work(one: Worked, language: str) -> InvoiceLine:
    line = one.line
    product = half_up_div(line.quantity_hundredths * line.price_cents, 100)
    rest = line.cents - (product - one.self_pay_cents)
    parts = []
    if one.self_pay_cents:
        own = gettext("The client's own part, which the seller charges from the client")
        parts.append(Part(own, -one.self_pay_cents))
    if rest:
        # Every visit is rounded by itself; beyond that the price is above what anybody pays.
        words = (
            gettext("Rounding of each visit")
            if abs(rest) <= line.visits
            else gettext("Part of the price above what is paid for the service")
        )
        parts.append(Part(words, rest))
    return InvoiceLine(
        name=named(line.service.names, language),
        description=named(line.band.names, language),
        code=line.service.code,
        order=str(line.order_id),
        quantity_hundredths=line.quantity_hundredths,
        unit=line.service.unit,
        price_cents=line.price_cents,
        parts=parts,
    )


def _taken_back(corrected: Sequence[Corrected], language: str) -> list[InvoiceLine]:
    """Corrections by order and cause; what cancels out is left out."""
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    services: dict[int, Service] = {}
    for one in corrected:
        visit = one.correction.visit
        sums[visit.order_id, one.correction.cause] += one.correction.cents
        services[visit.order_id] = visit.order.service
    return [
        InvoiceLine(
            name=named(services[order].names, language),
            description=gettext("Correction of visits: %(cause)s") % {"cause": cause_words(cause)},
            code=services[order].code,
            order=str(order),
            quantity_hundredths=100 if cents > 0 else -100,
            unit="visit",
            price_cents=abs(cents),
        )
        for (order, cause), cents in sorted(sums.items())
        if cents
    ]


def _days_of(corrected: Sequence[Corrected]) -> tuple[date, date]:
    days = [one.correction.visit.served_on for one in corrected]
    return min(days), max(days)


def _preceding(statement: Statement, corrected: Sequence[Corrected]) -> list[Preceding]:
    """The statements in which the corrected visits were paid first, but for this one."""
    earlier = {one.settled_in_id for one in corrected} - {statement.pk}
    rows = Statement.objects.filter(pk__in=earlier).select_related("organiser", "run")
    return [
        Preceding(statement_number(one), timezone.localtime(one.run.approved_at).date())
        for one in rows.order_by("pk")
    ]


def _terms(statement: Statement) -> str:
    if statement.payment_cents:
        words = [gettext("Paid by the buyer on the due day.")]
    else:
        words = [gettext("Nothing is paid for this statement.")]
    return " ".join([*words, *balance_words(statement)])


def _exemption(services: Sequence[Service], on: date) -> Exemption:
    """On what grounds nothing is taxed, as the law stands on the day of the invoice."""
    social = any(one.sector == SOCIAL for one in services)
    health = any(one.sector != SOCIAL for one in services)
    sections = []
    for sector, is_there in (("social", social), ("health", health)):
        if is_there:
            sections += figure(f"vat_exemption.{sector}", on).value
    codes = figure("vat_exemption.directive_codes", on).value
    reason = gettext("Exempt from value added tax: VAT act 1501/1993, %(sections)s") % {
        "sections": ", ".join(sections)
    }
    return Exemption(reason, codes[1 if health else 0])


def _seller(statement: Statement) -> Party:
    provider = statement.provider
    ovt = OVT_OF_FINLAND + provider.business_id.replace("-", "")
    return _party(provider.name, provider.business_id, ovt, provider.postal_address)


def _buyer(statement: Statement) -> Party:
    organiser = statement.organiser
    name = organiser.name(statement.run.programme.language)
    return _party(name, organiser.business_id, organiser.ovt, organiser.postal_address)


def _party(name: str, business_id: str, ovt: str, address: dict[str, str]) -> Party:
    return Party(
        name=name,
        business_id=business_id,
        ovt=ovt,
        street=f"{address.get('street', '')} {address.get('building_number', '')}".strip(),
        postcode=address.get("postcode", ""),
        town=address.get("town", ""),
        country=address.get("country", "FI"),
    )
