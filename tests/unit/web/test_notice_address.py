"""An e-mail address is used only after the code that was sent to it has come back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from tests.unit.web.test_messages import NOW, actor, ask, enter, page
from valinta.audit.models import Entry
from valinta.messages import actions
from valinta.messages.addresses import code_for
from valinta.messages.models import Notice, NoticeChoice
from valinta.messages.notice_actions import AddressCodeNotGood, choose_notices, confirm_address
from valinta.organisers import tenancy
from valinta.processes.send_notices import send_notices
from valinta.users.actor import system
from valinta.users.brakes import TooManyTries

ADDRESS = "aino@example.fi"


def choose(browser: Browser, world: Scene, email: str = ADDRESS) -> Any:
    form = {"wanted": "yes", "email": email}
    return browser.post(page(world, "notices/"), form, follow=True)


def send(world: Scene) -> int:
    enter(world)
    return send_notices(
        organiser_id=world.organiser.pk, site="https://valinta.example/", sender="a@example.fi",
        by=system(world.organiser.pk), at=NOW,
    )  # fmt: skip


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_code_in_the_e_mail_confirms_the_address_and_news_come_only_then(
    world: Scene, mailoutbox: list[EmailMessage]
) -> None:
    browser = signed_in(world, "aino")
    told = choose(browser, world).content.decode()
    assert "Koodi on matkalla" in told
    assert "Vahvista osoitteesi" in told
    # News before that are for nobody.
    thread = ask(world)
    actions.write_message(thread=thread, words="Kyllä.", by=actor(world, "leena"), at=NOW)
    assert send(world) == 1
    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    (code,) = re.findall(r"^\d{6}$", mail.body, re.MULTILINE)
    assert "Aino" not in mail.subject + mail.body
    refused = browser.post(page(world, "notices/confirm/"), {"code": wrong(code)})
    assert refused.status_code == 422
    assert "Tämä koodi ei kelpaa" in refused.content.decode()
    good = browser.post(
        page(world, "notices/confirm/"), {"code": f"{code[:3]} {code[3:]}"}, follow=True
    )
    assert "Saat sähköpostin" in good.content.decode()
    enter(world)
    assert NoticeChoice.objects.get().nonce == ""
    actions.write_message(thread=thread, words="Selvä.", by=actor(world, "leena"), at=NOW)
    assert send(world) == 1
    assert mailoutbox[1].subject == "Valinnassa on sinulle uutta"
    after = Entry.objects.filter(verb="confirm_address").order_by("pk")
    assert [one.after for one in after] == ["refused", "confirmed"]


def test_another_address_has_to_be_confirmed_again_and_an_old_code_is_no_good(
    world: Scene,
) -> None:
    who = {"organiser": world.organiser, "by": actor(world, "aino")}
    enter(world)
    first = choose_notices(email=ADDRESS, **who, at=NOW)
    assert first is not None
    old = code_for(first)
    again = choose_notices(email=ADDRESS, **who, at=NOW)
    assert again is not None
    if code_for(again) != old:
        with pytest.raises(AddressCodeNotGood):
            confirm_address(code=old, **who, at=NOW)
    confirm_address(code=code_for(again), **who, at=NOW)
    same = choose_notices(email=ADDRESS, **who, at=NOW)
    assert same is not None
    assert same.confirmed_at == NOW
    other = choose_notices(email="toinen@example.fi", **who, at=NOW)
    assert other is not None
    assert other.confirmed_at is None
    with pytest.raises(AddressCodeNotGood, match="older than a day"):
        confirm_address(code=code_for(other), **who, at=NOW + timedelta(hours=25))


def test_guessing_and_writing_to_many_addresses_are_braked(world: Scene) -> None:
    browser = signed_in(world, "aino")
    choose(browser, world)
    enter(world)
    code = code_for(NoticeChoice.objects.get())
    for _ in range(5):
        browser.post(page(world, "notices/confirm/"), {"code": wrong(code)})
    right = browser.post(page(world, "notices/confirm/"), {"code": code})
    assert right.status_code == 422
    assert "Yrityksiä on ollut monta" in right.content.decode()
    for number in range(5):
        answer = choose(browser, world, f"joku{number}@example.fi")
    assert answer.status_code == 422
    enter(world)
    with pytest.raises(TooManyTries):
        choose_notices(
            organiser=world.organiser, email="x@example.fi", by=actor(world, "aino"), at=NOW
        )


def test_nobody_confirms_anothers_address_and_organisers_are_apart(
    world: Scene, elsewhere: Scene
) -> None:
    enter(world)
    choice = choose_notices(
        organiser=world.organiser, email=ADDRESS, by=actor(world, "aino"), at=NOW
    )
    assert choice is not None
    code = code_for(choice)
    with pytest.raises(AddressCodeNotGood):
        confirm_address(organiser=world.organiser, code=code, by=actor(world, "onni"), at=NOW)
    for scene, key, status in (
        (world, "onni", 404),
        (world, "leena", 404),
        (elsewhere, "aino", 404),
    ):
        answer = signed_in(scene, key).post(page(world, "notices/confirm/"), {"code": code})
        assert answer.status_code == status, key
    with tenancy.scope([world.organiser.pk]):
        assert NoticeChoice.objects.get(pk=choice.pk).confirmed_at is None
    with tenancy.scope([elsewhere.organiser.pk]):
        assert not NoticeChoice.objects.exists()
        assert not Notice.objects.exists()


def test_no_row_is_unconfirmed_without_a_code_to_wait_for(world: Scene) -> None:
    with (
        pytest.raises(IntegrityError, match="unconfirmed_address_waits_for_a_code"),
        transaction.atomic(),
    ):
        NoticeChoice.objects.create(
            organiser=world.organiser, user=world.users["aino"], email=ADDRESS, chosen_at=NOW
        )
