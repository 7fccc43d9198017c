"""Apply with a passport: what a company writes and hands in is kept, and used again elsewhere.

Each organiser gets its own copy and decides for itself; a paper that is too old there is too old.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from stdnum.fi import ytunnus

from valinta.programmes.models import Programme
from valinta.providers.application_actions import (
    Company,
    NotYourApplication,
    PaperFile,
    Shown,
    Wish,
    hand_in,
    save_application,
    start_application,
)
from valinta.providers.levels import Level
from valinta.providers.models import Application, Evidence, Passport, PassportPaper, Worker
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


def passport_of(business_id: str, by: Actor, on: date) -> Passport | None:
    """The newest passport of the company that the actor may use on the day, or None.

    Once the company has people listed, it is for its administrators; before that for its keeper.
    """
    if by.user_id is None or not ytunnus.is_valid(business_id):
        return None
    written = ytunnus.format(ytunnus.compact(business_id))
    listed = Worker.objects.filter(provider__business_id=written)
    kept = Passport.objects.filter(business_id=written).order_by("-kept_at", "-pk")
    admins = listed.filter(level=Level.ADMIN)
    if not admins.exists():
        return kept.filter(keeper_id=by.user_id).first()
    if not admins.filter(user_id=by.user_id, valid__contains=on).exists():
        return None
    return kept.filter(keeper_id__in=admins.values("user_id")).first()


@transaction.atomic
def start_with_passport(
    *,
    programme: Programme,
    business_id: str,
    company_register: Mapping[str, object] | None = None,
    by: Actor,
    at: datetime,
) -> Application:
    """Begin a draft with the facts that the company has kept. Errors as `start_application`."""
    made = start_application(
        programme=programme,
        business_id=business_id,
        company_register=company_register,
        by=by,
        at=at,
    )
    passport = passport_of(made.business_id, by, at.date())
    if passport is None:
        return made
    company = Company(**passport.facts)
    return save_application(
        application=made, version=made.version, company=company, wish=Wish(), by=by, at=at
    )


@transaction.atomic
def save_and_keep(
    *,
    application: Application,
    version: int,
    company: Company,
    wish: Wish,
    by: Actor,
    at: datetime,
) -> Application:
    """Save the draft and keep the company's facts in its passport. Errors as `save_application`."""
    held = save_application(
        application=application, version=version, company=company, wish=wish, by=by, at=at
    )
    if _keeps(held, by):
        kept = _passport(held, by, at)
        kept.facts, kept.kept_at = asdict(company) | {"languages": list(company.languages)}, at
        kept.facts["iban"] = held.iban
        kept.save()
    return held


@transaction.atomic
def hand_in_and_keep(
    *, application: Application, condition: str, shown: Shown, by: Actor, at: datetime
) -> Evidence:
    """Hand in evidence and keep it in the company's passport. Errors as `hand_in`."""
    made = hand_in(application=application, condition=condition, shown=shown, by=by, at=at)
    if _keeps(application, by):
        PassportPaper.objects.create(
            passport=_passport(application, by, at),
            condition=made.condition,
            words=made.words,
            name=made.name,
            content_type=made.content_type,
            content=made.content,
            sha256=made.sha256,
            issued_on=made.issued_on,
            valid_until=made.valid_until,
            kept_at=at,
        )
    return made


@transaction.atomic
def use_paper(
    *, application: Application, paper: PassportPaper, by: Actor, at: datetime
) -> Evidence:
    """Hand in a copy of a paper that the company has kept.

    Raises NotYourApplication for another company's paper; else errors as `hand_in`.
    """
    by.must(Permission.APPLY_AS_PROVIDER, application.organiser_id)
    own = passport_of(application.business_id, by, at.date())
    found = own.papers.filter(pk=paper.pk).first() if own else None
    if found is None:
        raise NotYourApplication("The paper is not this company's, or not yours to use.")
    content = bytes(found.content)
    kept = PaperFile(found.name, found.content_type, content) if found.name else None
    shown = Shown(found.words, kept, found.issued_on, found.valid_until)
    return hand_in(application=application, condition=found.condition, shown=shown, by=by, at=at)


def newest_papers(passport: Passport | None) -> dict[str, PassportPaper]:
    """The newest kept paper of each condition, without the file's content. One query."""
    if passport is None:
        return {}
    return {one.condition: one for one in passport.papers.defer("content").order_by("pk")}


def _keeps(application: Application, by: Actor) -> bool:
    """Whether the actor is the applicant: what the office adds is not the company's to keep."""
    return by.user_id is not None and application.applicant_id == by.user_id


def _passport(application: Application, by: Actor, at: datetime) -> Passport:
    known = passport_of(application.business_id, by, at.date())
    if known is not None:
        return known
    made, _is_new = Passport.objects.get_or_create(
        business_id=application.business_id,
        keeper_id=by.user_id,
        defaults={"kept_at": at},
    )
    return made
