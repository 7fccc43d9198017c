"""The assessment as it is made together: goals first, then services, then the sum, on the pages."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.cast import Stage
from tests.desk import Desk, at, stage_of, text, worker
from tests.mission import shows
from valinta.clients.models import Client
from valinta.needs.models import Allocation, Assessment, InstrumentResult, Need
from valinta.plans.states import Way


@pytest.fixture(autouse=True)
def demo(db: None, settings: Settings) -> None:
    """The demo's clock: the organiser's people live on the stage's day."""
    settings.DEMO = True


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the form."""
    (value,) = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return str(value)


def opened(desk: Desk, client: Client) -> dict[str, str]:
    """The hidden fields of the assessment's form, as this desk has it open."""
    page = text(desk.get(at(client, "assessment")))
    return {name: hidden(page, name) for name in ("assessment", "version", "sitting")}


def begun(stage: Stage, desk: Desk, client: Client) -> dict[str, str]:
    stage.enrolment(client)
    desk.post(at(client, "assessment", "start"))
    return opened(desk, client)


def save(desk: Desk, client: Client, form: dict[str, str], status: int = 200) -> str:
    return text(desk.post(at(client, "assessment", "save"), form, follow=True), status)


@shows("OST-4")
def test_greta_her_daughter_and_the_guide_say_the_goals_first_and_then_what_helps() -> None:
    stage = stage_of("osterbotten", date(2019, 3, 1))
    greta, sofia = stage.client("Greta", municipality="598"), worker(stage)
    form = begun(stage, sofia, greta)
    page = text(sofia.get(at(greta, "assessment")))
    order = [page.index(words) for words in ("1. Who takes", "2. What the client wants", "3. What")]
    assert order == sorted(order)
    form |= {
        "with-client": "1", "with-case_manager": "1",
        "with-relative": "Dottern Anna Exempel", "with-service_guide": "Siv Lots",
        "goals": "Jag vill bo hemma\nTill kyrkan på söndagar",
    }  # fmt: skip
    items = {one["code"]: one["levels"] for one in stage.programme.terms["need_items"]}
    # Without an answer to each item nothing is completed, and nothing typed is lost.
    page = save(sofia, greta, form | {"finish": "1"}, 422)
    assert page.count("Choose the one that fits.") == 2 * len(items)
    assert "Jag vill bo hemma\nTill kyrkan på söndagar" in page
    first, second, *others = items
    answered = {f"item-{code}": levels[0]["code"] for code, levels in items.items()}
    assert [items[code][0]["points"] for code in others] == [0] * len(others)
    answered |= {
        f"item-{first}": items[first][2]["code"], f"meets-{first}": "home-service",
        f"item-{second}": items[second][1]["code"], f"meets-{second}": "home-service",
    }  # fmt: skip
    again = opened(sofia, greta)
    page = save(sofia, greta, form | again | answered | {"finish": "1"})
    done = Assessment.objects.get()
    assert done.goals == ["Jag vill bo hemma", "Till kyrkan på söndagar"]
    assert [one["role"] for one in done.participants] == [
        "client", "case_manager", "relative", "service_guide",
    ]  # fmt: skip
    points = items[first][2]["points"] + items[second][1]["points"]
    assert [(one.service.code, one.points) for one in Need.objects.all()] == [
        ("home-service", points)
    ]
    # Every point of the sum is explained by the answer that it comes from.
    assert f"{points} points × €22.00 a point" in page
    assert f"{items[first][2]['names']['en']}, {items[first][2]['points']} points" in page
    assert Allocation.objects.get().total_cents == points * 2200


