"""From a pack to the rows of its programme. Pure: the same pack gives the same rows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from valinta.programmes import rows
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_base import Dated
from valinta.programmes.pack.schema_tray import ServiceFacts
from valinta.programmes.pack_terms import GROUNDS, all_json, as_json, kinds
from valinta.programmes.past import Fact, stretches
from valinta.programmes.rows import Row, Table
from valinta.shared.periods import Period

SOURCE_LENGTH = 400


def rows_of(pack: Pack) -> dict[Table, list[Row]]:
    """Every row that the programme has in the database, by table, in the order of the pack."""
    return {
        rows.GROUPS: [
            _row(
                rows.GROUPS,
                code=one.code,
                names=as_json(one.names),
                municipality_codes=None if one.municipalities is None else list(one.municipalities),
            )
            for one in pack.target_groups
        ],
        rows.BANDS: [
            _row(rows.BANDS, code=one.code, names=as_json(one.names), rule=all_json(one.windows))
            for one in pack.time_bands
        ],
        rows.SERVICES: [_service(pack, one) for one in pack.services],
        **_membership_rows(pack),
        **_term_rows(pack),
        **_money_rows(pack),
    }


def _service(pack: Pack, one: ServiceFacts) -> Row:
    acts = {act.code: act for act in pack.acts}
    act = acts[one.legal_basis.act]
    return _row(
        rows.SERVICES,
        code=one.code,
        names=as_json(one.names),
        easy=as_json(one.easy),
        sector=one.sector_hint,
        unit=one.unit,
        legal_basis={
            "act": act.number,
            "names": as_json(act.names),
            "section": one.legal_basis.section,
        },
        duty=one.duty_type,
        fee_type=one.fee_type,
        can_be_mandatory=one.can_be_mandatory,
        instruments=kinds(pack, one.instruments),
        ways=list(one.ways_of_organising),
    )


def _membership_rows(pack: Pack) -> dict[Table, list[Row]]:
    return {
        rows.PHASES: [
            _row(rows.PHASES, one, code=one.code, status=one.status, names=as_json(one.names))
            for one in pack.phases
        ],
        rows.MUNICIPALITIES: [
            _row(
                rows.MUNICIPALITIES,
                None if one.joined_on is None else Period(one.joined_on, one.left_on),
                code=one.code,
                names=as_json(one.names),
                population=one.population.count,
                population_year=one.population.year,
            )
            for one in pack.municipalities
        ],
        rows.QUOTAS: [
            _row(
                rows.QUOTAS,
                one,
                municipality_code=one.municipality,
                target_group_code=one.target_group or "",
                places=one.places,
            )
            for one in pack.quotas
        ],
    }


def _term_rows(pack: Pack) -> dict[Table, list[Row]]:
    return {
        rows.RULEBOOKS: [
            _row(
                rows.RULEBOOKS,
                one,
                version=one.version,
                approved_on=one.approved_on,
                approved_by_body=getattr(one.approved_by, pack.default_language),
                parameters=as_json(one.parameters, without=GROUNDS),
            )
            for one in pack.rulebooks
        ],
        rows.FUNDING: [
            _row(
                rows.FUNDING,
                one,
                source=one.code,
                names=as_json(one.names),
                share=_hundredths(one.percent),
            )
            for one in pack.funding
        ],
        rows.ALLOCATION: list(_allocation(pack)),
    }


def _money_rows(pack: Pack) -> dict[Table, list[Row]]:
    return {
        rows.PRICES: [
            _row(
                rows.PRICES,
                one,
                service=one.service,
                band=one.band,
                kind=one.kind,
                cents=one.price_cents,
                **_ground(one),
            )
            for one in pack.prices
        ],
        rows.VOUCHER_VALUES: [
            _row(
                rows.VOUCHER_VALUES,
                one,
                service=one.service,
                band=one.band,
                cents=one.value_cents,
                income_tested=one.income_tested,
                least_cents=one.least_cents,
                **_ground(one),
            )
            for one in pack.voucher_values
        ],
    }


def _allocation(pack: Pack) -> Iterator[Row]:
    """A row for each stretch of days on which every figure of the model stays the same."""
    model = pack.allocation
    dated = [
        *(_figure(one, {"unit_cents": {one.service: one.cost_cents}}) for one in model.unit_costs),
        *(_figure(one, {"cents_per_point": one.value_cents}) for one in model.point_values),
        *(_figure(one, {"share": _hundredths(one.percent)}) for one in model.price_shares),
    ]
    for part in stretches(dated):
        parameters: dict[str, Any] = {}
        for fact in dated:
            if fact.period.covers(part):
                _add(parameters, fact.says)
        if model.need_items:
            parameters["items"] = all_json(model.need_items)
        yield _row(rows.ALLOCATION, part, model=model.model, parameters=parameters)


def _figure(one: Dated, says: Mapping[str, Any]) -> Fact:
    return Fact("figure", Period(one.starts_on, one.ends_on), says)


def _add(parameters: dict[str, Any], says: Mapping[str, Any]) -> None:
    for name, value in says.items():
        if isinstance(value, Mapping):
            parameters.setdefault(name, {}).update(value)
        else:
            parameters[name] = value


def _row(table: Table, when: Dated | Period | None = None, /, **columns: Any) -> Row:
    period = Period(when.starts_on, when.ends_on) if isinstance(when, Dated) else when
    key, value, words = (
        {name: columns.pop(name) for name in names}
        for names in (table.key, table.value, table.words)
    )
    return Row(table, key, period, value, words)


def _ground(one: Dated) -> dict[str, Any]:
    """The source of a figure, or why it was assumed; the whole text is kept with the loading."""
    text = one.source or one.why or ""
    return {
        "source": textwrap.shorten(text, SOURCE_LENGTH, placeholder=" …"),
        "assumed": one.assumed,
    }


def _hundredths(percent: Decimal) -> int:
    """A percentage in hundredths of a per cent. A finer one cannot be kept, and is refused."""
    hundredths = percent * 100
    if hundredths != int(hundredths):
        raise ShareTooFine(
            f"The share of {percent} per cent is finer than a hundredth of a per cent."
            " Write it with two decimals at most."
        )
    return int(hundredths)


class ShareTooFine(ValueError):
    """A percentage has more than two decimals."""
