"""The service tray: what a client can choose, when it is given, and what it costs."""

from typing import Annotated, Literal

from pydantic import Field

from valinta.programmes.pack.schema_base import (
    Cents,
    Dated,
    EasyText,
    Facts,
    Flag,
    Grounded,
    Minute,
    Names,
    Slug,
    Text,
)

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class BandWindowFacts(Facts):
    """Hours of some weekdays. A public holiday is in a window only when `holidays` is true."""

    weekdays: tuple[Weekday, ...] = Field(
        description="Weekdays that are not public holidays; an empty list for holidays only."
    )
    from_minute: Minute = Field(alias="from", description="First minute that is in the window.")
    to_minute: Minute = Field(alias="to", description="First minute that is no longer in it.")
    holidays: Flag = Field(description="Whether these hours of every public holiday are in it.")


class TimeBandFacts(Facts):
    """A named part of the week with its own price. A moment is in at most one band of a service."""

    code: Slug = Field(description="Code of the band.")
    names: Names = Field(description="What the band is called.")
    windows: Annotated[tuple[BandWindowFacts, ...], Field(min_length=1)] = Field(
        description="The hours that make up the band; night is two windows, split at midnight."
    )


class LegalBasisFacts(Grounded):
    """The act a service is given under. The source is needed when a section is named."""

    act: Slug = Field(description="Code of an act in programme.yaml.")
    section: Text | None = Field(default=None, description="Section of the act, where sourced.")


class ServiceFacts(Facts):
    """A service in the tray."""

    code: Slug = Field(description="Code of the service.")
    names: Names = Field(description="What the service is called.")
    easy: EasyText = Field(description="What it is, in one easy sentence.")
    unit: Literal["hour", "visit", "day", "week", "month"] = Field(
        description="What one unit of it is."
    )
    bands: Annotated[tuple[Slug, ...], Field(min_length=1)] = Field(
        description="Codes of the time bands it is given in."
    )
    legal_basis: LegalBasisFacts = Field(description="Act, and section where it is sourced.")
    duty_type: Literal["universal", "appropriation", "subjective"] = Field(
        description="`subjective`: a right that an empty budget never stops; `appropriation`:"
        " within the money set aside; `universal`: for every resident who needs it."
    )
    fee_type: Literal["free_by_law", "monthly_fee", "service_fee", "own_payment"] = Field(
        description="`free_by_law`: the client pays nothing; `monthly_fee`: counts to the monthly"
        " home care fee; `service_fee`: a fee of its own; `own_payment`: what a voucher leaves."
    )
    sector_hint: Literal["social", "health"] = Field(
        description="Which side of social and health care it is on, for the joint plan."
    )
    can_be_mandatory: Flag = Field(
        description="Whether it can be fixed in a client's budget so its money is kept for it."
    )
    instruments: Annotated[tuple[Slug, ...], Field(min_length=1)] = Field(
        description="Codes of the instruments it can be paid with."
    )
    ways_of_organising: Annotated[
        tuple[
            Literal["budget", "voucher", "own_service", "purchased_service", "employer_model"], ...
        ],
        Field(min_length=1),
    ] = Field(description="Ways a plan line for it can be organised.")


class PriceFacts(Dated):
    """A price of one unit of a service in one time band."""

    service: Slug = Field(description="Code of the service.")
    band: Slug = Field(description="Code of the time band.")
    kind: Literal["reference", "ceiling"] = Field(
        description="`reference`: for estimates and allocation; `ceiling`: the most that"
        " a provider may ask."
    )
    price_cents: Cents = Field(alias="price", description="Price of one unit.")


class VoucherValueFacts(Dated):
    """What a voucher pays at most for one unit of a service in one time band (569/2009)."""

    service: Slug = Field(description="Code of the service.")
    band: Slug = Field(description="Code of the time band.")
    value_cents: Cents = Field(alias="value", description="Full value of one unit.")
    income_tested: Flag = Field(description="Whether the client's income lowers the value.")
    least_cents: Cents | None = Field(
        default=None,
        alias="least",
        description="Value that income never lowers it below; only when income-tested.",
    )
