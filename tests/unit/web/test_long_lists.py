"""A list that is longer than a piece of it says so, and every row can be reached from the page."""

from __future__ import annotations

import re
from html import unescape
from types import ModuleType

import pytest
from django.test import Client as Browser
from django.test import RequestFactory

from tests.unit.web.conftest import signed_in
from tests.unit.web.page_everything import ALL, one_of_everything
from tests.unit.web.page_round import View, views
from tests.unit.web.rows import Scene
from valinta.clients.models import Client, Contact
from valinta.organisers import tenancy
from valinta.web.casework import changes, contacts, handing, services_tab
from valinta.web.office import (
    imports,
    letters,
    programme_pack,
    providers_approved,
    requests,
)
from valinta.web.pieces import piece

SHOWN = re.compile(r"Shown: (\d+) to (\d+)(?: of (\d+))?(, the last)?")
NEXT = re.compile(r'rel="next" href="([^"]+)"')
PREVIOUS = re.compile(r'rel="prev" href="([^"]+)"')

# Which page, who reads it, whose size it has, what there is more of, and the name of the list.
LISTS: list[tuple[str, ModuleType, str, str, str]] = [
    ("casework:contacts", contacts, "SHOWN", "contacts", "log"),
    ("casework:changes", changes, "SHOWN", "changes", "past"),
    ("casework:services", services_tab, "SHOWN", "orders", "open"),
    ("casework:services", services_tab, "SHOWN", "orders", "over"),
    ("casework:services", services_tab, "VISITS_SHOWN", "visits_had", "latest"),
    ("casework:services_order", services_tab, "VISITS_SHOWN", "visits_had", "visits"),
    ("casework:hand_over", handing, "HISTORY_SHOWN", "hand_overs", "before"),
    ("casework:handing", handing, "AT_ONCE", "clients", "many"),
    ("office:programme_pack", programme_pack, "DRAFTS_SHOWN", "drafts", "drafts"),
    ("office:imports", imports, "REPORTS_SHOWN", "imports", "reports"),
    ("office:letters_text", letters, "TEXTS_SHOWN", "letter_texts", "kept"),
    ("office:requests", requests, "GROUPED_AT_ONCE", "requests", "waiting"),
    ("office:providers_one", providers_approved, "MOVINGS_SHOWN", "movings", "movings"),
]
EACH = 5


@pytest.fixture
def everything(world: Scene) -> Scene:
    """One of each thing that a page lists."""
    one_of_everything(world)
    return world


def _view(world: Scene, name: str) -> View:
    return next(one for one in views(world) if one.name == name)


def _page(browser: Browser, address: str) -> str:
    answer = browser.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def _link(found: re.Pattern[str], text: str, name: str) -> str:
    """The link of the list's own piece; a page can have several lists."""
    return next((one for one in found.findall(text) if one.endswith(f"#{name}")), "")


@pytest.mark.parametrize(("route", "module", "size", "kind", "name"), LISTS)
def test_a_long_list_says_that_it_is_not_all_and_leads_to_its_last_row(
    everything: Scene,
    monkeypatch: pytest.MonkeyPatch,
    route: str,
    module: ModuleType,
    size: str,
    kind: str,
    name: str,
) -> None:
    monkeypatch.setattr(module, size, EACH)
    tenancy.enter([everything.organiser.pk], None)
    ALL[kind](everything)
    view = _view(everything, route)
    text = _page(view.browser, view.path)
    start = view.path.partition("?")[0]
    seen: list[int] = []
    assert not _link(PREVIOUS, text, name)
    while True:
        found = [tuple(map(int, one[:2])) for one in SHOWN.findall(text)]
        expected = len(seen) * EACH + 1
        assert [one for one in found if one[0] == expected], (route, found)
        seen.append(expected)
        following = _link(NEXT, text, name)
        if not following:
            break
        text = _page(view.browser, following if following.startswith("/") else start + following)
    # Fifteen rows at least, five at a time.
    assert len(seen) >= 3
    assert _link(PREVIOUS, text, name)


def test_every_contact_stands_on_one_piece_of_the_log(
    everything: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts, "SHOWN", EACH)
    ALL["contacts"](everything)
    for number, one in enumerate(Contact.objects.order_by("pk")):
        Contact.objects.filter(pk=one.pk).update(words=f"sana-{number}-")
    many, path = Contact.objects.count(), _view(everything, "casework:contacts").path
    browser = signed_in(everything, "leena")
    shown = [
        re.findall(r"sana-\d+-", _page(browser, f"{path}?log={number}"))
        for number in range(1, -(-many // EACH) + 1)
    ]
    every = [word for words in shown for word in words]
    assert len(every) == len(set(every)) == many
    assert {len(words) for words in shown[:-1]} == {EACH}


def test_a_piece_that_does_not_exist_is_the_first_and_other_words_of_the_address_stay() -> None:
    rows = list(range(25))
    asked = RequestFactory().get("/", {"log": "2", "service": "ulkoilu"})
    second = piece(asked, rows, 10, name="log", at="/there/", place="log")
    assert (list(second), second.first, second.last) == (list(range(10, 20)), 11, 20)
    assert second.earlier == "/there/?log=1&service=ulkoilu#log"
    assert second.later == "/there/?log=3&service=ulkoilu#log"
    for odd in ("", "0", "-1", "x", "9", "99999999999999999999999", "²"):
        first = piece(RequestFactory().get("/", {"log": odd}), rows, 10, name="log")
        assert (list(first), first.earlier) == (rows[:10], ""), odd
    whole = piece(RequestFactory().get("/"), rows[:10], 10)
    assert whole.is_all


def test_nobody_is_ticked_to_be_handed_over_until_the_worker_ticks_them(everything: Scene) -> None:
    ALL["clients"](everything)
    browser = signed_in(everything, "leena")
    text = _page(browser, "/casework/handing/")
    boxes = text.count('name="clients"')
    assert boxes >= 30
    assert len(re.findall(r'name="clients" value="\d+" checked', text)) == 0
    link = re.search(r'data-tick="all" href="([^"]+)"', text)
    assert link is not None
    ticked = _page(browser, f"/casework/handing/{link[1]}")
    assert len(re.findall(r'name="clients" value="\d+" checked', ticked)) == boxes
    again = re.search(r'data-tick="none" href="([^"]+)"', ticked)
    assert again is not None
    cleared = _page(browser, f"/casework/handing/{again[1]}")
    assert len(re.findall(r'name="clients" value="\d+" checked', cleared)) == 0


def test_only_own_clients_are_handed_over_whatever_numbers_are_sent(everything: Scene) -> None:
    browser = signed_in(everything, "leena")
    other = Client.objects.exclude(case_manager=everything.users["leena"]).first()
    sent = ["99999999999999999999", "x", "²", *([str(other.pk)] if other else [])]
    answer = browser.post(
        "/casework/handing/", {"clients": sent, "to": "", "words": "Muutto."},
        headers={"accept-language": "en"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Choose at least one client." in answer.content.decode()
