"""Office pages at work: applications at each step, packs and tables with faults, late turns."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.county import County
from tests.browser.look import Deed, Deeper, Look, Looks, desk, sends
from valinta.programmes.models import ImportRun
from valinta.providers.models import Application, Approval
from valinta.users.models import User
from valinta.users.permissions import Role
from valinta.wishes.models import TrayRequest

FORM = "main form[method=post]"
BROKEN = {"programme.yaml": "code: kanta-hame\n", "services.yaml": "prices: 43,7\n"}


def _home(county: County) -> Looks:
    """Somebody of two programmes chooses one."""
    both = User.objects.filter(holdings__role=Role.OFFICE).exclude(pk=county.staff(Role.OFFICE).pk)
    yield Look("office:home", reverse("office:home"), both.order_by("pk")[0])


def _sends_file(data: bytes, name: str) -> Deed:
    def send(page: Page) -> None:
        page.locator("#file").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )
        sends('form[enctype="multipart/form-data"]')(page)

    return send


def _pack(county: County) -> Looks:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as broken:
        for name, text in BROKEN.items():
            broken.writestr(f"kanta-hame/{name}", text)
    send = _sends_file(data.getvalue(), "kanta-hame.zip")
    yield desk(county, "programme_pack", status=422, deed=send)


def _run(county: County) -> Looks:
    for one in ImportRun.objects.order_by("pk")[1:]:
        yield desk(county, "imports_run", run_id=one.pk)


def _imports(county: County) -> Looks:
    yield desk(county, "imports", status=422, deed=_sends_file(b"", "empty.csv"))


def _letter_text(county: County) -> Looks:
    words = {"kind": "decision", "language": "fi", "key": "intro"}
    yield desk(
        county, "letters_text", status=409, deed=sends(FORM, version="0", text="Toinen"), **words
    )


def _prices(county: County) -> Looks:
    yield desk(county, "prices", "?service=home-service")


def _phase(county: County) -> Looks:
    later = county.programme.phases.order_by("valid").last()
    assert later is not None
    yield desk(county, "phases_turn", phase_id=later.pk)


def _application(county: County) -> Looks:
    for one in Application.objects.exclude(state__in=["sent", "draft"]).order_by("pk"):
        yield desk(county, "providers_application", application_id=one.pk)
    sent = Application.objects.filter(state="sent").order_by("pk")[0]
    path = reverse(
        "office:providers_refuse",
        kwargs={"programme_id": county.programme.pk, "application_id": sent.pk},
    )
    empty = sends(f'form[action="{path}"]', reason="")
    yield desk(county, "providers_application", status=422, deed=empty, application_id=sent.pk)


def _provider(county: County) -> Looks:
    suspended = Approval.objects.exclude(suspended_on=None)
    ended = Approval.objects.filter(valid__contains=county.today).exclude(valid__endswith=None)
    for one in (*suspended.order_by("pk")[:1], *ended.order_by("pk")[:1]):
        yield desk(county, "providers_one", approval_id=one.pk)


def _withdrawal(county: County) -> Looks:
    busy = Approval.objects.filter(offers__order__client=county.favourite).order_by("pk")[0]
    days = f"{county.today + timedelta(days=10)}"
    yield desk(county, "providers_withdrawal", f"?ends_on={days}", approval_id=busy.pk)


def _requests(county: County) -> Looks:
    for one in TrayRequest.objects.exclude(state="received").order_by("pk"):
        yield desk(county, "requests_one", request_id=one.pk)


def _people(county: County) -> Looks:
    give = reverse("office:people_give", kwargs={"programme_id": county.programme.pk})
    yield desk(county, "people", status=422, deed=sends(f'form[action="{give}"]', name=""))


OFFICE: dict[str, Deeper] = {
    "office:home": _home,
    "office:programme_pack": _pack,
    "office:imports": _imports,
    "office:imports_run": _run,
    "office:letters_text": _letter_text,
    "office:prices": _prices,
    "office:phases_turn": _phase,
    "office:providers_application": _application,
    "office:providers_one": _provider,
    "office:providers_withdrawal": _withdrawal,
    "office:requests_one": _requests,
    "office:people": _people,
}