@shows("KEU-4", "KEU-5", "SIU-4")
def test_ainos_sum_is_explained_and_its_mandatory_part_has_a_reason() -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    aino, leena = stage.client("Aino"), worker(stage)
    form = begun(stage, leena, aino)
    page = text(leena.get(at(aino, "assessment")))
    # Only what the pack lets can be mandatory.
    assert 'name="mandatory-shower-help"' in page
    assert 'name="mandatory-cleaning"' not in page
    form |= {
        "with-client": "1", "goals": "Asun kotona",
        "quantity-shower-help": "4", "mandatory-shower-help": "1",
        "quantity-cleaning": "7,5", "quantity-home-care": "paljon",
        "mandatory-cleaning": "1",
    }  # fmt: skip
    page = save(leena, aino, form | {"finish": "1"}, 422)
    assert "Write a number, for example 12 or 7,5." in page
    assert "Write why it is mandatory; the client will read it." in page
    assert 'value="paljon"' in page
    form |= opened(leena, aino) | {
        "quantity-home-care": "", "reason-shower-help": "Kaatumisriski kylpyhuoneessa.",
    }  # fmt: skip
    page = save(leena, aino, form | {"finish": "1"})
    shower, cleaning = (
        Need.objects.get(service__code=code) for code in ("shower-help", "cleaning")
    )
    assert (shower.mandatory, shower.reason) == (True, "Kaatumisriski kylpyhuoneessa.")
    assert (cleaning.mandatory, cleaning.quantity_hundredths) == (False, 7_50)
    assert "Mandatory: Kaatumisriski kylpyhuoneessa." in page
    allocation = Allocation.objects.get()
    lines = {one.service.code: one for one in allocation.lines.all()}
    assert lines["cleaning"].cents == lines["cleaning"].unit_cents * 750 // 100
    assert sum(one.cents for one in lines.values()) == allocation.total_cents
    assert "is kept for the mandatory services only" in page

    # More money needs a reason; the reason stands on the line that the client reads.
    change = {"service": "cleaning", "way": "more", "amount": "40,50", "seen_lines": "2"}
    adjust = at(aino, "assessment", "sum", "adjust")
    assert "Write why the sum changes" in text(leena.post(adjust, change), 422)
    change["reason"] = "Portaat lisäävät siivousta."
    page = text(leena.post(adjust, change, follow=True))
    assert "Portaat lisäävät siivousta." in page and "€40.50" in page
    # Sent twice, it is added once.
    assert "Somebody else has adjusted the sum meanwhile." in text(leena.post(adjust, change), 409)
    allocation.refresh_from_db()
    assert allocation.total_cents == sum(one.cents for one in allocation.lines.all())
    assert allocation.lines.count() == 3
    less = {**change, "way": "less", "amount": "99999", "seen_lines": "3"}
    assert "would go below zero" in text(leena.post(adjust, less), 422)


def test_two_workers_at_one_assessment_lose_nothing_and_bring_both_together() -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    aino, leena, timo = stage.client("Aino"), worker(stage), worker(stage, 1)
    mine = begun(stage, leena, aino)
    yours = opened(timo, aino)
    common = {"with-client": "1", "with-case_manager": "1"}
    save(leena, aino, mine | common | {
        "goals": "Asun kotona", "quantity-cleaning": "4", "notes": "Leenan huomio",
    })  # fmt: skip
    typed = yours | common | {
        "goals": "Käyn kirjastossa", "quantity-shower-help": "8", "mandatory-shower-help": "1",
    }  # fmt: skip
    page = save(timo, aino, typed, 409)
    name = stage.staff.case_managers[0].user.display_name
    assert f"{name} has changed this at the same time" in page
    listed = page[page.index("conflict-list") : page.index("</section>")]
    assert "Asun kotona" in listed and "you changed it too" in listed
    assert "Leenan huomio" in listed and "Cleaning: how much" in listed
    # His own words stay in the form, hers are in the fields that only she changed.
    assert ">Käyn kirjastossa</textarea>" in page
    assert ">Leenan huomio</textarea>" in page
    assert re.search(r'id="quantity-cleaning"[^>]*value="4"', page)
    assert re.search(r'id="quantity-shower-help"[^>]*value="8"', page)
    assert Assessment.objects.get().answers["goals"] == "Asun kotona"
    # He brings both together and saves: the form has the newest version now.
    merged = typed | {
        "version": hidden(page, "version"), "sitting": hidden(page, "sitting"),
        "goals": "Asun kotona\nKäyn kirjastossa", "quantity-cleaning": "4",
        "notes": "Leenan huomio",
    }  # fmt: skip
    save(timo, aino, merged)
    kept = Assessment.objects.get()
    assert kept.goals == ["Asun kotona", "Käyn kirjastossa"]
    assert (kept.answers["quantity-cleaning"], kept.answers["quantity-shower-help"]) == ("4", "8")
    assert kept.notes == "Leenan huomio"
    # Timo's own savings of one sitting are no change by another, however fast he types.
    save(timo, aino, merged | {"notes": "Timo jatkaa"})
    assert Assessment.objects.get().notes == "Timo jatkaa"


def test_what_is_typed_is_saved_by_itself_and_gone_on_with_another_day() -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    aino, leena, timo = stage.client("Aino"), worker(stage), worker(stage, 1)
    form = begun(stage, leena, aino) | {"with-client": "1", "goals": "Asun kotona"}
    address = at(aino, "assessment", "save")
    answer = leena.post(address, form, headers={"hx-request": "true"})
    assert "Saved at" in text(answer) and 'name="version" value="2"' in text(answer)
    page = text(timo.get(at(aino, "assessment")))
    assert ">Asun kotona</textarea>" in page
    yours = opened(timo, aino) | {"with-client": "1", "goals": "Asun kotona"}
    save(timo, aino, yours | {"notes": "Illalla"})
    answer = leena.post(address, form | {"version": "2"}, headers={"hx-request": "true"})
    assert "press Save to see both" in text(answer, 409)
    assert Assessment.objects.get().notes == "Illalla"
    # Timo completes it; what Leena still has in her form is shown to her, not lost.
    again = yours | opened(timo, aino) | {"quantity-cleaning": "4", "finish": "1"}
    save(timo, aino, again)
    page = save(leena, aino, form | {"quantity-cleaning": "6"}, 409)
    assert "Somebody else has completed this assessment" in page
    unsaved = page[page.index("conflict-list") : page.index("</dl>", page.index("conflict-list"))]
    assert "Cleaning: how much" in unsaved and "6 · hour" in unsaved
    assert "Goals" not in unsaved


