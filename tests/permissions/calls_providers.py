"""Calls of the verbs of applying, deciding on applications, registers, suspensions and roles."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

from tests.permissions.stage import Stage
from valinta.clients import interest_actions
from valinta.demo.identities import business_id, iban
from valinta.organisers import tenancy
from valinta.processes import approve_application as approving
from valinta.processes import invite_worker as inviting
from valinta.processes.change_accounts import change_accounts
from valinta.providers import account_actions as accounts
from valinta.providers import application_actions as applying
from valinta.providers import company_actions as companies
from valinta.providers import deciding_actions as deciding
from valinta.providers import membership_actions as members
from valinta.providers import passport_actions as passports
from valinta.providers import register_actions as registers
from valinta.providers import suspending_actions as suspending
from valinta.providers.levels import Level
from valinta.providers.models import (
    AccountChange,
    Application,
    ApplicationLine,
    Clarification,
    Evidence,
    Passport,
    PassportPaper,
    RegisterEntry,
    Unit,
    Worker,
)
from valinta.providers.states import ApplicationState, EntryState, SigningRight
from valinta.shared.periods import Period
from valinta.users import role_actions as roles
from valinta.users.actor import Actor
from valinta.users.models import Holding, User
from valinta.users.permissions import Role
from valinta.wishes import actions as wishes
from valinta.wishes.models import TrayRequest

WORDS = applying.Shown(words="Suomi")
SIGNED = applying.Signature("Koe", SigningRight.OWNER)


def application(s: Stage, state: str = "draft") -> Application:
    """An application of the provider's worker, with all its conditions met."""
    sent = state != "draft"
    registers_known = s.side.programme.terms["providers"]["registers"]
    made = Application.objects.create(
        organiser=s.side.organiser, programme=s.side.programme,
        applicant_id=s.side.users["provider"], state=state, business_id=business_id(4_500_000),
        name="Koe", sector="private", founded_year=2015, languages=["fi"],
        iban="FI2112345600000785", postal_address={"town": "Koe"}, contact={"phone": "019 1234"},
        register=registers_known[0]["code"], register_number="R-1", started_at=s.at,
        rulebook_accepted_at=s.at if sent else None,
        sent_at=s.at if sent else None, decide_by=s.at.date() if sent else None,
    )  # fmt: skip
    service = s.offer.service
    ApplicationLine.objects.create(
        organiser=s.side.organiser, application=made, service_code=service.code,
        prices={s.side.programme.terms["service_bands"][service.code][0]: 1},
    )  # fmt: skip
    for one in s.side.programme.terms["providers"]["conditions"]:
        Evidence.objects.create(
            organiser=s.side.organiser, application=made, condition=one["code"], words="Koe",
            state="accepted", handed_at=s.at,
        )  # fmt: skip
    entry(s, made.business_id)
    return made


def entry(s: Stage, company: str) -> RegisterEntry:
    code = s.side.programme.terms["providers"]["registers"][0]["code"]
    return RegisterEntry.objects.create(
        organiser=s.side.organiser, register=code, keeper="national", business_id=company,
        name="Koe", number="R-1", state="may_operate", noted_at=s.at,
        valid=(s.at.date() - timedelta(days=1), None),
    )  # fmt: skip


def asked(s: Stage) -> Clarification:
    return Clarification.objects.create(
        organiser=s.side.organiser, application=application(s, "clarification"),
        questions="Koe?", asked_at=s.at, answer_by=s.later(5).starts_on,
    )  # fmt: skip


def start(s: Stage) -> object:
    return applying.start_application(
        programme=s.side.programme, business_id=business_id(4_600_000), **s.who
    )


def save(s: Stage) -> object:
    return applying.save_application(
        application=application(s), version=1, company=applying.Company(name="Koe"),
        wish=applying.Wish(), **s.who,
    )  # fmt: skip


def hand_in(s: Stage) -> object:
    made = application(s, "sent")
    return applying.hand_in(application=made, condition="languages", shown=WORDS, **s.who)


def send(s: Stage) -> object:
    return applying.send_application(
        application=application(s), accepts_rulebook=True, signature=SIGNED, **s.who
    )


def answer(s: Stage) -> object:
    return applying.answer_clarification(clarification=asked(s), answer="Koe", **s.who)


