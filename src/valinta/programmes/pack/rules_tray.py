"""Checks of the tray and of how a budget is sized: nothing can be granted that has no price."""

from collections.abc import Iterator

from valinta.programmes.pack.faults import Finding
from valinta.programmes.pack.rules_allocation import check_allocation
from valinta.programmes.pack.rules_dates import gaps, period_of, phases_of, span
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_tray import (
    BandWindowFacts,
    ServiceFacts,
    TimeBandFacts,
    VoucherValueFacts,
)

_DAY_KINDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")


def check_tray(pack: Pack) -> Iterator[Finding]:
    """Bands, services, prices, voucher values and allocation fit each other."""
    yield from _check_windows(pack)
    yield from _check_bands_of_services(pack)
    yield from _check_ways(pack)
    yield from _check_legs(pack)
    yield from _check_prices_in_force(pack)
    yield from _check_price_bands(pack)
    yield from _check_values(pack)
    yield from check_allocation(pack)


def _check_windows(pack: Pack) -> Iterator[Finding]:
    for at, band in enumerate(pack.time_bands):
        for window_at, window in enumerate(band.windows):
            place = ("time_bands", at, "windows", window_at)
            if window.to_minute <= window.from_minute:
                problem = f"a window of the band {band.code!r} ends before it starts"
                mend = "split a window that goes past midnight in two: to 24:00, and from 00:00"
                yield Finding((*place, "to"), problem, mend)
            if not window.weekdays and not window.holidays:
                problem = f"a window of the band {band.code!r} holds no day"
                yield Finding(place, problem, "name weekdays, or set holidays: true")


def _check_bands_of_services(pack: Pack) -> Iterator[Finding]:
    """A moment belongs to one band of a service at most; otherwise its price is not one."""
    bands = {band.code: band for band in pack.time_bands}
    for at, service in enumerate(pack.services):
        known = [bands[code] for code in service.bands if code in bands]
        for position, band in enumerate(known):
            for other in known[:position]:
                if _share_a_minute(band, other):
                    yield Finding(
                        ("services", at, "bands"),
                        f"the bands {other.code!r} and {band.code!r} of {service.code!r} overlap",
                        "let each hour of the week and of holidays be in one band only",
                    )


def _share_a_minute(one: TimeBandFacts, other: TimeBandFacts) -> bool:
    return any(
        mine.from_minute < theirs.to_minute
        and theirs.from_minute < mine.to_minute
        and _day_kinds(mine) & _day_kinds(theirs)
        for mine in one.windows
        for theirs in other.windows
    )


def _day_kinds(window: BandWindowFacts) -> set[str]:
    return {*window.weekdays, *(("holiday",) if window.holidays else ())}


def _kinds_of(pack: Pack, service: ServiceFacts) -> set[str]:
    return {one.kind for one in pack.instruments if one.code in service.instruments}


def _check_ways(pack: Pack) -> Iterator[Finding]:
    """Instruments and ways of organising agree, and no voucher is the only way (569/2009)."""
    for at, service in enumerate(pack.services):
        kinds, ways = _kinds_of(pack, service), set(service.ways_of_organising)
        place = ("services", at, "ways_of_organising")
        for kind in sorted(kinds ^ (ways & {"budget", "voucher"})):
            problem = f"{service.code!r} names {kind} in only one of its instruments and ways"
            yield Finding(place, problem, f"add {kind} to the other list, or remove it")
        if not ways & {"own_service", "purchased_service"}:
            yield Finding(
                place,
                f"a client who declines has no other way to get {service.code!r}",
                "add own_service or purchased_service: a voucher or budget can be refused",
            )
        if service.can_be_mandatory and "budget" not in kinds:
            yield Finding(
                ("services", at, "can_be_mandatory"),
                f"{service.code!r} can be mandatory but cannot be paid with a budget",
                "name a budget among its instruments, or write can_be_mandatory: false",
            )
        for code in service.instruments:
            yield from _check_listed(pack, at, service, code)


