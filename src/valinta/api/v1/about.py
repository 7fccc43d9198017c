"""About the API itself: whose token this is, what a problem's code means, the description."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from valinta.api.door import ApiRequest, Needs
from valinta.api.problems import WORDS, Problem, ProblemCode
from valinta.api.v1.words import Names, ProblemOut, refusals
from valinta.providers.models import Approval

router = Router(tags=["about"])


class CompanyOut(Schema):
    """The company that the system belongs to."""

    business_id: str
    name: str


class OrganiserOut(Schema):
    """The organiser whose orders and visits these are. `today` is the day it is there."""

    code: str
    names: Names
    sandbox: bool = Field(description="True: made-up clients, and nothing is ever paid.")
    today: date


class MeOut(Schema):
    """Whose token this is and what it may do."""

    identifier: str
    name: str
    company: CompanyOut
    organiser: OrganiserOut
    programmes: list[str]
    scopes: list[str]
    ends_on: date


class ProblemCodeOut(Schema):
    """What a problem's code means and how it is mended."""

    code: str
    status: int
    title: str
    mend: str


@router.get(
    "/me",
    response={200: MeOut, **refusals()},
    auth=Needs(None),
    url_name="me",
    operation_id="get_me",
    summary="Whose token this is",
)
def get_me(request: ApiRequest) -> dict[str, Any]:
    caller = request.caller
    client, organiser = caller.client, caller.organiser
    approved = Approval.objects.filter(organiser=organiser, provider=client.provider)
    return {
        "identifier": client.identifier,
        "name": client.name,
        "company": {"business_id": client.provider.business_id, "name": client.provider.name},
        "organiser": {
            "code": organiser.code,
            "names": {
                "fi": organiser.name_fi,
                "sv": organiser.name_sv,
                "en": organiser.name("en"),
            },
            "sandbox": organiser.sandbox,
            "today": caller.at.date(),
        },
        "programmes": sorted(set(approved.values_list("programme__code", flat=True))),
        "scopes": sorted(caller.scopes),
        "ends_on": client.ends_on,
    }


@router.get(
    "/problems/{code}",
    response={200: ProblemCodeOut, 404: ProblemOut},
    auth=None,
    url_name="problem",
    operation_id="get_problem",
    summary="What a problem's code means",
)
def get_problem(request: HttpRequest, code: str) -> dict[str, Any]:
    if code not in set(ProblemCode):
        raise Problem(ProblemCode.NOT_FOUND)
    words = WORDS[ProblemCode(code)]
    return {
        "code": code,
        "status": words.status,
        "title": str(words.title),
        "mend": str(words.mend),
    }
