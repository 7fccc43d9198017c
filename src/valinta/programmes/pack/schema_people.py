"""The organiser of a programme, where and when it runs, and who can join it."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from valinta.programmes.pack.schema_base import (
    Count,
    Dated,
    Day,
    EasyText,
    Facts,
    Flag,
    Form,
    Grounded,
    MunicipalityCode,
    Names,
    Percent,
    Slug,
    Text,
)
from valinta.programmes.pack.schema_casework import CaseloadFacts


class PostalAddressFacts(Grounded):
    """A structured postal address, as ISO 20022 payment files need it."""

    street: Text = Field(description="Street name without the number.")
    building_number: Text = Field(description="Number of the building, as text.")
    postcode: Annotated[str, Field(pattern=r"^[0-9]{5}$"), Form('postcode as text, `"05800"`')] = (
        Field(description="Finnish postcode.")
    )
    town: Text = Field(description="Post town.")
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$"), Form("two letters of ISO 3166-1")] = (
        Field(description="Country.")
    )


class EInvoiceOperatorFacts(Grounded):
    """The operator that carries e-invoices to the organiser."""

    name: Text = Field(description="Name of the operator.")
    code: Text = Field(description="Operator code, as text.")


class ScanningAddressFacts(Grounded):
    """Where a provider sends a bill on paper."""

    lines: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)] = Field(
        description="Address lines as they are written on the envelope."
    )


class PayingAccountFacts(Grounded):
    """The organiser's bank account that providers are paid from."""

    iban: Text = Field(description="IBAN without spaces; its check digits are checked.")
    bic: Text = Field(description="BIC of the bank.")


class OrganiserFacts(Grounded):
    """The public body that organises the services: the tenant. The source is for names and ids."""

    code: Slug = Field(description="Code of the organiser; packs of one organiser share it.")
    names: Names = Field(description="Official names.")
    business_id: Text = Field(description="Business id (Y-tunnus) with hyphen and check digit.")
    ovt: Text = Field(description="OVT code: 0037, the business id's digits, and up to five more.")
    e_invoice_operator: EInvoiceOperatorFacts = Field(description="Operator for e-invoices.")
    scanning_address: ScanningAddressFacts = Field(description="Address for bills on paper.")
    paying_account: PayingAccountFacts = Field(description="Account that payments leave from.")
    postal_address: PostalAddressFacts = Field(description="Structured postal address.")
    caseload: CaseloadFacts = Field(description="Whom the organiser's case managers may open.")


class PhaseFacts(Dated):
    """A period in which the programme is open. Nothing is granted, ordered or paid outside one."""

    code: Slug = Field(description="Code of the phase.")
    status: Literal["trial", "extension", "way_of_organising"] = Field(
        description="What the programme is in this phase."
    )
    names: Names = Field(description="What the phase is called.")


class PopulationFacts(Grounded):
    """Number of residents."""

    count: Count = Field(description="Residents.")
    year: Annotated[int, Strict(), Field(ge=1990, le=2100), Form("year")] = Field(
        description="On 31 December of this year."
    )


class MunicipalityFacts(Grounded):
    """A municipality of the region; the source is for the days it joined and left."""

    code: MunicipalityCode = Field(description="Number of the municipality.")
    names: Names = Field(description="Names of the municipality.")
    population: PopulationFacts = Field(description="Residents, for the coverage figure.")
    decided_on: Day | None = Field(
        default=None, description="Day of the municipality's own decision to join, where known."
    )
    joined_on: Day | None = Field(
        description="First day residents can enrol; null: in the region but not joined."
    )
    left_on: Day | None = Field(
        default=None, description="First day residents can no longer enrol; null: has not left."
    )


class TargetGroupFacts(Grounded):
    """A group of people, fixed in advance, from which clients are picked."""

    code: Slug = Field(description="Code of the group.")
    names: Names = Field(description="What the group is called.")
    description: Names = Field(description="Who belongs to it, in a sentence.")
    municipalities: Annotated[tuple[MunicipalityCode, ...], Field(min_length=1)] | None = Field(
        description="Municipalities that have this group; null: all of them."
    )


class QuotaFacts(Dated):
    """How many clients can be enrolled at one time; others wait in a queue."""

    municipality: MunicipalityCode = Field(description="Whose residents are counted.")
    target_group: Slug | None = Field(description="Group that is counted; null: all groups.")
    places: Count = Field(description="Number of places.")


class ActFacts(Facts):
    """An act of Parliament that entitlements and services rest on."""

    code: Slug = Field(description="Code that services and eligibility legs refer to.")
    number: Annotated[
        str, Field(pattern=r"^[1-9][0-9]{0,3}/[12][0-9]{3}$"), Form('number/year, `"980/2012"`')
    ] = Field(description="Number in the Statutes of Finland.")
    names: Names = Field(description="Name of the act.")


class EligibilityLegFacts(Grounded):
    """One condition of joining. All legs that concern an instrument must hold."""

    code: Slug = Field(description="Code of the leg.")
    names: Names = Field(description="Short name, used when a refusal names the leg.")
    question: Names = Field(description="The question that the case manager answers.")
    kind: Literal["any_of_acts", "yes_no"] = Field(
        description="`any_of_acts`: entitled under at least one of `acts`; `yes_no`: an answer."
    )
    acts: tuple[Slug, ...] = Field(
        default=(), description="Codes of acts to choose from; only for `any_of_acts`."
    )
    ground_required: Flag = Field(description="Whether a written ground must be recorded.")
    instruments: tuple[Slug, ...] | None = Field(
        default=None, description="Codes of instruments the leg concerns; null: all."
    )


class ConsentItemFacts(Facts):
    """One thing that is gone through with the client before consent is recorded."""

    code: Slug = Field(description="Code of the item.")
    text: Names = Field(description="What is gone through, in words for the client.")


class CoverageFacts(Grounded):
    """The share of the region's residents that the programme must cover."""

    at_least_percent: Percent = Field(
        description="Joined municipalities' residents of all residents of the region."
    )


class ContactRouteFacts(Facts):
    """A place that a client's questions go to; each route has its own thread of messages."""

    code: Slug = Field(description="Code of the route.")
    receiver: Literal["provider", "case_manager", "project_office"] = Field(
        description="Who answers."
    )
    names: Names = Field(description="What the route is called on screen.")


class PromptFacts(Grounded):
    """A question that helps a client to write the support plan in their own words."""

    code: Slug = Field(description="Code of the prompt; what was written is kept under it.")
    question: Names = Field(description="The question, in the client's own voice.")
    hint: Names | None = Field(
        default=None, description="What could be told, to help to begin; null: nothing."
    )
    easy: EasyText = Field(description="The question in one easy sentence.")
