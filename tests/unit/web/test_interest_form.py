"""The interest form: who may come forward, what is asked, and what keeps machines away (OST-3)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from tests.cast import Stage
from tests.unit.web.public import OSTERBOTTEN, filled, old_seal, read, seal_of, staged, visitor
from valinta.audit.models import Entry
from valinta.clients.models import Interest
from valinta.users.models import Tries

FORM = f"{OSTERBOTTEN}come-forward/"


@pytest.fixture
def stage(db: None, settings: Settings) -> Stage:
    return staged("osterbotten", date(2019, 3, 15), settings)


def rows(stage: Stage) -> list[Interest]:
    with stage.scope():
        return list(Interest.objects.select_related("municipality", "target_group").order_by("pk"))


def test_a_form_is_kept_for_the_municipality_without_an_identity_code(stage: Stage) -> None:
    browser = visitor("sv")
    answer = browser.post(FORM, filled(browser, FORM, call_times="på förmiddagen"))
    assert answer.headers["Location"] == f"{OSTERBOTTEN}thank-you/?municipality=598"
    (row,) = rows(stage)
    assert (row.municipality.code, row.state, row.language) == ("598", "received", "sv")
    assert row.target_group is not None
    assert row.target_group.code == "jakobstad-carers"
    assert (row.name, row.phone, row.call_times) == (
        "Greta Exempel", "0401234567", "på förmiddagen",
    )  # fmt: skip
    assert row.for_name == ""
    assert row.came_at.date() == date(2019, 3, 15)
    thanks = read(browser, answer.headers["Location"])
    assert "Kommun: Jakobstad." in thanks
    assert "Greta" not in thanks


def test_coming_forward_leaves_a_row_without_names_in_the_audit_log(stage: Stage) -> None:
    browser = visitor()
    browser.post(FORM, filled(browser, FORM))
    (row,) = rows(stage)
    with stage.scope():
        entry = Entry.objects.get(verb="come_forward")
    assert (entry.subject_id, entry.after, entry.by_id) == (row.pk, "received", None)
    assert entry.facts == {}


def test_another_person_is_named_with_their_consent(stage: Stage) -> None:
    browser = visitor("sv")
    lacking = browser.post(FORM, filled(browser, FORM, whom="another"))
    assert lacking.status_code == 422
    assert "Skriv namnet på den som det gäller." in lacking.content.decode()
    browser.post(FORM, filled(browser, FORM, whom="another", for_name="Folke Exempel"))
    (row,) = rows(stage)
    assert (row.name, row.for_name, row.agreed) == ("Greta Exempel", "Folke Exempel", True)


def test_whoever_is_not_sure_of_the_group_can_say_so(stage: Stage) -> None:
    browser = visitor()
    browser.post(FORM, filled(browser, FORM, group="not-sure"))
    (row,) = rows(stage)
    assert row.target_group is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"municipality": "106"}, "Välj din kommun i listan."),
        ({"municipality": ""}, "Välj din kommun."),
        ({"group": "vaasa-older"}, "Det här finns bara i Vasa."),
        ({"group": ""}, "Välj det som passar dig bäst"),
        ({"name": ""}, "Skriv ditt namn."),
        ({"phone": "", "email": ""}, "Skriv ett telefonnummer eller en e-postadress"),
        ({"phone": "ring mig"}, "Kontrollera telefonnumret."),
        ({"email": "greta@"}, "Kontrollera e-postadressen."),
        ({"words": "Jag är 010150-900C och vill ha hjälp."}, "Ta bort personbeteckningen."),
    ],
)
def test_a_fault_is_told_and_nothing_typed_is_lost(
    wrong: dict[str, str], words: str, stage: Stage
) -> None:
    browser = visitor("sv")
    given = filled(browser, FORM, **wrong)
    answer = browser.post(FORM, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) >= 2  # in the summary and at the field
    assert rows(stage) == []
    for field in ("name", "phone", "email", "words"):
        if given.get(field):
            assert given[field] in page, field
    # Mended, the very same form goes through.
    mended = dict(filled(browser, FORM)) | {"seal": seal_of(page)}
    assert browser.post(FORM, mended).status_code == 302


def test_a_machine_that_fills_in_everything_is_stopped(stage: Stage) -> None:
    browser = visitor("en")
    answer = browser.post(FORM, filled(browser, FORM, website="http://example.org"))
    assert answer.status_code == 422
    assert "has to be empty" in answer.content.decode()
    assert rows(stage) == []
    assert re.search(r'name="website" value=""', answer.content.decode())


def test_a_form_sent_in_the_blink_of_an_eye_goes_through_at_the_second_try(stage: Stage) -> None:
    browser = visitor("en")
    seal = seal_of(read(browser, FORM))
    given = dict(filled(browser, FORM)) | {"seal": seal}
    answer = browser.post(FORM, given)
    assert answer.status_code == 422
    assert "That was very quick." in answer.content.decode()
    assert seal_of(answer.content.decode()) == seal
    assert browser.post(FORM, given | {"seal": old_seal(seal, 4)}).status_code == 302


@pytest.mark.parametrize("seal", ["", "made-up", "old"])
def test_a_seal_that_is_old_or_not_the_sites_own_is_renewed(seal: str, stage: Stage) -> None:
    browser = visitor("en")
    given = dict(filled(browser, FORM))
    given["seal"] = old_seal(given["seal"], 2 * 24 * 3600) if seal == "old" else seal
    answer = browser.post(FORM, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing is lost: send it again." in page
    assert "Greta Exempel" in page
    again = given | {"seal": old_seal(seal_of(page), 60)}
    assert browser.post(FORM, again).status_code == 302


def test_the_same_form_sent_twice_is_one_row(stage: Stage) -> None:
    browser = visitor()
    given = filled(browser, FORM)
    assert [browser.post(FORM, given).status_code for _ in range(2)] == [302, 302]
    assert len(rows(stage)) == 1


def test_a_second_form_of_the_same_writer_is_tied_to_the_first(stage: Stage) -> None:
    """And the answer is the same, so that nobody learns who has written before."""
    browser = visitor()
    first = filled(browser, FORM)
    mended = dict(first) | {"words": "Ringde ni redan?", "phone": "040-1234567"}
    answers = [browser.post(FORM, one).headers["Location"] for one in (first, mended)]
    assert answers[0] == answers[1]
    one, two = rows(stage)
    assert (one.earlier_id, two.earlier_id) == (None, one.pk)
    assert two.words == "Ringde ni redan?"


def test_one_address_sends_twenty_forms_a_day_and_its_number_is_not_kept(stage: Stage) -> None:
    browser = Browser(REMOTE_ADDR="203.0.113.7", headers={"accept-language": "en"})
    for number in range(20):
        assert browser.post(FORM, filled(browser, FORM, name=f"N {number}")).status_code == 302
    answer = browser.post(FORM, filled(browser, FORM, name="Too Many"))
    assert answer.status_code == 429
    assert "Too many tries." in answer.content.decode()
    assert "Too Many" in answer.content.decode()
    assert len(rows(stage)) == 20
    other = Browser(REMOTE_ADDR="203.0.113.8")
    assert other.post(FORM, filled(other, FORM)).status_code == 302
    assert not [one for one in Tries.objects.all() if "203.0.113" in str(vars(one))]


def test_whoever_is_signed_in_comes_forward_as_a_visitor(stage: Stage) -> None:
    browser = Browser()
    browser.force_login(stage.staff.decision_maker.user)
    assert browser.post(FORM, filled(browser, FORM)).status_code == 302
    with stage.scope():
        assert Entry.objects.get(verb="come_forward").by_id is None


def test_the_address_can_choose_the_municipality(stage: Stage) -> None:
    page = read(visitor(), f"{FORM}?municipality=545")
    assert '<option value="545" selected>' in page
    assert "selected" not in read(visitor(), f"{FORM}?municipality=999")
