"""Twenty-nine more of what a programme has for all of its clients, so that there are thirty."""

from __future__ import annotations

from datetime import date

from tests.unit.web import plan_rows
from tests.unit.web.page_kinds import MORE, grows, months_from
from tests.unit.web.page_rows import copies, first
from tests.unit.web.rows import Scene
from valinta.budgets.models import Voucher
from valinta.catalogue.models import (
    Price,
    ReferencePrice,
    Service,
    VoucherValue,
)
from valinta.ledger.kinds import AccountKind
from valinta.ledger.posting import open_account
from valinta.needs.models import AllocationLine, Need
from valinta.organisers import tenancy
from valinta.plans.models import PlanLine
from valinta.programmes.models import Municipality, Phase, Rulebook, TargetGroup
from valinta.providers.models import Approval, Provider


@grows
def providers(world: Scene) -> None:
    """More providers with an offer and a price, for a budget's service and for the voucher's."""
    plan_rows.providers(world, "ulkoilu", MORE, 2600)
    like = world.offers["kotihoito"]
    found = Provider.objects.filter(business_id__startswith="80000").order_by("pk")
    approvals = Approval.objects.filter(provider__in=found).order_by("pk")
    ids = list(approvals.values_list("pk", flat=True))
    made = copies(like, MORE, approval_id=lambda n: ids[n - 1], rating_count=lambda n: 0)
    price = Price.objects.filter(offer=like).order_by("pk")[0]
    copies(price, MORE, offer_id=lambda n: made[n - 1].pk)


@grows
def services(world: Scene) -> None:
    """Services that are needed, planned, priced and offered."""
    kept = world.services["ulkoilu"]
    made = copies(
        kept,
        MORE,
        code=lambda n: f"palvelu-{n}",
        names=lambda n: {key: f"{name} {n}" for key, name in kept.names.items()},
    )
    for model in (VoucherValue, ReferencePrice):
        copies(first(model), MORE, service_id=lambda n: made[n - 1].pk)
    place = plan_rows.place(world)
    for way in ("budget", "own_service"):
        line = PlanLine.objects.filter(plan__enrolment=place, way=way)[0]
        half = MORE // 2 + 1
        some = made[:half] if way == "budget" else made[half:]
        _by_service(line, some)
    copies(first(Need), MORE, service_id=lambda n: made[n - 1].pk)
    added = AllocationLine.objects.filter(allocation__assessment__enrolment=place)[0]
    copies(added, MORE, service_id=lambda n: made[n - 1].pk, number=lambda n: 100 + n)
    offer = world.offers["ulkoilu"]
    offers = copies(offer, MORE, service_id=lambda n: made[n - 1].pk)
    copies(
        Price.objects.filter(offer=offer).order_by("pk")[0],
        MORE,
        offer_id=lambda n: offers[n - 1].pk,
    )


def _by_service(line: PlanLine, services: list[Service]) -> None:
    copies(line, len(services), service_id=lambda n: services[n - 1].pk)


@grows
def bands(world: Scene) -> None:
    """Times of day with a price and a value of their own."""
    made = copies(
        world.band,
        MORE,
        code=lambda n: f"aika-{n}",
        names=lambda n: {key: f"{name} {n}" for key, name in world.band.names.items()},
    )
    for price in Price.objects.order_by("pk")[: len(world.offers)]:
        copies(price, MORE, band_id=lambda n: made[n - 1].pk, cents=lambda n: 3200 + n)
    voucher = Voucher.objects.filter(enrolment=plan_rows.place(world)).order_by("pk")[0]
    copies(voucher.units.order_by("pk")[0], MORE, band_id=lambda n: made[n - 1].pk)
    for model in (VoucherValue, ReferencePrice):
        like = first(model)
        copies(like, MORE, band_id=lambda n: made[n - 1].pk)
    codes = [world.band.code, *(one.code for one in made)]
    terms = world.programme.terms
    terms["service_bands"] = dict.fromkeys(world.services, codes)
    world.programme.save()


@grows
def programmes(world: Scene) -> None:
    """Programmes of other organisers, each with its phase, rulebook, town and group."""
    like = [first(model) for model in (Phase, Rulebook, Municipality, TargetGroup)]
    others = copies(
        world.organiser, MORE, code=lambda n: f"muu-{n}", business_id=lambda n: f"{9000000 + n}-1"
    )
    with tenancy.scope([world.organiser.pk, *(one.pk for one in others)]):
        own = [one.pk for one in others]
        funds = [open_account(organiser_id=pk, kind=AccountKind.FUNDING) for pk in own]
        made = copies(
            world.programme,
            MORE,
            organiser_id=lambda n: own[n - 1],
            funding_account_id=lambda n: funds[n - 1],
        )
        for row in like:
            copies(
                row,
                MORE,
                organiser_id=lambda n: own[n - 1],
                programme_id=lambda n: made[n - 1].pk,
            )


@grows
def towns(world: Scene) -> None:
    """Towns, groups and phases of the programme."""
    copies(first(Municipality), MORE, code=lambda n: f"{200 + n}")
    copies(first(TargetGroup), MORE, code=lambda n: f"ryhma-{n}")
    begins = months_from(date(2021, 9, 1))
    copies(
        first(Phase),
        MORE,
        code=lambda n: f"vaihe-{n}",
        valid=lambda n: (begins[n], begins[n + 1]),
    )
