"""The support plan page: own words are saved, two writers lose nothing, ready is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client as Browser

from tests.unit.web import plan_rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from tests.unit.web.test_plan_page import queries, text_of
from valinta.audit.models import Entry
from valinta.organisers import tenancy
from valinta.plans.merging import mark
from valinta.plans.models import SupportPlan


@pytest.fixture
def asked(world: Scene) -> Iterator[Scene]:
    """The cast, with two prompts in the programme, and Kaisa who may see and write the plan."""
    plan_rows.prompts(world)
    plan_rows.supporter(world, ["see_plan", "write"])
    return world


def english(world: Scene, key: str) -> Browser:
    browser = signed_in(world, key)
    browser.cookies["django_language"] = "en"
    return browser


def typed(hope: str, seen: str = "", **more: str) -> dict[str, str]:
    """What the form sends when only the hope was typed, over the text that was there before."""
    fields = {"text-hope": hope, "seen-hope": mark(seen)}
    fields |= {"text-who-i-am": "", "seen-who-i-am": mark(""), "text-who_helped": ""}
    return fields | {"seen-who_helped": mark("")} | more


def versions(world: Scene) -> list[SupportPlan]:
    with tenancy.scope([world.organiser.pk]):
        return list(SupportPlan.objects.order_by("version"))


def test_own_words_are_saved_under_their_prompts_with_the_names_of_helpers(asked: Scene) -> None:
    browser, address = english(asked, "aino"), f"/my/{asked.aino.pk}/plan/support/"
    page = text_of(browser.get(address))
    assert "Who am I?" in page
    assert "What do you like?" in page
    more = {"text-who_helped": "Sari, sisko\n\nPekka, kokemusasiantuntija"}
    after = browser.post(f"{address}save/", typed(" Kesä mökillä.\r\n", **more), follow=True)
    assert "Saved. You can go on now or another day." in text_of(after)
    assert "Kesä mökillä." in text_of(after)
    (plan,) = versions(asked)
    assert plan.sections == {"hope": "Kesä mökillä."}
    assert plan.helpers == [{"name": "Sari, sisko"}, {"name": "Pekka, kokemusasiantuntija"}]
    assert plan.written_by_id == asked.users["aino"].pk
    assert plan.finished_at is None


def test_going_on_with_ones_own_draft_makes_no_new_version_and_another_writer_does(
    asked: Scene,
) -> None:
    save = f"/my/{asked.aino.pk}/plan/support/save/"
    aino, kaisa = english(asked, "aino"), english(asked, "kaisa")
    aino.post(save, typed("Kesä"))
    aino.post(save, typed("Kesä mökillä", "Kesä"))
    aino.post(save, typed("Kesä mökillä", "Kesä mökillä"))
    assert len(versions(asked)) == 1
    kaisa.post(save, typed("Kesä mökillä", "Kesä mökillä", **{"text-who-i-am": "Olen Aino."}))
    first, second = versions(asked)
    assert first.sections == {"hope": "Kesä mökillä"}
    assert second.sections == {"hope": "Kesä mökillä", "who-i-am": "Olen Aino."}
    assert second.written_by_id == asked.users["kaisa"].pk
    with tenancy.scope([asked.organiser.pk]):
        saved = Entry.objects.filter(verb="save_support_plan", client_id=asked.aino.pk)
        assert saved.count() == 3


def test_two_who_write_different_sections_at_once_both_keep_theirs(asked: Scene) -> None:
    save = f"/my/{asked.aino.pk}/plan/support/save/"
    english(asked, "kaisa").post(save, typed("", **{"text-who-i-am": "Olen Aino."}))
    answer = english(asked, "aino").post(save, typed("Kesä mökillä"))
    assert answer.status_code == 302
    assert versions(asked)[-1].sections == {"who-i-am": "Olen Aino.", "hope": "Kesä mökillä"}


def test_the_second_of_two_in_the_same_place_sees_both_texts_and_loses_nothing(
    asked: Scene,
) -> None:
    save = f"/my/{asked.aino.pk}/plan/support/save/"
    english(asked, "kaisa").post(save, typed("Ainon toive Kaisan sanoin"))
    aino = english(asked, "aino")
    more = {"text-who-i-am": "Olen Aino."}
    answer = aino.post(save, typed("Oma toiveeni", **more))
    text = text_of(answer)
    assert answer.status_code == 422
    assert "Kaisa Esimerkki has written here at the same time." in text
    assert "What the other has written here:</p><p>Ainon toive Kaisan sanoin</p>" in text
    assert ">Oma toiveeni</textarea>" in text
    assert ">Olen Aino.</textarea>" in text
    assert len(versions(asked)) == 1
    # The page now knows of both texts, so saving it once more is her own choice.
    seen = mark("Ainon toive Kaisan sanoin")
    assert f'name="seen-hope" value="{seen}"' in text
    again = typed("Molemmat toiveet", "Ainon toive Kaisan sanoin", **more)
    assert aino.post(save, again).status_code == 302
    assert versions(asked)[-1].sections == {"hope": "Molemmat toiveet", "who-i-am": "Olen Aino."}


def test_saving_without_a_reload_answers_with_marks_and_never_touches_the_text(
    asked: Scene,
) -> None:
    save = f"/my/{asked.aino.pk}/plan/support/save/"
    aino = english(asked, "aino")
    answer = aino.post(save, typed("Kesä"), headers={"HX-Request": "true"})
    text = text_of(answer)
    assert text.startswith("Saved.")
    assert f'id="seen-hope" name="seen-hope" value="{mark("Kesä")}" data-hx-swap-oob="true"' in text
    assert "<textarea" not in text
    english(asked, "kaisa").post(save, typed("Talvi", "Kesä"))
    late = aino.post(save, typed("Kesä mökillä", "Kesä"), headers={"HX-Request": "true"})
    assert late.status_code == 422
    assert "Kaisa Esimerkki has written in the same place" in text_of(late)


def test_ready_is_told_to_the_case_manager_by_the_client_and_not_by_a_helper(
    asked: Scene,
) -> None:
    address = f"/my/{asked.aino.pk}/plan/support/"
    kaisa, aino = english(asked, "kaisa"), english(asked, "aino")
    assert "It is ready" not in text_of(kaisa.get(address))
    assert kaisa.post(f"{address}save/", typed("Kesä", finish="1")).status_code == 403
    assert versions(asked)[0].finished_at is None
    after = text_of(aino.post(f"{address}save/", typed("Kesä", "Kesä", finish="1"), follow=True))
    assert "can now read your support plan" in after
    assert versions(asked)[0].finished_at is not None
    nothing = text_of(aino.post(f"{address}save/", typed("Kesä", "Kesä", finish="1"), follow=True))
    assert "There is nothing new to show" in nothing
    aino.post(f"{address}save/", typed("Kesä ja talvi", "Kesä"))
    assert [one.finished_at is None for one in versions(asked)] == [False, True]


def test_one_question_at_a_time_saves_and_goes_on_to_the_next(asked: Scene) -> None:
    browser, address = english(asked, "aino"), f"/my/{asked.aino.pk}/plan/support/"
    page = text_of(browser.get(f"{address}?question=1"))
    assert page.count("<textarea") == 1
    assert "Step 1 of 3" in page
    fields = {"text-who-i-am": "Olen Aino.", "seen-who-i-am": mark(""), "next": "2"}
    answer = browser.post(f"{address}save/", fields)
    assert answer.headers["Location"] == f"{address}?question=2"
    assert versions(asked)[0].sections == {"who-i-am": "Olen Aino."}


def test_a_text_too_long_is_told_about_and_kept_on_the_page(asked: Scene) -> None:
    answer = english(asked, "aino").post(
        f"/my/{asked.aino.pk}/plan/support/save/", typed("pitkä " * 800)
    )
    assert answer.status_code == 422
    assert text_of(answer).count("The text is too long.") == 2
    assert "pitkä pitkä pitkä" in text_of(answer)
    assert versions(asked) == []


def test_one_who_may_only_see_the_plan_reads_it_and_saves_nothing(asked: Scene) -> None:
    plan_rows.versions(asked, 1, asked.users["aino"])
    plan_rows.supporter(asked, ["see_plan"])
    kaisa, address = english(asked, "kaisa"), f"/my/{asked.aino.pk}/plan/support/"
    text = text_of(kaisa.get(address))
    assert "Olen Aino, kerran 0." in text
    assert "<textarea" not in text
    assert kaisa.post(f"{address}save/", typed("Kesä")).status_code == 404
    assert text_of(kaisa.get(f"{address}versions/1/")).count("Olen Aino, kerran 0.") == 1
    assert kaisa.get(f"{address}versions/9/").status_code == 404


def test_another_clients_support_plan_is_not_there(asked: Scene, elsewhere: Scene) -> None:
    browser = english(asked, "aino")
    for client in (asked.onni, elsewhere.aino):
        address = f"/my/{client.pk}/plan/support/"
        assert browser.get(address).status_code == 404
        assert browser.post(f"{address}save/", typed("Kesä")).status_code == 404
        assert browser.get(f"{address}versions/1/").status_code == 404
    assert versions(asked) == []


def test_thirty_versions_take_as_many_queries_as_one(asked: Scene) -> None:
    browser, address = english(asked, "aino"), f"/my/{asked.aino.pk}/plan/support/"
    plan_rows.versions(asked, 1, asked.users["aino"])
    browser.get(address)
    few = queries(lambda: browser.get(address))
    with tenancy.scope([asked.organiser.pk]):
        plan_rows.versions(asked, 29, asked.users["leena"])
    assert queries(lambda: browser.get(address)) == few


def test_the_case_manager_reads_what_is_ready_and_no_draft(asked: Scene) -> None:
    save = f"/my/{asked.aino.pk}/plan/support/save/"
    aino, leena = english(asked, "aino"), english(asked, "leena")
    aino.post(save, typed("Oma salainen luonnos"))
    page = f"/casework/clients/{asked.aino.pk}/"
    assert "salainen" not in text_of(leena.get(page))
    aino.post(save, typed("Kesä mökillä", "Oma salainen luonnos", finish="1"))
    assert "Kesä mökillä" in text_of(leena.get(page))
