"""What a programme pays with, how a budget is sized, the rulebook, and who funds it."""

from typing import Annotated, Literal

from pydantic import Field

from valinta.programmes.pack.schema_base import (
    Cents,
    Count,
    Dated,
    Day,
    Facts,
    Grounded,
    Names,
    Percent,
    Slug,
    Text,
    Whole,
)


class InstrumentFacts(Facts):
    """A budget or a voucher that the programme grants."""

    code: Slug = Field(description="Code of the instrument.")
    kind: Literal["budget", "voucher"] = Field(
        description="`budget`: a sum for each month; `voucher`: units of one service."
    )
    names: Names = Field(description="Official name.")
    client_term: Names = Field(description="The word used with clients.")
    carry_over: Literal["none", "to_next_month"] = Field(
        description="What becomes of money that is unspent when a month ends."
    )
    services: Annotated[tuple[Slug, ...], Field(min_length=1)] | None = Field(
        description="Codes of the services it can pay; null: every service that names it."
    )


class UnitCostFacts(Dated):
    """Cost of one unit of a service, for the model `hours_x_unit_cost`."""

    service: Slug = Field(description="Code of the service.")
    cost_cents: Cents = Field(alias="cost", description="Cost of one unit.")


class PointValueFacts(Dated):
    """Monthly value of one point of need, for the model `points_x_euro`."""

    value_cents: Cents = Field(alias="value", description="Budget of a month for each point.")


class PriceShareFacts(Dated):
    """Share of the price of current services, for the model `current_services_price`."""

    percent: Percent = Field(description="Share of the price that becomes the budget.")


class NeedLevelFacts(Facts):
    """One answer to a need item."""

    code: Slug = Field(description="Code of the level.")
    names: Names = Field(description="The answer in words.")
    points: Whole = Field(description="Points it gives.")


class NeedItemFacts(Facts):
    """One item of the programme's own needs instrument, in its own words."""

    code: Slug = Field(description="Code of the item.")
    names: Names = Field(description="What the item asks about.")
    levels: Annotated[tuple[NeedLevelFacts, ...], Field(min_length=2)] = Field(
        description="Answers, from the least need to the most."
    )


class AllocationFacts(Facts):
    """How assessed need becomes the euros of a month's budget."""

    model: Literal["hours_x_unit_cost", "points_x_euro", "current_services_price"] = Field(
        description="`hours_x_unit_cost`: needed units times their cost; `points_x_euro`: points of"
        " need times the value of a point; `current_services_price`: a share of the reference"
        " price of the services used now."
    )
    names: Names = Field(description="The model in words for the client.")
    unit_costs: tuple[UnitCostFacts, ...] = Field(
        default=(), description="Dated unit costs; only for `hours_x_unit_cost`."
    )
    point_values: tuple[PointValueFacts, ...] = Field(
        default=(), description="Dated values of a point; only for `points_x_euro`."
    )
    price_shares: tuple[PriceShareFacts, ...] = Field(
        default=(), description="Dated shares; only for `current_services_price`."
    )
    need_items: tuple[NeedItemFacts, ...] = Field(
        default=(), description="Items that give points; only for `points_x_euro`."
    )


class RulebookParameterFacts(Grounded):
    """The terms of a rulebook that the software enforces. The source is for the whole set."""

    report_within_days: Whole = Field(
        description="Days after a visit within which the provider reports it."
    )
    report_late_with_reason_days: Whole = Field(
        description="Days after a visit within which a late report with a reason is looked at."
    )
    confirm_window_days: Whole = Field(
        description="Days after which a visit counts as confirmed unless the client disputes it."
    )
    dispute_window_days: Whole = Field(
        description="Days after a visit within which the client can dispute it."
    )
    notice_period_days: Whole = Field(
        description="Notice, in days, when a client changes provider."
    )
    cancel_notice_hours: Whole = Field(
        description="Hours before a visit until which the client cancels it without cost."
    )
    price_change_notice_days: Whole = Field(
        description="Notice, in days, of a provider's new price."
    )
    settlement_cycle: Literal["month", "half_month"] = Field(
        description="Period that one settlement run covers."
    )
    payment_days_after_approval: Whole = Field(
        description="Days from a run's approval to the day providers are paid."
    )
    sample_rate_percent: Percent = Field(
        description="Share of accepted visits that is drawn at random for a check."
    )
    sample_max_gap_visits: Count = Field(
        description="A provider's accepted visits of which at least one is drawn for a check."
    )
    sample_new_provider_days: Whole = Field(
        description="Days from its first approval during which a provider is new, for the next key."
    )
    sample_more_percent_new_provider: Percent = Field(
        description="What is added to the share for visits of a new provider."
    )
    sample_more_percent_price_at_ceiling: Percent = Field(
        description="What is added to the share for visits whose price is the programme's ceiling."
    )
    sample_more_percent_no_times: Percent = Field(
        description="What is added to the share for visits reported without their times."
    )
    sample_more_percent_no_code: Percent = Field(
        description="What is added to the share for visits that no code of the client shows."
    )
    visit_files_kept_days: Count = Field(
        description="Days for which a large file of visits and its answers are kept."
    )


class RulebookFacts(Dated):
    """One version of the rulebook (sääntökirja, regelbok). The source is for the dates."""

    version: Text = Field(description="Version, as text.")
    approved_on: Day = Field(description="Day of the meeting that approved it.")
    approved_by: Names = Field(description="The body that approved it.")
    parameters: RulebookParameterFacts = Field(description="Terms the software enforces.")


class FundingFacts(Dated):
    """A source's share of every cost. The shares of a day add up to 100 percent."""

    code: Slug = Field(description="Code of the funding source.")
    names: Names = Field(description="Who pays.")
    percent: Percent = Field(description="Its share of the cost.")
