"""Checks that what is referred to exists in the pack."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from valinta.programmes.pack.faults import Finding, Place
from valinta.programmes.pack.schema import Pack

_Reference = tuple[Place, str]


def check_references(pack: Pack) -> Iterator[Finding]:
    """Each code that one fact uses for another is the code of something in the pack."""
    services = {one.code for one in pack.services}
    bands = {one.code for one in pack.time_bands}
    instruments = {one.code for one in pack.instruments}
    acts = {one.code for one in pack.acts}
    towns = {one.code for one in pack.municipalities}
    groups = {one.code for one in pack.target_groups}
    yield from _missing(_services_used(pack), services, "service")
    yield from _missing(_bands_used(pack), bands, "time band")
    yield from _missing(_instruments_used(pack), instruments, "instrument")
    yield from _missing(_acts_used(pack), acts, "act")
    yield from _missing(_towns_used(pack), towns, "municipality")
    yield from _missing(_groups_used(pack), groups, "target group")


def _missing(used: Iterable[_Reference], known: set[str], what: str) -> Iterator[Finding]:
    for place, code in used:
        if code in known:
            continue
        near = get_close_matches(code, sorted(known), n=1)
        mend = (
            f"did you mean {near[0]!r}? Otherwise add it" if near else "add it, or correct the code"
        )
        yield Finding(place, f"there is no {what} with the code {code!r} in the pack", mend)


def _each(place: Place, codes: Iterable[str] | None) -> Iterator[_Reference]:
    for at, code in enumerate(codes or ()):
        yield (*place, at), code


def _services_used(pack: Pack) -> Iterator[_Reference]:
    for at, instrument in enumerate(pack.instruments):
        yield from _each(("instruments", at, "services"), instrument.services)
    for at, cost in enumerate(pack.allocation.unit_costs):
        yield ("allocation", "unit_costs", at, "service"), cost.service
    for at, price in enumerate(pack.prices):
        yield ("prices", at, "service"), price.service
    for at, value in enumerate(pack.voucher_values):
        yield ("voucher_values", at, "service"), value.service


def _bands_used(pack: Pack) -> Iterator[_Reference]:
    for at, service in enumerate(pack.services):
        yield from _each(("services", at, "bands"), service.bands)
    for at, price in enumerate(pack.prices):
        yield ("prices", at, "band"), price.band
    for at, value in enumerate(pack.voucher_values):
        yield ("voucher_values", at, "band"), value.band


def _instruments_used(pack: Pack) -> Iterator[_Reference]:
    for at, service in enumerate(pack.services):
        yield from _each(("services", at, "instruments"), service.instruments)
    for at, leg in enumerate(pack.eligibility):
        yield from _each(("eligibility", at, "instruments"), leg.instruments)


def _acts_used(pack: Pack) -> Iterator[_Reference]:
    for at, service in enumerate(pack.services):
        yield ("services", at, "legal_basis", "act"), service.legal_basis.act
    for at, leg in enumerate(pack.eligibility):
        yield from _each(("eligibility", at, "acts"), leg.acts)


def _towns_used(pack: Pack) -> Iterator[_Reference]:
    for at, group in enumerate(pack.target_groups):
        yield from _each(("target_groups", at, "municipalities"), group.municipalities)
    for at, quota in enumerate(pack.quotas):
        yield ("quotas", at, "municipality"), quota.municipality


def _groups_used(pack: Pack) -> Iterator[_Reference]:
    for at, quota in enumerate(pack.quotas):
        if quota.target_group is not None:
            yield ("quotas", at, "target_group"), quota.target_group
