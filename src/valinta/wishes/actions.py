"""Keep baskets that are tried out, and follow requests for what the tray does not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.catalogue.models import Offer, Service
from valinta.clients.access import must_act_for
from valinta.clients.models import Client, Enrolment
from valinta.clients.states import MandateScope
from valinta.clients.trail import note_step
from valinta.providers.models import Application
from valinta.users.actor import Actor
from valinta.users.permissions import Permission
from valinta.wishes.models import Basket, BasketLine, RequestStep, TrayRequest
from valinta.wishes.states import BASKET, KEPT, REQUEST, BasketState, RequestKind, RequestState

MOST_BASKETS = 12
MOST_LINES = 40
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Choice:
    """What is put in a basket: hundredths of the unit by band, each month or once.

    `first_month` is the first day of a calendar month.
    """

    service: Service
    offer: Offer | None
    quantities: Mapping[str, int]
    each_month: bool
    first_month: date
    months: int = 1


class BasketClosed(ValueError):
    """Only a basket that is still thought over can be changed; a wish is taken back first."""


class NothingChosen(ValueError):
    """A line is for some amount, in some month, and from a provider of that service."""


class BasketFull(ValueError):
    """There are more baskets or lines than anybody could compare."""


class NameMissing(ValueError):
    """A basket has a name, so that two can be told apart."""


class WordsMissing(ValueError):
    """A request says what is wished for, and an answer says what was found or why not."""


class OtherProgramme(ValueError):
    """What came of a request is of the same programme."""


@transaction.atomic
def start_basket(*, enrolment: Enrolment, name: str, by: Actor, at: datetime) -> Basket:
    """Begin an empty basket. Raises NotYourClient, NameMissing or BasketFull."""
    _must_plan(enrolment.client, by, at)
    if Basket.objects.filter(enrolment=enrolment, state__in=KEPT).count() >= MOST_BASKETS:
        raise BasketFull(f"There are {MOST_BASKETS} baskets already. Discard one first.")
    basket = Basket.objects.create(
        organiser_id=enrolment.organiser_id,
        enrolment=enrolment,
        client_id=enrolment.client_id,
        name=_named(name),
        state=BasketState.DRAFT,
        made_at=at,
        made_by_id=by.user_id,
    )
    _note(basket, "start_basket", "", by, at)
    return basket


@transaction.atomic
def put_line(*, basket: Basket, choice: Choice, by: Actor, at: datetime) -> BasketLine:
    """Put a service in a basket; the same service and provider again takes the place of the former.

    Raises NotYourClient, BasketClosed, NothingChosen or BasketFull.
    """
    locked = _open(basket, by, at)
    _must_be_a_choice(choice)
    same = locked.lines.filter(service=choice.service, offer=choice.offer, ordered_at=None).first()
    if same is None and locked.lines.count() >= MOST_LINES:
        raise BasketFull(f"There are {MOST_LINES} services in the basket. Take one out first.")
    line = same or BasketLine(
        organiser_id=locked.organiser_id,
        basket=locked,
        service=choice.service,
        offer=choice.offer,
    )
    line.quantities = {band: many for band, many in choice.quantities.items() if many}
    line.each_month, line.months = choice.each_month, choice.months
    line.first_month = choice.first_month
    line.save()
    _note(locked, "put_line", locked.state, by, at)
    return line


@transaction.atomic
def take_line(*, line: BasketLine, by: Actor, at: datetime) -> None:
    """Take a service out of a basket. Raises NotYourClient or BasketClosed."""
    basket = _open(line.basket, by, at)
    line.delete()
    _note(basket, "take_line", basket.state, by, at)


@transaction.atomic
def rename_basket(*, basket: Basket, name: str, by: Actor, at: datetime) -> Basket:
    """Give a basket another name. Raises NotYourClient, BasketClosed or NameMissing."""
    locked = _kept(basket, by, at)
    locked.name = _named(name)
    locked.save()
    _note(locked, "rename_basket", locked.state, by, at)
    return locked


@transaction.atomic
def copy_basket(*, basket: Basket, name: str, by: Actor, at: datetime) -> Basket:
    """Begin a basket with the lines of another, to change and compare. Errors as start_basket."""
    made = start_basket(enrolment=basket.enrolment, name=name, by=by, at=at)
    for line in basket.lines.order_by("pk"):
        line.pk, line.basket, line.ordered_at = None, made, None
        line._state.adding = True
        line.save()
    return made


@transaction.atomic
def wish_for_basket(*, basket: Basket, words: str, by: Actor, at: datetime) -> Basket:
    """Save a basket as a wish for the plan; the case manager sees it (KEU-6).

    Raises NotYourClient, NothingChosen or ForbiddenTransition.
    """
    _must_plan(basket.client, by, at)
    if not basket.lines.exists():
        raise NothingChosen("Put at least one service in the basket first.")
    basket.wished_at, basket.words = at, words.strip()
    return _move(basket, BasketState.WISH, "wish_for_basket", by, at)


@transaction.atomic
def take_wish_back(*, basket: Basket, by: Actor, at: datetime) -> Basket:
    """Think a wish over again. Raises NotYourClient or ForbiddenTransition."""
    _must_plan(basket.client, by, at)
    basket.wished_at = None
    return _move(basket, BasketState.DRAFT, "take_wish_back", by, at)


@transaction.atomic
def discard_basket(*, basket: Basket, by: Actor, at: datetime) -> Basket:
    """Throw a basket away. Raises NotYourClient or ForbiddenTransition."""
    _must_plan(basket.client, by, at)
    return _move(basket, BasketState.DISCARDED, "discard_basket", by, at)


@transaction.atomic
def note_ordered(*, line: BasketLine, by: Actor, at: datetime) -> Basket:
    """Note that a line was ordered; a basket is ordered when all of its lines are.

    Raises NotYourClient or BasketClosed.
    """
    basket = line.basket
    order = Permission.ORDER_SERVICES
    must_act_for(client=basket.client, permission=order, scope=MandateScope.ORDER, by=by, at=at)
    locked = _locked(basket)
    if locked.state not in KEPT:
        raise BasketClosed("This basket is ordered or discarded already.")
    BasketLine.objects.filter(pk=line.pk).update(ordered_at=at)
    if locked.lines.filter(ordered_at=None).exists():
        _note(locked, "note_ordered", locked.state, by, at)
        return locked
    return _move(locked, BasketState.ORDERED, "note_ordered", by, at)


@transaction.atomic
def ask_for_tray(
    *,
    enrolment: Enrolment,
    kind: RequestKind,
    words: str,
    municipality_code: str,
    by: Actor,
    at: datetime,
) -> TrayRequest:
    """Ask for a service or provider that is not in the tray (KEU-8).

    `municipality_code` is where it is wanted, or empty. Raises NotYourClient or WordsMissing.
    """
    _must_plan(enrolment.client, by, at)
    if not words.strip():
        raise WordsMissing("Tell what you wish for in a few words.")
    request = TrayRequest.objects.create(
        organiser_id=enrolment.organiser_id,
        client_id=enrolment.client_id,
        enrolment=enrolment,
        kind=kind,
        words=words.strip(),
        municipality_code=municipality_code,
        state=RequestState.RECEIVED,
        asked_at=at,
    )
    _step(request, "ask_for_tray", "", by, at)
    return request


@transaction.atomic
def look_into_request(*, request: TrayRequest, by: Actor, at: datetime) -> TrayRequest:
    """Somebody begins to look for what was asked. Raises NotAllowed or ForbiddenTransition."""
    return _answer(request, RequestState.LOOKING, "", "look_into_request", by, at)


@transaction.atomic
def answer_request(
    *, request: TrayRequest, found: bool, answer: str, by: Actor, at: datetime
) -> TrayRequest:
    """Answer: it is there now, or it is not possible and why.

    Raises NotAllowed, WordsMissing or ForbiddenTransition.
    """
    if not answer.strip():
        raise WordsMissing("Write the answer in a few words; the client will read it.")
    state = RequestState.FOUND if found else RequestState.NOT_POSSIBLE
    return _answer(request, state, answer.strip(), "answer_request", by, at)


@transaction.atomic
def note_outcome(
    *,
    request: TrayRequest,
    application: Application | None,
    offer: Offer | None,
    by: Actor,
    at: datetime,
) -> TrayRequest:
    """Note what came of a request: an application that was sent, an offer that is in the tray now.

    Raises NotAllowed, or OtherProgramme when either is not of the request's programme.
    """
    by.must(Permission.ANSWER_REQUESTS, request.organiser_id)
    locked = TrayRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    programme_id = locked.enrolment.programme_id
    if application is not None and application.programme_id != programme_id:
        raise OtherProgramme("The application is for another programme. Choose another one.")
    if offer is not None and offer.service.programme_id != programme_id:
        raise OtherProgramme("The offer is of another programme. Choose another one.")
    locked.application, locked.offer = application, offer
    locked.save(update_fields=["application", "offer"])
    kind, state = "tray_request", locked.state
    note_step(locked.enrolment, "note_outcome", kind, locked.pk, state, state, by, at)
    return locked


def _answer(
    request: TrayRequest, state: RequestState, answer: str, verb: str, by: Actor, at: datetime
) -> TrayRequest:
    by.must(Permission.ANSWER_REQUESTS, request.organiser_id)
    locked = TrayRequest.objects.select_for_update().get(pk=request.pk)
    before = RequestState(locked.state)
    REQUEST.check(before, state)
    locked.state, locked.answer = state, answer
    locked.save()
    _step(locked, verb, before, by, at)
    return locked


def _step(request: TrayRequest, verb: str, before: str, by: Actor, at: datetime) -> None:
    RequestStep.objects.create(
        organiser_id=request.organiser_id,
        request=request,
        state=request.state,
        taken_at=at,
        taken_by_id=by.user_id,
    )
    note_step(request.enrolment, verb, "tray_request", request.pk, before, request.state, by, at)


def _must_plan(client: Client, by: Actor, at: datetime) -> None:
    write = Permission.WRITE_SUPPORT_PLANS
    must_act_for(client=client, permission=write, scope=MandateScope.PLAN, by=by, at=at)


def _must_be_a_choice(choice: Choice) -> None:
    many = choice.quantities.values()
    if not many or sum(many) <= 0 or min(many) < 0:
        raise NothingChosen("Say how much you want to try: more than zero.")
    if not 1 <= choice.months <= MOST_MONTHS or not (choice.each_month or choice.months == 1):
        raise NothingChosen(f"Choose one to {MOST_MONTHS} months; a single time is in one month.")
    if choice.offer is not None and choice.offer.service_id != choice.service.pk:
        raise NothingChosen("The provider chosen gives another service. Choose again.")


def _named(name: str) -> str:
    if not name.strip():
        raise NameMissing("Give the basket a name.")
    return name.strip()[:60]


def _locked(basket: Basket) -> Basket:
    return Basket.objects.select_for_update().select_related("enrolment").get(pk=basket.pk)


def _kept(basket: Basket, by: Actor, at: datetime) -> Basket:
    _must_plan(basket.client, by, at)
    locked = _locked(basket)
    if locked.state not in KEPT:
        raise BasketClosed("This basket is ordered or discarded already.")
    return locked


def _open(basket: Basket, by: Actor, at: datetime) -> Basket:
    locked = _kept(basket, by, at)
    if locked.state != BasketState.DRAFT:
        raise BasketClosed("The case manager sees this wish. Take it back to change it.")
    return locked


def _move(basket: Basket, state: BasketState, verb: str, by: Actor, at: datetime) -> Basket:
    before = BasketState(_locked(basket).state)
    BASKET.check(before, state)
    basket.state = state
    basket.save()
    _note(basket, verb, before, by, at)
    return basket


def _note(basket: Basket, verb: str, before: str, by: Actor, at: datetime) -> None:
    note_step(basket.enrolment, verb, "basket", basket.pk, before, basket.state, by, at)
