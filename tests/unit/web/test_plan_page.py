"""The plan page: what is in force, who signs next, what is said; and signing from the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.web import plan_rows, rows
from tests.unit.web.conftest import signed_in
from tests.unit.web.rows import Scene
from valinta.audit.models import Entry
from valinta.organisers import tenancy
from valinta.plans.models import PlanComment, ServicePlan, Signature


def queries(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def text_of(answer: Any) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_the_page_shows_the_plan_in_force_by_way_with_what_each_way_means(world: Scene) -> None:
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = "en"
    text = text_of(browser.get(f"/my/{world.aino.pk}/plan/"))
    assert "The plan in force" in text
    assert "version 1" in text
    assert "You choose who does this, and order it yourself." in text
    assert "does this with its own workers" in text
    assert "Why always: the assessment found" in text
    assert "€1,240.00 a month" in text


def test_a_draft_says_that_the_client_signs_next_and_then_who(world: Scene) -> None:
    draft = plan_rows.draft(world)
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = "en"
    before = text_of(browser.get(f"/my/{world.aino.pk}/plan/"))
    assert "You sign next." in before
    assert "Signing orders nothing" in before
    after = text_of(browser.post(f"/my/{world.aino.pk}/plan/{draft.pk}/sign/", follow=True))
    assert "You have signed the plan" in after
    assert "Leena Mäki, your case manager, signs next." in after
    with tenancy.scope([world.organiser.pk]):
        assert list(Signature.objects.values_list("signer", "signed_by_id")) == [
            ("client", world.users["aino"].pk)
        ]
        assert ServicePlan.objects.get(pk=draft.pk).state == "draft"
        assert Entry.objects.filter(verb="sign_plan", client_id=world.aino.pk).exists()


def test_a_plan_is_signed_once_however_often_the_button_is_pressed(world: Scene) -> None:
    draft = plan_rows.draft(world)
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = "en"
    address = f"/my/{world.aino.pk}/plan/{draft.pk}/sign/"
    browser.post(address)
    assert "You had signed the plan already" in text_of(browser.post(address, follow=True))
    with tenancy.scope([world.organiser.pk]):
        assert Signature.objects.count() == 1


def test_one_who_may_plan_signs_as_representative_and_one_who_may_not_finds_no_plan(
    world: Scene,
) -> None:
    draft = plan_rows.draft(world)
    address = f"/my/{world.aino.pk}/plan/{draft.pk}/sign/"
    kaisa = signed_in(world, "kaisa")
    plan_rows.supporter(world, ["see", "order"])
    assert kaisa.post(address).status_code == 404
    with tenancy.scope([world.organiser.pk]):
        plan_rows.supporter(world, ["see", "plan"])
    assert kaisa.post(address).status_code == 302
    with tenancy.scope([world.organiser.pk]):
        assert Signature.objects.get().signer == "representative"


def test_a_supporter_who_sees_only_the_plan_reads_it_without_the_buttons(world: Scene) -> None:
    plan_rows.draft(world)
    plan_rows.supporter(world, ["see_plan"])
    browser = signed_in(world, "kaisa")
    browser.cookies["django_language"] = "en"
    answer = browser.get(f"/my/{world.aino.pk}/plan/")
    text = text_of(answer)
    assert answer.status_code == 200
    assert "The plan in force" in text
    assert "sign it</button>" not in text
    assert "Send the comment" not in text
    assert "/plan/decisions/" not in text
    assert browser.get(f"/my/{world.aino.pk}/plan/decisions/").status_code == 404


def test_a_comment_is_kept_with_who_wrote_it_and_an_empty_one_is_told_about(world: Scene) -> None:
    draft = plan_rows.draft(world)
    browser = signed_in(world, "aino")
    browser.cookies["django_language"] = "en"
    address = f"/my/{world.aino.pk}/plan/{draft.pk}/comment/"
    empty = browser.post(address, {"text": "  "})
    assert empty.status_code == 422
    assert text_of(empty).count("Write what you want to say about the plan.") == 2
    after = text_of(browser.post(address, {"text": "Aamulla sopii <b>paremmin</b>."}, follow=True))
    assert "Aamulla sopii &lt;b&gt;paremmin&lt;/b&gt;." in after
    with tenancy.scope([world.organiser.pk]):
        comment = PlanComment.objects.get()
        assert (comment.plan_id, comment.written_as) == (draft.pk, "client")
        assert Entry.objects.filter(verb="comment_on_plan", client_id=world.aino.pk).exists()


def test_a_plan_of_another_client_is_not_there_and_the_attempt_is_noted(
    world: Scene, elsewhere: Scene
) -> None:
    with tenancy.scope([elsewhere.organiser.pk]):
        theirs = plan_rows.draft(elsewhere)
    own = plan_rows.draft(world, key="onni")
    browser = signed_in(world, "aino")
    for plan, client in ((theirs, world.aino), (own, world.aino), (theirs, elsewhere.aino)):
        for verb in ("sign", "comment"):
            address = f"/my/{client.pk}/plan/{plan.pk}/{verb}/"
            assert browser.post(address, {"text": "Hei"}).status_code == 404
    with tenancy.scope([world.organiser.pk]):
        refused = Entry.objects.filter(verb="refused", by_id=world.users["aino"].pk)
        assert refused.count() == 6
        assert refused.filter(subject_kind="plan", client_id=world.onni.pk).count() == 2
        assert not PlanComment.objects.exists()


def test_the_page_takes_as_many_queries_for_thirty_rows_as_for_one(world: Scene) -> None:
    draft = plan_rows.draft(world, 1)
    plan_rows.comments(draft, world.users["leena"], 1)
    browser = signed_in(world, "aino")
    address = f"/my/{world.aino.pk}/plan/"
    browser.get(address)
    few = queries(lambda: browser.get(address))
    with tenancy.scope([world.organiser.pk]):
        plan_rows.comments(draft, world.users["leena"], 29)
        for _ in range(29):
            plan_rows.draft(world, 4)
    assert queries(lambda: browser.get(address)) == few
    assert "Huomio 28" in text_of(browser.get(address))


def test_somebody_without_a_plan_is_told_what_will_be_here(world: Scene) -> None:
    rows.user(world, "eila", "Eila Uusi", "client")
    eila, _ = rows.client(world, "eila", "020340-903D", date(1940, 3, 2))
    browser = signed_in(world, "eila")
    browser.cookies["django_language"] = "en"
    assert "There is no plan yet." in text_of(browser.get(f"/my/{eila.pk}/plan/"))
