"""Writing the checked lines of a price list: offers, prices, and what was known kept as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from valinta.audit.actions import Note, record
from valinta.catalogue.models import Offer, Price
from valinta.processes.import_lines import Deed
from valinta.processes.import_prices import NewPrice, offered
from valinta.programmes.models import Programme
from valinta.programmes.ranges import as_period, as_range
from valinta.providers.models import Approval
from valinta.shared.periods import Period

_AT_A_TIME = 2_000


def write_prices(programme: Programme, good: Sequence[NewPrice], deed: Deed) -> int:
    """Set the prices of checked lines; a service that was not offered is offered from then on."""
    for first in range(0, len(good), _AT_A_TIME):
        part = good[first : first + _AT_A_TIME]
        offers = _offers(programme, part, deed)
        kept = _supersede(part, offers, deed.at)
        made = Price.objects.bulk_create(
            [
                *kept,
                *(
                    Price(
                        organiser_id=programme.organiser_id,
                        offer_id=offers[one.line],
                        band_id=one.band_id,
                        cents=one.cents,
                        valid=as_range(one.period),
                        known_at=deed.at,
                    )
                    for one in part
                ),
            ]
        )
        notes = [
            Note("set_price", "price", one.pk, "", "known", facts={"cents": one.cents})
            for one in made[len(kept) :]
        ]
        record(organiser_id=programme.organiser_id, by_id=deed.by.user_id, at=deed.at, notes=notes)
    return len(good)


def _offers(programme: Programme, part: Sequence[NewPrice], deed: Deed) -> dict[int, int]:
    """The offer of each line, by the line's number; new ones for services not offered before."""
    held = offered(programme)
    first: dict[tuple[int, int], date] = {}
    found: dict[int, int] = {}
    for one in part:
        key, starts_on = (one.approval_id, one.service_id), one.period.starts_on
        fits = [pk for pk, days in held.get(key, ()) if days.contains(starts_on)]
        if fits:
            found[one.line] = fits[0]
        else:
            first[key] = min(first.get(key, starts_on), starts_on)
    made = _new_offers(programme, first, deed)
    return found | {
        one.line: made[one.approval_id, one.service_id] for one in part if one.line not in found
    }


def _new_offers(
    programme: Programme, first: Mapping[tuple[int, int], date], deed: Deed
) -> dict[tuple[int, int], int]:
    """Offers from the first day on to the end of the approval."""
    approvals = Approval.objects.filter(pk__in={approval for approval, _service in first})
    ends = {pk: valid.upper for pk, valid in approvals.values_list("pk", "valid")}
    made = Offer.objects.bulk_create(
        Offer(
            organiser_id=programme.organiser_id,
            approval_id=approval,
            service_id=service,
            valid=as_range(Period(starts_on, ends[approval])),
        )
        for (approval, service), starts_on in first.items()
    )
    notes = [Note("make_offer", "offer", one.pk, "", "offered") for one in made]
    record(organiser_id=programme.organiser_id, by_id=deed.by.user_id, at=deed.at, notes=notes)
    return {(one.approval_id, one.service_id): one.pk for one in made}


def _supersede(part: Iterable[NewPrice], offers: Mapping[int, int], at: datetime) -> list[Price]:
    """Close the known prices that the new ones cover; gives what is left of their days."""
    new: defaultdict[tuple[int, int], list[Period]] = defaultdict(list)
    for one in part:
        new[offers[one.line], one.band_id].append(one.period)
    known = Price.objects.filter(offer_id__in=set(offers.values()), superseded_at__isnull=True)
    covered, kept = [], []
    for old in known:
        rest = [as_period(old.valid)]
        for period in new.get((old.offer_id, old.band_id), ()):
            rest = [left for days in rest for left in days.minus(period)]
        if rest != [as_period(old.valid)]:
            covered.append(old.pk)
            kept += [
                Price(
                    organiser_id=old.organiser_id,
                    offer_id=old.offer_id,
                    band_id=old.band_id,
                    cents=old.cents,
                    valid=as_range(days),
                    known_at=at,
                )
                for days in rest
            ]
    Price.objects.filter(pk__in=covered).update(superseded_at=at)
    return kept
