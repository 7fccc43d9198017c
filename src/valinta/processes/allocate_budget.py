"""From a completed assessment to a sum for a month, by the programme's own model and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from valinta.catalogue.models import ReferencePrice, Service
from valinta.catalogue.queries import voucher_values_on
from valinta.needs.actions import LineMade, save_allocation
from valinta.needs.models import Allocation, Assessment, Need
from valinta.programmes.queries import allocation_rule_on, must_be_open
from valinta.rules.allocation import AllocationInput, allocate
from valinta.shared.money import Money, half_up_div
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NoAllocationRule(LookupError):
    """The programme has no way to turn needs into euros on the day."""


class NoReferencePrice(LookupError):
    """The model prices services as they are now, and a service has no price on the day."""


@transaction.atomic
def allocate_budget(*, assessment: Assessment, by: Actor, at: datetime) -> Allocation:
    """Compute the month's sum from the needs, and keep every line of the computation (KEU-4).

    Raises ProgrammeClosed, NoAllocationRule, NoReferencePrice or a RuleError of the rules.
    """
    by.must(Permission.ASSESS_NEEDS, assessment.organiser_id)
    programme, on = assessment.enrolment.programme, at.date()
    must_be_open(programme, on)
    rule = allocation_rule_on(programme, on)
    if rule is None:
        raise NoAllocationRule(f"The programme {programme.code} has no allocation rule on {on}.")
    needs = list(assessment.needs.select_related("service").order_by("id"))
    inputs = [_input(need, rule.model, rule.parameters, on) for need in needs]
    made = allocate(model=rule.model, lines=inputs, parameters=rule.parameters)
    lines = [
        LineMade(
            service=need.service,
            explanation=rule.model,
            quantity_hundredths=line.quantity_hundredths,
            unit_cents=line.unit_cents,
            amount=Money(line.cents),
            mandatory=need.mandatory,
        )
        for need, line in zip(needs, made, strict=True)
    ]
    return save_allocation(assessment=assessment, rule=rule, lines=lines, by=by, at=at)


def _input(need: Need, model: str, parameters: Mapping[str, Any], on: date) -> AllocationInput:
    unit = None
    if model == "current_services_price":
        share = int(parameters.get("share", 10_000))
        unit = half_up_div(reference_cents(need.service, on) * share, 10_000)
    elif model == "hours_x_unit_cost" and need.service.code not in parameters["unit_cents"]:
        unit = reference_cents(need.service, on)
    return AllocationInput(
        code=need.service.code,
        quantity_hundredths=need.quantity_hundredths,
        unit_cents=unit,
        points=need.points,
        mandatory=need.mandatory,
    )


def reference_cents(service: Service, on: date) -> int:
    """What a unit of the service costs on the day, in cents.

    The programme's reference price of the first band, else its ceiling; a service that is only
    given by voucher costs what the voucher is worth. Raises NoReferencePrice.
    """
    prices = ReferencePrice.objects.filter(service=service, valid__contains=on)
    price = prices.order_by("-kind", "band_id").first()
    if price is not None:
        return price.cents
    for value in voucher_values_on(service, on):
        return value.cents
    raise NoReferencePrice(
        f"The service {service.code} has neither a reference price nor a voucher value on {on}."
    )
