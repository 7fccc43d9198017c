"""A case manager at their desk: pages opened and forms sent on a stage, from registering on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser

from tests.cast import Stage, open_stage
from valinta.clients.models import Client, Enrolment
from valinta.demo.identities import identity_code
from valinta.organisers import tenancy
from valinta.users.models import User

BORN = date(1944, 5, 6)


def stage_of(code: str, on: date) -> Stage:
    """The programme's people, living on the day."""
    stage = open_stage(code, on=on)
    stage.organiser.demo_today = on
    stage.organiser.save()
    return stage


class Desk(Browser):
    """A browser at the desk of the stage: between two pages the test sees the organiser's rows."""

    def __init__(self, stage: Stage, language: str) -> None:
        super().__init__(headers={"accept-language": language})
        self.stage = stage

    def request(self, **request: Any) -> HttpResponse:
        answer: HttpResponse = super().request(**request)
        tenancy.enter({self.stage.organiser.pk}, None)
        return answer


def worker(stage: Stage, number: int = 0, language: str = "en") -> Desk:
    """A case manager's browser."""
    browser = Desk(stage, language)
    browser.force_login(User.objects.get(pk=stage.staff.case_managers[number].user.pk))
    return browser


def text(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ")


def unregistered(stage: Stage, given: str, town: str, number: int) -> dict[str, str]:
    """The form of a person who is nobody's client yet."""
    return {
        "identity_code": identity_code(BORN, 900 + number),
        "given_name": given,
        "family_name": "Esimerkki",
        "language": stage.programme.language,
        "municipality": town,
    }


def registered(stage: Stage, browser: Browser, given: str, town: str, number: int) -> Client:
    answer = browser.post("/casework/register/", unregistered(stage, given, town, number))
    assert answer.status_code == 302, answer.content.decode()
    return Client.objects.get(pk=int(re.findall(r"clients/(\d+)/", answer["Location"])[0]))


def choices(page: str) -> list[str]:
    """The values of the groups that can be chosen."""
    return re.findall(r'name="choice" value="([^"]+)"', page)


def at(client: Client, *rest: str) -> str:
    return "/".join((f"/casework/clients/{client.pk}", *rest, ""))


def points(stage: Stage) -> list[str]:
    return [item["code"] for item in stage.programme.terms["consent"]]


def place(client: Client) -> Enrolment:
    return Enrolment.objects.filter(client=client).latest("pk")