def test_the_new_assessment_stands_beside_the_last_one() -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    aino, leena = stage.client("Aino"), worker(stage)
    stage.assess(aino, {
        "cleaning": (Way.BUDGET, 10_00, False), "shower-help": (Way.BUDGET, 4_00, False),
        "meals": (Way.BUDGET, 5_00, False),
    })  # fmt: skip
    stage.on = date(2019, 6, 3)
    stage.organiser.demo_today = stage.on
    stage.organiser.save()
    form = begun(stage, leena, aino) | {
        "with-client": "1", "goals": "Pärjään kotona\nUlos joka päivä",
        "quantity-cleaning": "12", "quantity-shower-help": "3", "quantity-errands": "2",
    }  # fmt: skip
    save(leena, aino, form)
    page = text(leena.get(at(aino, "assessment")))
    for words in ("grew by 2 hours", "fell by 1 visit", "new need", "no longer needed"):
        assert words in page
    assert "last time 10 hours" in page
    save(leena, aino, form | opened(leena, aino) | {"finish": "1"})
    assert "grew by 2 hours" in text(leena.get(at(aino, "assessment")))


def results(rows: str) -> SimpleUploadedFile:
    head = "instrument;version;done_on;done_by;score;value\n"
    return SimpleUploadedFile("results.csv", (head + rows).encode("utf-8-sig"))


def test_results_of_a_licensed_instrument_are_numbers_beside_the_needs() -> None:
    stage = stage_of("keusote", date(2019, 3, 1))
    aino, leena = stage.client("Aino"), worker(stage)
    stage.enrolment(aino)
    page = at(aino, "assessment", "results")
    template = leena.get(f"{page}template/").content.decode("utf-8-sig")
    assert "interrai-hc;HC;2019-03-01;;maple;" in template
    faulty = results(
        "interrai-hc;HC;1.2.2019;Kotihoito;maple;9\n"
        "interrai-hc;HC;32.2.2019;Kotihoito;cps;3\n"
        "rava;RaVa;2020-01-01;Kotihoito;index;2,5\n"
        "unknown;1;2019-02-01;Kotihoito;index;2\n"
        "interrai-hc;LTCF;2019-02-01;;adlh;two\n"
    )
    told = text(leena.post(page, {"file": faulty}), 422)
    for words in (
        "Line 2: The number has to be within 1–5.",
        "Line 3: “32.2.2019” is not a day.",
        "Line 4: The day 2020-01-01 has not come yet.",
        "Line 5: The programme has no instrument unknown.",
        "Line 6: The scores are of another version. The programme uses HC.",
        "Line 6: “two” is not a number",
        "Line 6: Write who did it",
    ):
        assert words in told, words
    # A text of the instrument is not taken in, whatever its column is called.
    worded = SimpleUploadedFile("x.csv", b"instrument;version;done_on;done_by;score;value;answer\n")
    assert "The column answer is not taken in." in text(leena.post(page, {"file": worded}), 422)
    sound = (
        "interrai-hc;HC;1.2.2019;Kotihoito;maple;4\ninterrai-hc;HC;1.2.2019;Kotihoito;cps;2\n"
        "rava;RaVa;2019-01-15;Kotihoito;index;2,54\n"
    )
    told = text(leena.post(page, {"file": results(sound)}))
    assert "This would be taken in" in told and not InstrumentResult.objects.exists()
    kept = {"text": results(sound).read().decode("utf-8-sig"), "take": "1"}
    told = text(leena.post(page, kept, follow=True))
    assert {one.instrument: one.scores for one in InstrumentResult.objects.all()} == {
        "interrai-hc": {"maple": "4", "cps": "2"},
        "rava": {"index": "2.54"},
    }
    assert "MAPLe, need of service" in told and "(1–5)" in told
    assert "is there already" in text(leena.post(page, kept), 422)
    # The same as JSON, of a later day, with the code of somebody else first.
    later = {
        "instrument": "interrai-hc", "version": "HC", "done_on": "2019-02-20",
        "done_by": "Kotihoito", "scores": {"maple": 3}, "identity_code": "010101-999X",
    }  # fmt: skip
    file = SimpleUploadedFile("x.json", json.dumps([later]).encode())
    assert "The line is of another person" in text(leena.post(page, {"file": file}), 422)
    later["identity_code"] = aino.identity_code
    told = text(leena.post(page, {"text": json.dumps([later]), "take": "1"}, follow=True))
    assert "before 4" in told
