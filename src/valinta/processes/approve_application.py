"""Approve a provider's application: the provider, its approval, its offers and its first worker."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from valinta.catalogue.actions import make_offer, set_price
from valinta.catalogue.models import Offer, Service
from valinta.processes.hold_new_prices import hold_new_prices, what_prices_change
from valinta.providers.actions import approve_provider, register_provider, set_areas
from valinta.providers.application_actions import NothingAppliedFor
from valinta.providers.conditions import entries_of, proves
from valinta.providers.deciding_actions import NotWaiting, must_meet_conditions, note_approval
from valinta.providers.levels import Level
from valinta.providers.models import (
    Application,
    ApplicationLine,
    Approval,
    Provider,
    Sector,
    Worker,
)
from valinta.providers.moving import locked_application
from valinta.providers.states import ApplicationState
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.holdings import cover
from valinta.users.models import User
from valinta.users.permissions import Permission, Role


class DayBeforeApplication(ValueError):
    """An approval begins on the day of the decision or later."""


class ApprovedFromLater(ValueError):
    """The provider is approved in the programme already, from a later day on: `starts_on`."""

    def __init__(self, starts_on: date) -> None:
        self.starts_on = starts_on
        super().__init__(
            f"The provider is approved in the programme from {starts_on} on. Choose that day or a"
            " later one, and the services are added to that approval."
        )


class RegisteredMeanwhile(ValueError):
    """Another office has registered the same company at this moment."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What an application is approved for: services by code, where (None: everywhere), when."""

    service_codes: Collection[str]
    municipality_codes: Sequence[str] | None
    period: Period
    grounds: str = ""


@transaction.atomic
def approve_application(
    *,
    application: Application,
    approved: Approved,
    appeal: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Application:
    """Approve for the services, the areas and the days; who applied can then sign in and work.

    A provider that is approved in the programme already gets the services added to that approval.
    Raises NotAllowed, NotWaiting, NothingAppliedFor, DayBeforeApplication, ConditionsNotMet,
    WordsMissing, PriceAboveCeiling, SectorNotAdmitted, NotInProgramme, ProgrammeClosed,
    ApprovedFromLater or RegisteredMeanwhile; then nothing has changed.
    """
    by.must(Permission.APPROVE_PROVIDERS, application.organiser_id)
    held = locked_application(application)
    if held.state != ApplicationState.SENT:
        raise NotWaiting(f"The application is {held.state}; only one that is sent is approved.")
    if approved.period.starts_on < at.date():
        raise DayBeforeApplication("Choose today or a later day for the approval to begin.")
    lines = list(held.lines.filter(service_code__in=approved.service_codes).order_by("pk"))
    if not lines:
        raise NothingAppliedFor("Choose at least one of the services applied for.")
    must_meet_conditions(held, at.date())
    provider = _provider(held)
    approval = _approval(held, provider, approved, by, at)
    for line in lines:
        _offer(held, approval, line, approved.period, by, at)
    if held.applicant_id is not None:
        _let_in(held.applicant_id, held.organiser_id, provider, approved.period.starts_on)
    return note_approval(
        application=held,
        approval=approval,
        service_codes=[line.service_code for line in lines],
        grounds=approved.grounds,
        appeal=appeal,
        by=by,
        at=at,
    )


def _provider(held: Application) -> Provider:
    """The provider of the business id; one known to other organisers keeps its facts."""
    known = Provider.objects.select_for_update().filter(business_id=held.business_id).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            made = register_provider(
                business_id=held.business_id,
                name=held.name,
                sector=Sector(held.sector),
                founded_year=held.founded_year or 0,
                languages=held.languages,
                iban=held.iban,
                bic=held.bic,
                size_class=held.size_class,
                postal_address=held.postal_address,
            )
    except IntegrityError as error:
        if "business_id" not in str(error):
            raise
        # Its bank account and address are now those that the other office looked at.
        raise RegisteredMeanwhile(
            "Another office has registered this company at this moment, with its own facts. Approve"
            " again: the services are then added to the company that is registered."
        ) from error
    made.contact = held.contact
    made.save(update_fields=["contact"])
    return made


def _approval(
    held: Application, provider: Provider, approved: Approved, by: Actor, at: datetime
) -> Approval:
    current = Approval.objects.filter(
        programme=held.programme, provider=provider, valid__contains=approved.period.starts_on
    ).first()
    if current is not None:
        return set_areas(
            approval=current, municipality_codes=approved.municipality_codes, by=by, at=at
        )
    later = Approval.objects.filter(
        programme=held.programme,
        provider=provider,
        valid__overlap=(approved.period.starts_on, approved.period.ends_on),
    ).first()
    if later is not None:
        raise ApprovedFromLater(later.valid.lower)
    seen = [one for one in entries_of(held) if proves(one, at.date())]
    entry = next((one for one in seen if one.register == held.register), None)
    entry = entry or next(iter(seen), None)
    return approve_provider(
        provider=provider,
        programme=held.programme,
        period=approved.period,
        register=entry.register if entry else held.register,
        register_number=entry.number if entry else held.register_number,
        rulebook_accepted_at=held.rulebook_accepted_at or at,
        municipality_codes=approved.municipality_codes,
        by=by,
        at=at,
    )


def _offer(
    held: Application,
    approval: Approval,
    line: ApplicationLine,
    period: Period,
    by: Actor,
    at: datetime,
) -> None:
    service = Service.objects.get(programme=held.programme, code=line.service_code)
    prices = {band: Money(int(cents)) for band, cents in line.prices.items()}
    known = Offer.objects.filter(
        approval=approval, service=service, valid__overlap=(period.starts_on, period.ends_on)
    ).first()
    if known is None:
        make_offer(approval=approval, service=service, prices=prices, period=period, by=by, at=at)
        return
    cents = {band: amount.cents for band, amount in prices.items()}
    rises = what_prices_change(offer=known, prices=cents, period=period)
    for band, amount in prices.items():
        set_price(offer=known, band=band, amount=amount, period=period, by=by, at=at)
    hold_new_prices(rises=rises, by=by, at=at)


def _let_in(applicant_id: int, organiser_id: int, provider: Provider, starts_on: date) -> None:
    """Whoever applied is a worker of the provider: its administrator, when it has none.

    All who work for it get the provider's role with the organiser.
    """
    user = User.objects.get(pk=applicant_id)
    rows = Worker.objects.filter(provider=provider, valid__overlap=(starts_on, None))
    if not rows.filter(user=user).exists():
        level = Level.WORKER if rows.filter(level=Level.ADMIN).exists() else Level.ADMIN
        Worker.objects.create(provider=provider, user=user, level=level, valid=(starts_on, None))
    for one in rows.select_related("user").order_by("pk"):
        cover(
            user=one.user,
            organiser_id=organiser_id,
            role=Role.PROVIDER,
            starts_on=max(starts_on, one.valid.lower),
            ends_on=one.valid.upper,
        )
