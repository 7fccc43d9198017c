"""Words for scenarios that write plans and make decisions through the workers' own pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from django.http import HttpResponse
from django.test import Client as Browser
from pypdf import PdfReader

from tests.cast import Stage, open_stage
from valinta.clients.models import Client
from valinta.demo.people import Person, person
from valinta.plans.models import DecisionProposal, ServicePlan
from valinta.plans.states import Way
from valinta.users.models import User
from valinta.users.permissions import Role

Needs = Mapping[str, tuple[Way, int, bool]]


def stage_of(code: str, on: date) -> Stage:
    """The programme's people, living on the day."""
    stage = open_stage(code, on=on)
    stage.organiser.demo_today = on
    stage.organiser.save()
    return stage


def live_on(stage: Stage, on: date) -> None:
    """The clock of everybody moves to another day."""
    stage.on = on
    stage.organiser.demo_today = on
    stage.organiser.save()


def browser_of(person: Person) -> Browser:
    """A browser in English in which the person has signed in."""
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(User.objects.get(pk=person.user.pk))
    return browser


def worker(stage: Stage) -> Browser:
    return browser_of(stage.staff.case_managers[0])


def decider(stage: Stage) -> Browser:
    return browser_of(stage.staff.decision_maker)


def client_browser(stage: Stage, client: Client) -> Browser:
    return browser_of(stage.people[client.pk])


def read(answer: HttpResponse) -> str:
    """The text of a page, with plain spaces."""
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def text_of(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return read(answer)


def pdf_text(content: bytes) -> str:
    """The text of a letter on one line."""
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(pages.split())


def fields(needs: Needs) -> dict[str, str]:
    """The fields of the sheet for needs met in full in one way each."""
    typed = {f"way-{code}": str(way) for code, (way, _, _) in needs.items()}
    amounts = {code: f"{many / 100:g}" for code, (_, many, _) in needs.items()}
    return typed | {f"quantity-{code}": amount for code, amount in amounts.items()}


def write(stage: Stage, client: Client, typed: Mapping[str, str], version: int = 0) -> ServicePlan:
    """The worker writes a version on the sheet."""
    path = f"/casework/clients/{client.pk}/plan/write/save/"
    answer = worker(stage).post(path, {**typed, "version": str(version)})
    assert answer.status_code == 302, read(answer)
    with stage.scope():
        return ServicePlan.objects.filter(enrolment__client=client).order_by("-version")[0]


def sign_by_both(stage: Stage, client: Client, plan: ServicePlan) -> None:
    """The client signs on their own page, and the worker on theirs."""
    client_browser(stage, client).post(f"/my/{client.pk}/plan/{plan.pk}/sign/")
    worker(stage).post(f"/casework/clients/{client.pk}/plan/{plan.pk}/sign/")


def prepare(
    stage: Stage, client: Client, first: date, last: date, **more: object
) -> DecisionProposal:
    """The worker puts the signed plan before who decides."""
    path = f"/casework/clients/{client.pk}/decisions/prepare/"
    days = {"starts_on": str(first), "last_on": str(last)}
    answer = worker(stage).post(path, {**days, **more})
    assert answer.status_code == 302, read(answer)
    with stage.scope():
        return DecisionProposal.objects.filter(enrolment__client=client).order_by("-pk")[0]


def decide(stage: Stage, proposal: DecisionProposal) -> HttpResponse:
    """The decision maker presses the button."""
    with stage.scope():
        client_id = proposal.enrolment.client_id
    path = f"/casework/clients/{client_id}/decisions/proposals/{proposal.pk}/decide/"
    return decider(stage).post(path, follow=True)


def another_decider(stage: Stage) -> Person:
    """A second decision maker of the organiser."""
    language = stage.programme.language
    with stage.scope():
        return person(stage.organiser, "Toinen Päättäjä", Role.DECISION_MAKER, language, "-2")
