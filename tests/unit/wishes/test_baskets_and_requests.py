"""Baskets and requests: what may be done in which state, and the trace of each step."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import Stage, open_stage
from valinta.audit.models import Entry
from valinta.clients.models import Client, Enrolment
from valinta.shared.states import ForbiddenTransition
from valinta.wishes import actions
from valinta.wishes.models import Basket, BasketLine, TrayRequest
from valinta.wishes.states import BasketState, RequestKind, RequestState

MARCH = date(2019, 3, 1)


@pytest.fixture
def stage(db: None) -> Stage:
    return open_stage("keusote", on=MARCH)


@pytest.fixture
def aino(stage: Stage) -> Client:
    return stage.client("Aino")


@pytest.fixture
def place(stage: Stage, aino: Client) -> Enrolment:
    return stage.enrolment(aino)


@pytest.fixture
def who(stage: Stage, aino: Client) -> dict[str, Any]:
    return {"by": stage.actor(aino), "at": stage.now}


def choice(stage: Stage, **more: Any) -> actions.Choice:
    values: dict[str, Any] = {
        "service": stage.service("cleaning"),
        "offer": None,
        "quantities": {"weekday-day": 4_00},
        "each_month": True,
        "first_month": MARCH,
        "months": 2,
    }
    return actions.Choice(**(values | more))


def basket(stage: Stage, place: Enrolment, who: dict[str, Any]) -> Basket:
    made = actions.start_basket(enrolment=place, name="Kevät", **who)
    actions.put_line(basket=made, choice=choice(stage), **who)
    return made


def test_the_same_service_again_changes_the_line_that_is_there(
    stage: Stage, place: Enrolment, who: dict[str, Any]
) -> None:
    made = basket(stage, place, who)
    again = choice(stage, quantities={"weekday-day": 6_00, "saturday": 0}, months=1)
    actions.put_line(basket=made, choice=again, **who)
    line = BasketLine.objects.get()
    assert (line.quantities, line.months) == ({"weekday-day": 6_00}, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantities": {"weekday-day": 0}},
        {"quantities": {}},
        {"quantities": {"weekday-day": 2_00, "saturday": -1}},
        {"months": 0},
        {"months": 37},
        {"each_month": False, "months": 2},
    ],
)
def test_nothing_is_put_in_by_nothing_or_for_no_month(
    wrong: dict[str, Any], stage: Stage, place: Enrolment, who: dict[str, Any]
) -> None:
    made = actions.start_basket(enrolment=place, name="Kevät", **who)
    with pytest.raises(actions.NothingChosen):
        actions.put_line(basket=made, choice=choice(stage, **wrong), **who)


def test_an_offer_of_another_service_is_refused(
    stage: Stage, place: Enrolment, who: dict[str, Any]
) -> None:
    made = actions.start_basket(enrolment=place, name="Kevät", **who)
    offer = stage.offer(stage.provider("Kotiapu Oy"), "errands", "30.00")
    with pytest.raises(actions.NothingChosen, match="another service"):
        actions.put_line(basket=made, choice=choice(stage, offer=offer), **who)


def test_a_wish_is_not_changed_before_it_is_taken_back(
    stage: Stage, place: Enrolment, who: dict[str, Any]
) -> None:
    made = basket(stage, place, who)
    wished = actions.wish_for_basket(basket=made, words=" Keväällä ", **who)
    assert (wished.state, wished.words, wished.wished_at) == ("wish", "Keväällä", stage.now)
    with pytest.raises(actions.BasketClosed, match="Take it back"):
        actions.put_line(basket=wished, choice=choice(stage), **who)
    back = actions.take_wish_back(basket=wished, **who)
    assert (back.state, back.wished_at) == ("draft", None)
    actions.take_line(line=back.lines.get(), **who)
    with pytest.raises(actions.NothingChosen, match="at least one service"):
        actions.wish_for_basket(basket=back, words="", **who)


def test_a_copy_is_a_basket_of_its_own(stage: Stage, place: Enrolment, who: dict[str, Any]) -> None:
    made = basket(stage, place, who)
    copied = actions.copy_basket(basket=made, name="Kesä", **who)
    actions.take_line(line=copied.lines.get(), **who)
    assert made.lines.count() == 1
    with pytest.raises(actions.NameMissing):
        actions.rename_basket(basket=copied, name="  ", **who)
    assert actions.rename_basket(basket=copied, name=" Syksy ", **who).name == "Syksy"


def test_a_basket_is_ordered_when_its_last_line_is(
    stage: Stage, place: Enrolment, who: dict[str, Any]
) -> None:
    made = basket(stage, place, who)
    actions.put_line(basket=made, choice=choice(stage, service=stage.service("errands")), **who)
    first, second = made.lines.order_by("pk")
    assert actions.note_ordered(line=first, **who).state == BasketState.DRAFT
    assert actions.note_ordered(line=second, **who).state == BasketState.ORDERED
    made.refresh_from_db()
    with pytest.raises(ForbiddenTransition):
        actions.discard_basket(basket=made, **who)
    with pytest.raises(actions.BasketClosed):
        actions.note_ordered(line=first, **who)


def test_there_are_only_as_many_baskets_as_can_be_compared(
    place: Enrolment, who: dict[str, Any]
) -> None:
    for number in range(actions.MOST_BASKETS):
        last = actions.start_basket(enrolment=place, name=f"Kori {number}", **who)
    with pytest.raises(actions.BasketFull):
        actions.start_basket(enrolment=place, name="Vielä yksi", **who)
    actions.discard_basket(basket=last, **who)
    assert actions.start_basket(enrolment=place, name="Vielä yksi", **who).name == "Vielä yksi"


def ask(place: Enrolment, who: dict[str, Any], words: str = "Musiikkia kotiin") -> TrayRequest:
    return actions.ask_for_tray(
        enrolment=place, kind=RequestKind.SERVICE, words=words, municipality_code="", **who
    )


def test_a_request_goes_from_received_to_its_answer_and_each_step_says_who_and_when(
    stage: Stage, place: Enrolment, aino: Client, who: dict[str, Any]
) -> None:
    asked = ask(place, who)
    manager: dict[str, Any] = {"by": stage.manager, "at": stage.now}
    looked = actions.look_into_request(request=asked, **manager)
    found = actions.answer_request(
        request=looked, found=True, answer="Soiva Oy tuli tarjottimelle.", **manager
    )
    assert (found.state, found.answer) == (RequestState.FOUND, "Soiva Oy tuli tarjottimelle.")
    steps = list(asked.steps.values_list("state", "taken_by_id", "taken_at"))
    assert steps == [
        ("received", aino.user_id, stage.now),
        ("looking", stage.manager.user_id, stage.now),
        ("found", stage.manager.user_id, stage.now),
    ]
    with pytest.raises(ForbiddenTransition):
        actions.answer_request(request=found, found=False, answer="Ei.", **manager)
    verbs = Entry.objects.filter(subject_kind="tray_request").order_by("pk")
    assert list(verbs.values_list("verb", "before", "after")) == [
        ("ask_for_tray", "", "received"),
        ("look_into_request", "received", "looking"),
        ("answer_request", "looking", "found"),
    ]


def test_asking_and_answering_take_words(
    stage: Stage, place: Enrolment, who: dict[str, Any]
) -> None:
    with pytest.raises(actions.WordsMissing, match="what you wish for"):
        ask(place, who, "  ")
    asked = ask(place, who)
    with pytest.raises(actions.WordsMissing, match="Write the answer"):
        actions.answer_request(
            request=asked, found=False, answer=" ", by=stage.manager, at=stage.now
        )
    assert TrayRequest.objects.get().state == RequestState.RECEIVED