def withdraw(s: Stage) -> object:
    return applying.withdraw_application(application=application(s), **s.who)


def _member(s: Stage) -> Worker:
    return Worker.objects.get(user_id=s.side.users["company's worker"])


def list_worker(s: Stage) -> object:
    return members.add_worker(
        provider=s.order().provider, organiser_id=s.side.organiser.pk, level=Level.OFFICE,
        user=User.objects.get(pk=s.side.users["another provider"]), period=Period(s.at.date()),
        **s.who,
    )  # fmt: skip


def change_level(s: Stage) -> object:
    return members.change_level(
        worker=_member(s), level=Level.OFFICE, organiser_id=s.side.organiser.pk, **s.who
    )


def change_unit(s: Stage) -> object:
    row = _member(s)
    unit = Unit.objects.create(
        provider=row.provider, name="Koe", valid=(s.at.date() - timedelta(days=3), None)
    )
    return members.change_unit(worker=row, unit=unit, organiser_id=s.side.organiser.pk, **s.who)


def end_days(s: Stage) -> object:
    row = _member(s)
    members.end_worker(worker=row, ends_on=s.at.date(), organiser_id=s.side.organiser.pk, **s.who)
    return row


def judge(s: Stage) -> object:
    paper = application(s, "sent").evidence.order_by("pk")[0]
    return deciding.judge_evidence(evidence=paper, accepted=True, **s.who)


def ask(s: Stage) -> object:
    return deciding.ask_clarification(
        application=application(s, "sent"), questions="Koe?", answer_by=s.later(5).starts_on,
        **s.who,
    )  # fmt: skip


def refuse(s: Stage) -> object:
    return deciding.refuse_application(
        application=application(s, "sent"), grounds="Koe", appeal={}, **s.who
    )


def note_approval(s: Stage) -> object:
    return deciding.note_approval(
        application=application(s, "sent"), approval=s.approval,
        service_codes=[s.offer.service.code], grounds="", appeal={}, **s.who,
    )  # fmt: skip


def approve(s: Stage) -> object:
    approved = approving.Approved([s.offer.service.code], None, Period(s.at.date()))
    return approving.approve_application(
        application=application(s, ApplicationState.SENT), approved=approved, appeal={}, **s.who
    )


def add_entry(s: Stage) -> object:
    code = s.side.programme.terms["providers"]["registers"][0]["code"]
    new = registers.NewEntry(
        code, business_id(4_700_000), "Koe", "R-2", EntryState.REGISTERED, Period(s.at.date())
    )
    return registers.add_entry(programme=s.side.programme, entry=new, **s.who)


def move_entry(s: Stage) -> object:
    return registers.move_entry(
        entry=entry(s, business_id(4_800_000)), state=EntryState.REGISTERED, on=s.at.date(), **s.who
    )


def suspend(s: Stage) -> object:
    return suspending.suspend_approval(
        approval=s.approval, starts_on=s.at.date(), reason="Koe", **s.who
    )


def resume(s: Stage) -> object:
    by = s.side.actor("office")
    suspending.suspend_approval(
        approval=s.approval, starts_on=s.at.date(), reason="Koe", by=by, at=s.at
    )
    return suspending.end_suspension(approval=s.approval, **s.who)


def give_role(s: Stage) -> object:
    return roles.give_role(
        organiser_id=s.side.organiser.pk, user=User.objects.get(pk=s.side.users["case manager"]),
        role=Role.EVALUATOR, starts_on=s.at.date(), ends_on=None, **s.who,
    )  # fmt: skip


def end_role(s: Stage) -> object:
    held = Holding.objects.get(user_id=s.side.users["evaluator"], role=Role.EVALUATOR)
    roles.end_role(holding=held, ends_on=s.at.date(), **s.who)
    return held


def invite(s: Stage) -> inviting.InvitedWorker:
    return inviting.invite_worker(
        organiser_id=s.side.organiser.pk, name="Koe", role=Role.EVALUATOR,
        period=Period(s.at.date()), **s.who,
    )  # fmt: skip


