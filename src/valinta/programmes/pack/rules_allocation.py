"""Checks of the allocation model: its own parameters are there, and no other model's."""

from collections.abc import Iterator

from valinta.programmes.pack.faults import Finding
from valinta.programmes.pack.rules_dates import gaps, period_of, phases_of, span
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_tray import ServiceFacts
from valinta.shared.periods import Period

_PARAMETERS = {
    "unit_costs": "hours_x_unit_cost",
    "point_values": "points_x_euro",
    "need_items": "points_x_euro",
    "price_shares": "current_services_price",
}


def check_allocation(pack: Pack) -> Iterator[Finding]:
    """The model can size a budget on each day of each phase."""
    model = pack.allocation
    for key, owner in _PARAMETERS.items():
        if bool(getattr(model, key)) != (owner == model.model):
            mend = f"add {key}" if owner == model.model else f"remove {key}, which is of {owner}"
            problem = f"{key} and the model {model.model!r} do not go together"
            yield Finding(("allocation", key), problem, mend)
            return
    yield from _check_model(pack)
    for at, item in enumerate(model.need_items):
        points = [level.points for level in item.levels]
        if points != sorted(points):
            problem = f"the points of {item.code!r} go down although need goes up"
            yield Finding(("allocation", "need_items", at, "levels"), problem, "order the levels")


def _check_model(pack: Pack) -> Iterator[Finding]:
    model = pack.allocation
    if model.model == "points_x_euro":
        have = [period_of(one) for one in model.point_values]
        yield from _check_in_force(pack, "point_values", "no value of a point", have)
    elif model.model == "current_services_price":
        have = [period_of(one) for one in model.price_shares]
        yield from _check_in_force(pack, "price_shares", "no share of the price", have)
        for service in _budget_services(pack):
            for band in service.bands:
                have = [
                    period_of(one)
                    for one in pack.prices
                    if (one.service, one.band, one.kind) == (service.code, band, "reference")
                ]
                what = f"no reference price of {service.code!r} in {band!r}"
                yield from _check_in_force(pack, "price_shares", what, have)
    else:
        for service in _budget_services(pack):
            have = [period_of(one) for one in model.unit_costs if one.service == service.code]
            what = f"no unit cost of {service.code!r}"
            yield from _check_in_force(pack, "unit_costs", what, have)


def _budget_services(pack: Pack) -> list[ServiceFacts]:
    budgets = {one.code for one in pack.instruments if one.kind == "budget"}
    return [one for one in pack.services if budgets & set(one.instruments)]


def _check_in_force(pack: Pack, key: str, what: str, have: list[Period]) -> Iterator[Finding]:
    for gap in gaps(phases_of(pack), have):
        problem = f"{what} is in force from {span(gap)}"
        yield Finding(("allocation", key), problem, "add one for those days, or end the phase")
