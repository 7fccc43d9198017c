"""What a client is told before answering a voucher (act 569/2009 section 6), and proof of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from valinta.budgets.actions import give_information
from valinta.budgets.information_actions import record_information
from valinta.budgets.models import Voucher, VoucherInformation
from valinta.budgets.states import InformationWay
from valinta.catalogue.models import Price, VoucherValue
from valinta.plans.models import PlanLine
from valinta.plans.states import Way
from valinta.rules.home_care_fee import FeeResult, monthly_fee
from valinta.rules.law import RuleError
from valinta.rules.voucher import split_price, split_quantity
from valinta.users.actor import Actor

FORM = 1
"""The version of what is told; a change of the words that matters raises it."""
MONTHLY_FEE = "monthly_fee"


@dataclass(frozen=True, slots=True)
class BandValue:
    """What the voucher pays for one unit in a time band, and what it would at full value. Cents."""

    band: dict[str, str]
    cents: int
    full_cents: int


@dataclass(frozen=True, slots=True)
class BandPrice:
    """What one unit costs in a band, and what of it is left to the client. Cents."""

    band: dict[str, str]
    cents: int
    self_pay_cents: int


@dataclass(frozen=True, slots=True)
class ProviderPrices:
    """A provider's prices, and the client's part of a month's quantity in the first band. Cents."""

    provider: str
    business_id: str
    bands: tuple[BandPrice, ...]
    month_self_pay_cents: int


@dataclass(frozen=True, slots=True)
class VoucherFacts:
    """All that is told. `fee_type` says what the service costs a client otherwise.

    `month_hundredths` is the quantity of a month in hundredths of `unit`.
    """

    service: dict[str, str]
    unit: str
    month_hundredths: int
    income_tested: bool
    fee_type: str
    values: tuple[BandValue, ...]
    providers: tuple[ProviderPrices, ...]

    @property
    def is_free_by_law(self) -> bool:
        """Whether the client pays nothing, in whichever way the service is organised."""
        return self.fee_type == "free_by_law"

    @property
    def content(self) -> dict[str, object]:
        """The facts as they are kept as proof."""
        return {"form": FORM, **asdict(self)}

    @property
    def sha256(self) -> str:
        """A name for exactly these facts."""
        text = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def voucher_facts(*, voucher: Voucher, on: date) -> VoucherFacts:
    """The voucher's value, each approved provider's prices with self-payment, and the month.

    Prices are those of the day, or of the voucher's first day when that is later. Providers whose
    price is above the value of a service that is free by law are left out: they cannot be chosen.
    """
    service = voucher.service
    day = max(on, voucher.valid.lower)
    units = {
        band_id: (band, cents)
        for band_id, band, cents in voucher.units.order_by("band_id").values_list(
            "band_id", "band__names", "cents"
        )
    }
    full = {
        one.band_id: one
        for one in VoucherValue.objects.filter(service=service, valid__contains=day)
    }
    month = _month_quantity(voucher)
    return VoucherFacts(
        service=dict(service.names),
        unit=service.unit,
        month_hundredths=month,
        income_tested=any(one.income_tested for one in full.values()),
        fee_type=service.fee_type,
        values=tuple(
            BandValue(dict(band), cents, max(cents, full[band_id].cents if band_id in full else 0))
            for band_id, (band, cents) in units.items()
        ),
        providers=_providers(
            voucher, day, {band_id: cents for band_id, (_, cents) in units.items()}, month
        ),
    )


def inform_of_voucher(
    *, voucher: Voucher, language: str, by: Actor, at: datetime
) -> VoucherInformation:
    """Keep proof that `by` was told the facts of this moment in the language.

    Raises NotYourClient. Told again unchanged, the first proof stays.
    """
    facts = voucher_facts(voucher=voucher, on=at.date())
    return give_information(
        voucher=voucher,
        language=language,
        content=facts.content,
        sha256=facts.sha256,
        by=by,
        at=at,
    )


def record_voucher_information(
    *, voucher: Voucher, way: InformationWay, language: str, by: Actor, at: datetime
) -> VoucherInformation:
    """Keep proof that a worker gave the client the facts of this moment in another way.

    Raises NotRecorded.
    """
    facts = voucher_facts(voucher=voucher, on=at.date())
    return record_information(
        voucher=voucher,
        way=way,
        language=language,
        content=facts.content,
        sha256=facts.sha256,
        by=by,
        at=at,
    )


def fee_otherwise(
    *, facts: VoucherFacts, monthly_income_cents: int, household_size: int, on: date
) -> FeeResult | None:
    """The highest monthly fee of the service organised otherwise, for an income and a household.

    None when the law's formula does not tell: the service has another kind of fee, is not counted
    in hours, or no figures are in force on the day.
    """
    if facts.fee_type != MONTHLY_FEE or facts.unit != "hour":
        return None
    try:
        return monthly_fee(
            monthly_income_cents=monthly_income_cents,
            household_size=household_size,
            service_hours_per_month=Decimal(facts.month_hundredths) / 100,
            on=on,
        )
    except RuleError:
        return None


def _month_quantity(voucher: Voucher) -> int:
    line = PlanLine.objects.filter(
        plan__decisions=voucher.decision_id, service_id=voucher.service_id, way=Way.VOUCHER
    ).first()
    return line.quantity_hundredths if line else 0


def _providers(
    voucher: Voucher, on: date, values: Mapping[int, int], month: int
) -> tuple[ProviderPrices, ...]:
    prices = Price.objects.filter(
        offer__service_id=voucher.service_id,
        offer__valid__contains=on,
        offer__approval__valid__contains=on,
        valid__contains=on,
        superseded_at__isnull=True,
        band_id__in=list(values),
    ).select_related("band", "offer__approval__provider")
    by_offer: dict[int, list[Price]] = {}
    for price in prices.order_by("band_id", "pk"):
        by_offer.setdefault(price.offer_id, []).append(price)
    free = voucher.service.is_free_by_law
    found = [
        _one_provider(own, values, month)
        for own in by_offer.values()
        if not (free and any(price.cents > values[price.band_id] for price in own))
    ]
    # The cheapest to the client comes first; nobody is put before another for any other reason.
    return tuple(sorted(found, key=lambda one: (one.month_self_pay_cents, one.provider)))


def _one_provider(prices: list[Price], values: Mapping[int, int], month: int) -> ProviderPrices:
    provider = prices[0].offer.approval.provider
    bands = []
    for price in prices:
        split = split_price(price.cents, values[price.band_id], free_by_law=False)
        bands.append(BandPrice(dict(price.band.names), price.cents, split.self_pay_cents))
    first = prices[0]
    whole = split_quantity(first.cents, values[first.band_id], month, free_by_law=False)
    return ProviderPrices(provider.name, provider.business_id, tuple(bands), whole.self_pay_cents)
