"""The programme pack: everything that makes one region's programme differ from another.

A pack is a folder with two files. `programme.yaml` says who organises the programme, where, when,
for whom and on which terms (`ProgrammeFacts`); `services.yaml` says what can be chosen and what it
costs (`TrayFacts`). Read together they are one `Pack`.
"""

from typing import Annotated, Literal

from pydantic import Field

from valinta.programmes.pack.schema_appeals import AppealsFacts
from valinta.programmes.pack.schema_base import Facts, Form, Names, Slug
from valinta.programmes.pack.schema_casework import CaseworkFacts
from valinta.programmes.pack.schema_measures import MeasureFacts
from valinta.programmes.pack.schema_people import (
    ActFacts,
    ConsentItemFacts,
    ContactRouteFacts,
    CoverageFacts,
    EligibilityLegFacts,
    MunicipalityFacts,
    OrganiserFacts,
    PhaseFacts,
    PromptFacts,
    QuotaFacts,
    TargetGroupFacts,
)
from valinta.programmes.pack.schema_providers import ProviderTermsFacts
from valinta.programmes.pack.schema_results import ResultInstrumentFacts
from valinta.programmes.pack.schema_terms import (
    AllocationFacts,
    FundingFacts,
    InstrumentFacts,
    RulebookFacts,
)
from valinta.programmes.pack.schema_tray import (
    PriceFacts,
    ServiceFacts,
    TimeBandFacts,
    VoucherValueFacts,
)

PROGRAMME_FILE = "programme.yaml"
TRAY_FILE = "services.yaml"


class ProgrammeFacts(Facts):
    """The contents of `programme.yaml`."""

    pack_format: Annotated[Literal[1], Form("`1`")] = Field(
        description="Version of this format; always 1."
    )
    code: Slug = Field(description="Code of the programme; the same as the folder's name.")
    names: Names = Field(description="What the programme is called.")
    default_language: Literal["fi", "sv"] = Field(
        description="Language a client is met in when nothing else is known."
    )
    organiser: OrganiserFacts = Field(description="Who organises the services and pays.")
    phases: Annotated[tuple[PhaseFacts, ...], Field(min_length=1)] = Field(
        description="When the programme is open; phases do not overlap."
    )
    municipalities: Annotated[tuple[MunicipalityFacts, ...], Field(min_length=1)] = Field(
        description="The municipalities of the region, joined or not."
    )
    coverage: CoverageFacts | None = Field(
        default=None, description="Share of residents to be covered; null: none is set."
    )
    target_groups: Annotated[tuple[TargetGroupFacts, ...], Field(min_length=1)] = Field(
        description="Groups that clients are picked from."
    )
    quotas: tuple[QuotaFacts, ...] = Field(default=(), description="Places for each municipality.")
    acts: Annotated[tuple[ActFacts, ...], Field(min_length=1)] = Field(
        description="Acts that legs and services refer to."
    )
    eligibility: Annotated[tuple[EligibilityLegFacts, ...], Field(min_length=1)] = Field(
        description="Conditions of joining."
    )
    consent: Annotated[tuple[ConsentItemFacts, ...], Field(min_length=1)] = Field(
        description="Checklist gone through before consent is recorded."
    )
    instruments: Annotated[tuple[InstrumentFacts, ...], Field(min_length=1)] = Field(
        description="Budgets and vouchers that are granted."
    )
    allocation: AllocationFacts = Field(description="How need becomes euros.")
    providers: ProviderTermsFacts = Field(description="Which providers can be approved.")
    rulebooks: Annotated[tuple[RulebookFacts, ...], Field(min_length=1)] = Field(
        description="Versions of the rulebook; one is in force on each day of each phase."
    )
    funding: Annotated[tuple[FundingFacts, ...], Field(min_length=1)] = Field(
        description="Dated shares of cost."
    )
    contact_routes: Annotated[tuple[ContactRouteFacts, ...], Field(min_length=1)] = Field(
        description="Where a client's questions go."
    )
    appeals: AppealsFacts = Field(description="Where a decision is challenged.")
    casework: CaseworkFacts = Field(description="What case managers go by.")
    prompts: Annotated[tuple[PromptFacts, ...], Field(min_length=1)] = Field(
        description="Questions of the support plan, in the order they are asked."
    )
    measures: tuple[MeasureFacts, ...] = Field(default=(), description="Wellbeing measures.")
    result_instruments: tuple[ResultInstrumentFacts, ...] = Field(
        default=(), description="Licensed instruments whose results are shown at the assessment."
    )


class TrayFacts(Facts):
    """The contents of `services.yaml`."""

    time_bands: Annotated[tuple[TimeBandFacts, ...], Field(min_length=1)] = Field(
        description="Parts of the week with their own prices."
    )
    services: Annotated[tuple[ServiceFacts, ...], Field(min_length=1)] = Field(
        description="The services in the tray."
    )
    prices: tuple[PriceFacts, ...] = Field(
        default=(), description="Reference and ceiling prices, dated."
    )
    voucher_values: tuple[VoucherValueFacts, ...] = Field(
        default=(), description="Values of vouchers, dated."
    )


class Pack(ProgrammeFacts, TrayFacts):
    """A whole programme pack, both files read together."""
