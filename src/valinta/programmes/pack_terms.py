"""From a pack to what has no days: the organiser's facts and the programme's terms. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_base import Grounded, Slug

GROUNDS = frozenset(Grounded.model_fields)


def terms_of(pack: Pack) -> dict[str, Any]:
    """The lists that are not dated. Instruments that a leg concerns are given by their kind."""
    legs = all_json(pack.eligibility)
    for leg in legs:
        leg["instruments"] = kinds(pack, leg["instruments"])
    return {
        "acts": all_json(pack.acts),
        "appeals": as_json(pack.appeals),
        "approving_bodies": {one.version: as_json(one.approved_by) for one in pack.rulebooks},
        "allocation": {"model": pack.allocation.model, "names": as_json(pack.allocation.names)},
        "casework": as_json(pack.casework),
        "consent": all_json(pack.consent),
        "contact_routes": all_json(pack.contact_routes),
        "coverage": None if pack.coverage is None else as_json(pack.coverage),
        "eligibility": legs,
        "instruments": all_json(pack.instruments),
        "measures": all_json(pack.measures),
        "need_items": all_json(pack.allocation.need_items),
        "prompts": all_json(pack.prompts),
        "providers": as_json(pack.providers),
        "result_instruments": all_json(pack.result_instruments),
        "service_bands": {one.code: list(one.bands) for one in pack.services},
        "target_groups": {one.code: as_json(one.description) for one in pack.target_groups},
    }


def organiser_columns(pack: Pack) -> dict[str, Any]:
    """The organiser's columns, its code among them."""
    facts = pack.organiser
    return {
        "code": facts.code,
        "name_fi": facts.names.fi,
        "name_sv": facts.names.sv,
        "business_id": facts.business_id,
        "ovt": facts.ovt,
        "einvoice_operator_name": facts.e_invoice_operator.name,
        "einvoice_operator_code": facts.e_invoice_operator.code,
        "scanning_address": list(facts.scanning_address.lines),
        "paying_iban": facts.paying_account.iban,
        "paying_bic": facts.paying_account.bic,
        "postal_address": as_json(facts.postal_address, without=GROUNDS),
        "language": pack.default_language,
        "closed_caseload": facts.caseload.closed,
        "opening_days": facts.caseload.opening_days,
    }


def content_of(pack: Pack) -> dict[str, Any]:
    """The whole pack as it is kept with its loading."""
    return as_json(pack)


def kinds(pack: Pack, codes: Iterable[Slug] | None) -> list[str]:
    """The kinds of the instruments, each once; no codes mean all and give an empty list."""
    kind_of = {one.code: str(one.kind) for one in pack.instruments}
    return list(dict.fromkeys(kind_of[code] for code in codes or ()))


def as_json(facts: BaseModel, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A piece of a pack as JSON: days as ISO text, percentages as decimal text."""
    return facts.model_dump(mode="json", exclude=set(without))


def all_json(facts: Iterable[BaseModel]) -> list[dict[str, Any]]:
    """Several pieces of a pack as JSON."""
    return [as_json(one) for one in facts]
