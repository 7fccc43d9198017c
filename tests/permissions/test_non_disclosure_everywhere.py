"""Where a client under non-disclosure lives is on no page of workers who have not opened it."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client as Browser
from pypdf import PdfReader
from pytest_django import Settings

from tests.permissions import addresses
from tests.permissions.conftest import Two
from tests.permissions.routes import TABLE
from valinta.clients.models import Client, Enrolment, Interest
from valinta.clients.states import EnrolmentState
from valinta.organisers.models import Organiser
from valinta.programmes.models import Municipality, Quota
from valinta.users.models import Holding, User
from valinta.users.permissions import Role
from valinta.web.routes import ROUTES

HIDDEN = {
    "phone": "0409998887",
    "email": "piilo@example.fi",
    "street": "Salakuja 3",
    "postcode": "99887",
    "town": "PIILOLA",
    "address": {"street": "Salakuja", "building_number": "3", "postcode": "99887"},
}
TOWN = "Salakunta"
SINCE = date(2010, 1, 1)
PAGES = [
    name
    for name, route in ROUTES.items()
    if name.startswith("casework:") and TABLE[name][0] == "GET" and name != "casework:register"
]
# The office's pages on which clients are.
OF_CLIENTS = ["office:quotas", "office:messages", "office:messages_thread", "office:phases_turn"]


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The demo's clock: each organiser's people live on their own day."""
    settings.DEMO = True


def words_of(answer: object) -> str:
    """What a page or a letter says; choices of a form are about everybody."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"%PDF-"):
        try:
            return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        except Exception:  # a paper that was made up for the test and has no pages
            return ""
    return re.sub(
        r"<option.*?</option>|<details.*?</details>", "", content.decode(), flags=re.DOTALL
    )


def hide(two: Two) -> None:
    here = two.here
    with here.scope():
        client = Client.objects.get(pk=here.client_id)
        Municipality.objects.filter(organiser=here.organiser, code=client.municipality_code).update(
            names=dict.fromkeys(("fi", "sv", "en"), TOWN)
        )
        Client.objects.update(non_disclosure=True, contact=HIDDEN)
        Organiser.objects.filter(pk=here.organiser.pk).update(closed_caseload=False)
        Interest.objects.all().delete()
        place = Enrolment.objects.get(client=client)
        queued = Client.objects.exclude(pk=client.pk).order_by("pk")[0]
        Enrolment.objects.filter(client=queued).update(
            state=EnrolmentState.QUEUED, municipality=place.municipality,
            target_group=place.target_group,
        )  # fmt: skip
        Quota.objects.create(
            organiser=here.organiser, programme=here.programme, places=1, valid=(SINCE, None),
            municipality_code=place.municipality.code,
        )  # fmt: skip


@pytest.mark.parametrize("name", [*PAGES, *OF_CLIENTS])
def test_no_page_says_where_a_client_under_non_disclosure_lives(name: str, two: Two) -> None:
    address = addresses.address(name, two.here)
    hide(two)
    here = two.here
    if name.startswith("office:"):
        # Also for those who have both roles, and so see names.
        with here.scope():
            Holding.objects.create(
                organiser=here.organiser, user_id=here.users["office"], role=Role.CASE_MANAGER,
                valid=(SINCE, None),
            )  # fmt: skip
            names = [one.family_name for one in Client.objects.all()]
    for who in ("office",) if name.startswith("office:") else ("case manager", "decision maker"):
        browser = Browser()
        browser.force_login(User.objects.get(pk=here.users[who]))
        answer = browser.get(address)
        if answer.status_code != 200:
            continue
        text = words_of(answer)
        for hidden in ("0409998887", "piilo@", "Salakuja", "99887", "PIILOLA"):
            assert hidden not in text, (who, hidden)
        if not name.startswith("office:"):
            assert TOWN not in text, who
        elif name == "office:quotas":
            # The municipality is on the page; the names of who waits there are not.
            assert TOWN in text
            assert not [one for one in names if one in text]