def _check_listed(pack: Pack, at: int, service: ServiceFacts, code: str) -> Iterator[Finding]:
    for instrument in pack.instruments:
        listed = instrument.services is None or service.code in instrument.services
        if instrument.code == code and not listed:
            yield Finding(
                ("services", at, "instruments"),
                f"{service.code!r} names {code!r}, whose own list of services leaves it out",
                "add the service to the instrument in programme.yaml, or remove the instrument",
            )


def _check_legs(pack: Pack) -> Iterator[Finding]:
    for at, leg in enumerate(pack.eligibility):
        if (leg.kind == "any_of_acts") != bool(leg.acts):
            yield Finding(
                ("eligibility", at, "acts"),
                f"the leg {leg.code!r} of kind {leg.kind} has {len(leg.acts)} acts",
                "name acts for any_of_acts, and none for yes_no",
            )


def _check_prices_in_force(pack: Pack) -> Iterator[Finding]:
    """Each service has a price or a voucher value, as its instruments need, on each open day."""
    phases = phases_of(pack)
    for at, service in enumerate(pack.services):
        kinds = _kinds_of(pack, service)
        for band in service.bands:
            priced = [
                period_of(one)
                for one in pack.prices
                if (one.service, one.band) == (service.code, band)
            ]
            valued = [
                period_of(one)
                for one in pack.voucher_values
                if (one.service, one.band) == (service.code, band)
            ]
            for kind, have, what in (
                ("budget", priced, "price"),
                ("voucher", valued, "voucher value"),
            ):
                for gap in gaps(phases, have) if kind in kinds else ():
                    yield Finding(
                        ("services", at),
                        f"{service.code!r} in {band!r} has no {what} from {span(gap)}",
                        f"add a {what} for those days, or end the phase",
                    )


def _check_price_bands(pack: Pack) -> Iterator[Finding]:
    bands = {one.code: one.bands for one in pack.services}
    rows = [(("prices", at), one.service, one.band) for at, one in enumerate(pack.prices)]
    rows += [
        (("voucher_values", at), one.service, one.band)
        for at, one in enumerate(pack.voucher_values)
    ]
    for place, service, band in rows:
        if service in bands and band not in bands[service]:
            yield Finding(
                (*place, "band"),
                f"{service!r} is not given in the band {band!r}",
                f"use one of {', '.join(bands[service])}, or add the band to the service",
            )


def _check_values(pack: Pack) -> Iterator[Finding]:
    services = {one.code: one for one in pack.services}
    for at, value in enumerate(pack.voucher_values):
        place = ("voucher_values", at)
        if value.income_tested != (value.least_cents is not None):
            yield Finding(
                (*place, "least"),
                "only an income-tested value has a least value, and it always has one",
                "add least: to an income-tested value, or remove it from a flat one",
            )
        if value.least_cents is not None and value.least_cents > value.value_cents:
            yield Finding((*place, "least"), "the least value is above the full value", "lower it")
        service = services.get(value.service)
        if service is not None and service.fee_type == "free_by_law":
            yield from _check_free(pack, at, value)


def _check_free(pack: Pack, at: int, value: VoucherValueFacts) -> Iterator[Finding]:
    """Voucher act 569/2009: a service that is free by law leaves the client nothing to pay."""
    place = ("voucher_values", at)
    if value.income_tested:
        problem = f"{value.service!r} is free by law, so income cannot lower its voucher"
        yield Finding((*place, "income_tested"), problem, "write income_tested: false")
    for price in pack.prices:
        same = (price.service, price.band) == (value.service, value.band)
        higher = price.price_cents > value.value_cents
        if same and higher and period_of(price).overlaps(period_of(value)):
            yield Finding(
                (*place, "value"),
                f"{value.service!r} is free by law, but its {price.kind} price is higher",
                "raise the value to the price, or lower the price",
            )