def take_back(s: Stage) -> object:
    made = inviting.invite_worker(
        organiser_id=s.side.organiser.pk, name="Koe", role=Role.EVALUATOR,
        period=Period(s.at.date()), by=s.side.actor("office"), at=s.at,
    )  # fmt: skip
    inviting.withdraw_role_invitation(invitation=made.invitation, **s.who)
    return made


def end_reception(s: Stage) -> object:
    named = interest_actions.name_receiver(
        organiser_id=s.side.organiser.pk, municipality_code="000", by=s.side.actor("office"),
        user=User.objects.get(pk=s.side.users["case manager"]), period=Period(s.at.date()),
        at=s.at,
    )  # fmt: skip
    named.refresh_from_db()
    interest_actions.end_reception(reception=named, ends_on=s.later(3).starts_on, **s.who)
    return named


def outcome(s: Stage) -> object:
    request = TrayRequest.objects.filter(organiser=s.side.organiser).order_by("pk")[0]
    return wishes.note_outcome(request=request, application=None, offer=None, **s.who)


def _themselves(s: Stage) -> AbstractContextManager[None]:
    """A passport is its keeper's: the database is told who acts, as on the site."""
    by = s.who["by"]
    assert isinstance(by, Actor)
    return tenancy.scope([s.side.organiser.pk], by.user_id)


def start_with_passport(s: Stage) -> object:
    with _themselves(s):
        return passports.start_with_passport(
            programme=s.side.programme, business_id=business_id(4_610_000), **s.who
        )


def save_and_keep(s: Stage) -> object:
    made = application(s)
    with _themselves(s):
        return passports.save_and_keep(
            application=made, version=1, company=applying.Company(name="Koe"),
            wish=applying.Wish(), **s.who,
        )  # fmt: skip


def hand_in_and_keep(s: Stage) -> object:
    made = application(s, "sent")
    with _themselves(s):
        return passports.hand_in_and_keep(
            application=made, condition="languages", shown=WORDS, **s.who
        )


def use_paper(s: Stage) -> object:
    made, mine = application(s, "sent"), s.side.users["provider"]
    with tenancy.scope([s.side.organiser.pk], mine):
        kept = Passport.objects.create(business_id=made.business_id, keeper_id=mine, kept_at=s.at)
        paper = PassportPaper.objects.create(
            passport=kept, condition="languages", words="Suomi", kept_at=s.at
        )
    with _themselves(s):
        return passports.use_paper(application=made, paper=paper, **s.who)


def ask_account(s: Stage) -> object:
    return accounts.ask_account_change(
        provider=s.order().provider, organiser_id=s.side.organiser.pk, iban=iban(77), **s.who
    )


def _change(s: Stage, **more: object) -> AccountChange:
    return AccountChange.objects.create(
        organiser=s.side.organiser, provider=s.order().provider, iban=iban(77), asked_at=s.at,
        asked_by_id=s.side.users["company's worker"], **more,
    )  # fmt: skip


def confirm_account(s: Stage) -> object:
    return accounts.confirm_account_change(change=_change(s), **s.who)


def withdraw_account(s: Stage) -> object:
    return accounts.withdraw_account_change(change=_change(s), **s.who)


def _due(s: Stage) -> AccountChange:
    return _change(s, confirmed_at=s.at, takes_effect_on=s.at.date())


def apply_account(s: Stage) -> object:
    return accounts.apply_account_change(change=_due(s), **s.who)


def apply_accounts(s: Stage) -> object:
    """With an account whose waiting time has run out."""
    _due(s)
    change_accounts(organiser_id=s.side.organiser.pk, **s.who)
    return None


def update_company(s: Stage) -> object:
    return companies.update_company(
        provider=s.order().provider, organiser_id=s.side.organiser.pk,
        facts=companies.CompanyFacts("small", ["fi"], {}, {"phone": "019 1234"}, {}), **s.who,
    )  # fmt: skip


def open_unit(s: Stage) -> object:
    return companies.open_unit(
        provider=s.order().provider, organiser_id=s.side.organiser.pk, name="Koe", **s.who
    )


def end_unit(s: Stage) -> object:
    unit = Unit.objects.create(
        provider=s.order().provider, name="Koe", valid=(s.at.date() - timedelta(days=3), None)
    )
    return companies.end_unit(
        unit=unit, organiser_id=s.side.organiser.pk, ends_on=s.at.date(), **s.who
    )
