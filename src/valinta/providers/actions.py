"""Write about providers: register one, approve it for a programme, end an approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from stdnum.fi import ytunnus

from valinta.audit.actions import Note, record
from valinta.ledger.kinds import AccountKind
from valinta.ledger.posting import open_account
from valinta.programmes.models import Programme
from valinta.programmes.queries import must_be_open, rulebook_on
from valinta.programmes.ranges import as_range
from valinta.providers.access import must_work_for
from valinta.providers.contact import checked_contact
from valinta.providers.iban import checked_iban
from valinta.providers.models import Approval, Provider, ProviderAccount, Sector
from valinta.shared.periods import Period
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class NotABusinessId(ValueError):
    """The text is not a Finnish business id (Y-tunnus)."""


class SectorNotAdmitted(ValueError):
    """The programme does not admit providers of this sector (HAM-7)."""


class NotInProgramme(ValueError):
    """The municipality does not belong to the programme."""


class NotRegistered(ValueError):
    """A provider needs an entry in a register the programme knows (SIU-8)."""


@transaction.atomic
def register_provider(
    *,
    business_id: str,
    name: str,
    sector: Sector,
    founded_year: int,
    languages: Sequence[str],
    iban: str,
    bic: str = "",
    size_class: str = "micro",
    postal_address: Mapping[str, str] | None = None,
) -> Provider:
    """Add a provider. Raises NotABusinessId or BadIban when a check digit is wrong."""
    if not ytunnus.is_valid(business_id):
        raise NotABusinessId("This is not a business id. Check each digit, the last one too.")
    return Provider.objects.create(
        business_id=business_id,
        name=name,
        sector=sector,
        founded_year=founded_year,
        languages=list(languages),
        iban=checked_iban(iban),
        bic=bic,
        size_class=size_class,
        postal_address=dict(postal_address or {}),
    )


@transaction.atomic
def approve_provider(
    *,
    provider: Provider,
    programme: Programme,
    period: Period,
    register: str,
    register_number: str,
    rulebook_accepted_at: datetime,
    municipality_codes: Sequence[str] | None = None,
    by: Actor,
    at: datetime,
) -> Approval:
    """Approve a provider for a period, on the rulebook version in force (SIU-8).

    Without `municipality_codes` it works everywhere in the programme. Raises ProgrammeClosed,
    NotRegistered, SectorNotAdmitted or NotInProgramme.
    """
    by.must(Permission.APPROVE_PROVIDERS, programme.organiser_id)
    must_be_open(programme, period.starts_on)
    terms = programme.terms.get("providers", {})
    if terms.get("sectors") and provider.sector not in terms["sectors"]:
        raise SectorNotAdmitted(f"The programme does not admit {provider.sector} providers.")
    known = [one["code"] for one in terms.get("registers", [])]
    if not register_number.strip() or (known and register not in known):
        raise NotRegistered(f"Give the number of an entry in one of: {', '.join(known)}.")
    areas = _checked_areas(programme, municipality_codes)
    if not ProviderAccount.objects.filter(
        organiser_id=programme.organiser_id, provider=provider
    ).exists():
        payable = open_account(organiser_id=programme.organiser_id, kind=AccountKind.PAYABLE)
        ProviderAccount.objects.create(
            organiser_id=programme.organiser_id, provider=provider, payable_id=payable
        )
    approval = Approval.objects.create(
        organiser_id=programme.organiser_id,
        programme=programme,
        provider=provider,
        rulebook=rulebook_on(programme, period.starts_on),
        rulebook_accepted_at=rulebook_accepted_at,
        register=register,
        register_number=register_number,
        approved_at=at,
        approved_by_id=by.user_id,
        municipality_codes=areas,
        valid=as_range(period),
    )
    _note(approval, "approve_provider", "", "approved", by, at)
    return approval


@transaction.atomic
def end_approval(
    *, approval: Approval, on: date, reason: str = "", by: Actor, at: datetime
) -> Approval:
    """End an approval from a day on; visits of that day and later are not paid."""
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    approval.end_reason = reason.strip() or approval.end_reason
    approval.valid = as_range(Period(approval.valid.lower, on))
    approval.save()
    _note(approval, "end_approval", "approved", "ended", by, at)
    return approval


@transaction.atomic
def set_areas(
    *, approval: Approval, municipality_codes: Sequence[str] | None, by: Actor, at: datetime
) -> Approval:
    """Say in which municipalities the provider works; None is everywhere in the programme.

    Raises NotInProgramme.
    """
    by.must(Permission.APPROVE_PROVIDERS, approval.organiser_id)
    approval.municipality_codes = _checked_areas(approval.programme, municipality_codes)
    approval.save(update_fields=["municipality_codes"])
    _note(approval, "set_areas", "approved", "approved", by, at)
    return approval


@transaction.atomic
def describe_provider(
    *,
    approval: Approval,
    descriptions: Mapping[str, str],
    contact: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Provider:
    """Write what anyone may read on the provider's page: a text by language, and contacts.

    The provider's own worker or the programme office does it. Raises BadContact.
    """
    must_work_for(
        provider_id=approval.provider_id,
        organiser_id=approval.organiser_id,
        permission=Permission.KEEP_PROVIDER_PAGES,
        by=by,
        at=at,
    )
    provider = Provider.objects.select_for_update().get(pk=approval.provider_id)
    provider.descriptions = {code: text.strip() for code, text in descriptions.items()}
    provider.contact = checked_contact(contact)
    provider.save(update_fields=["descriptions", "contact"])
    _note(approval, "describe_provider", "approved", "approved", by, at)
    return provider


def _checked_areas(programme: Programme, codes: Sequence[str] | None) -> list[str] | None:
    if codes is None:
        return None
    known = set(programme.municipalities.values_list("code", flat=True))
    if not codes or not set(codes) <= known:
        raise NotInProgramme(
            f"Name municipalities of the programme {programme.code}: {', '.join(sorted(known))}."
        )
    return sorted(set(codes))


def _note(approval: Approval, verb: str, before: str, after: str, by: Actor, at: datetime) -> None:
    note = Note(verb, "approval", approval.pk, before, after)
    record(organiser_id=approval.organiser_id, by_id=by.user_id, at=at, notes=[note])
