"""What each person sees in lists, by the first lock alone: both organisers are in scope here."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from tests.permissions.cast import Side
from tests.permissions.conftest import Two
from tests.permissions.test_verbs import PEOPLE
from valinta.api.models import ApiClient
from valinta.clients.models import AccessGrant, Client, Interest, Reception
from valinta.evaluation.models import AnswersShown, Round
from valinta.evaluation.states import RoundState
from valinta.messages.models import Thread
from valinta.orders.models import Order
from valinta.organisers import tenancy
from valinta.providers.models import Application, Approval, Worker
from valinta.settlements.models import Run, Statement
from valinta.users.actor import Actor
from valinta.visits.files import VisitFile
from valinta.visits.models import Visit
from valinta.wishes.actions import ask_for_tray, start_basket
from valinta.wishes.models import Basket, TrayRequest
from valinta.wishes.states import RequestKind

SEEN_THROUGH = {
    Application,
    Client,
    Order,
    Visit,
    Approval,
    Run,
    Statement,
    Basket,
    TrayRequest,
    Interest,
    Round,
    Thread,
    ApiClient,
    VisitFile,
}
KEEP_SYSTEMS = {"provider", "office", "system"}
SEE_ALL_CLIENTS = {"decision maker", "system"}
SEE_THE_CLIENT = {"client", "representative", "representative who may only see"}
ACTS = "representative who acts and sees no more"
SEE_THE_MONEY = {"representative who sees the money", ACTS}
SEE_THE_PLAN = {"representative who sees the plan", ACTS}
SEE_RUNS = {"finance preparer", "finance approver", "office", "system"}


def clients_of(who: str, side: Side) -> set[int]:
    """Whom the person should see."""
    everyone = _pks(Client.objects.filter(organiser=side.organiser))
    if who in SEE_ALL_CLIENTS:
        return everyone
    if who == "case manager":
        return _caseload(side, everyone)
    if who in SEE_THE_CLIENT:
        return {side.client_id}
    if who == "another client":
        return {pk for pk in everyone if _user(pk) == side.users[who]}
    return set()


def _caseload(side: Side, everyone: set[int]) -> set[int]:
    """Everybody; where caseloads are closed, one's own, those opened, and those of one's towns.

    Nobody is covered today, and everybody has a case manager.
    """
    if not side.organiser.closed_caseload:
        return everyone
    user_id = side.users["case manager"]
    own = _pks(Client.objects.filter(case_manager_id=user_id))
    towns = Reception.objects.filter(user_id=user_id, valid__contains=side.played.today)
    received = Client.objects.filter(municipality_code__in=towns.values("municipality_code"))
    opened = AccessGrant.objects.filter(
        user_id=user_id, scope="pages", valid__contains=side.played.today
    )
    meets = (own | _pks(received) | set(opened.values_list("client_id", flat=True))) & everyone
    assert meets < everyone, "a closed caseload has somebody else's clients to hide"
    return meets


def _user(client_id: int) -> int | None:
    return Client.objects.get(pk=client_id).user_id


def orders_of(who: str, side: Side) -> set[int]:
    own = Order.objects.filter(organiser=side.organiser)
    if "provider" in who:
        mine = {"provider": True, "another provider": False}[who]
        first = Order.objects.get(pk=side.order_id).provider_id
        workers = side.played.tray.workers
        works_for = next(pk for pk, one in workers.items() if one.user.pk == side.users[who])
        assert (works_for == first) is mine
        return _pks(own.filter(provider_id=works_for))
    if who in SEE_THE_MONEY:
        return _pks(own.filter(client_id=side.client_id))
    return _pks(own.filter(client_id__in=clients_of(who, side)))


def statements_of(who: str, side: Side) -> set[int]:
    """Of approved runs to the company's people who see money; the finance officers see all."""
    own = Statement.objects.filter(organiser=side.organiser)
    if who in SEE_RUNS:
        return _pks(own)
    worker = Worker.objects.filter(user_id=side.users.get(who), valid__contains=side.played.today)
    told = own.filter(run__state__in=["approved", "sent"])
    companies = worker.exclude(level="worker").values("provider_id")
    return _pks(told.filter(provider_id__in=companies))


def _pks(rows: Any) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def seen(model: type[Model], actor: Actor) -> set[int]:
    """The keys of the model's rows that the actor sees."""
    manager: Any = model._default_manager
    return _pks(manager.all().visible_to(actor))


@pytest.fixture
def open_two(two: Two) -> Any:
    """Both organisers, with the database's own lock open to both."""
    with tenancy.scope([side.organiser.pk for side in two.both]):
        yield two


def test_every_queryset_that_narrows_by_actor_is_looked_at() -> None:
    narrowing = {
        model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")
    }
    assert narrowing == SEEN_THROUGH


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_the_clients_orders_and_visits_that_are_theirs(
    who: str, open_two: Two
) -> None:
    for side in open_two.both:
        actor = side.actor(who)
        orders = orders_of(who, side)
        assert seen(Client, actor) == clients_of(who, side)
        assert seen(Order, actor) == orders
        assert seen(Visit, actor) == _pks(Visit.objects.filter(order__in=orders))
        runs = _pks(Run.objects.filter(organiser=side.organiser))
        assert seen(Run, actor) == (runs if who in SEE_RUNS else set())
        assert seen(Statement, actor) == statements_of(who, side)
        assert seen(Approval, actor) == _pks(Approval.objects.filter(organiser=side.organiser))


@pytest.mark.parametrize("who", PEOPLE)
def test_who_keeps_a_company_sees_its_systems_and_files_are_seen_by_systems(
    who: str, open_two: Two
) -> None:
    for side in open_two.both:
        every = _pks(ApiClient.objects.filter(organiser=side.organiser))
        assert every
        assert seen(ApiClient, side.actor(who)) == (every if who in KEEP_SYSTEMS else set())
        assert seen(VisitFile, side.actor(who)) == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_the_baskets_and_requests_that_are_theirs(who: str, open_two: Two) -> None:
    with transaction.atomic():
        for side in open_two.both:
            manager: dict[str, Any] = {"by": side.actor("case manager"), "at": side.now}
            for one in side.played.lived:
                place = one.client.enrolments.order_by("-pk")[0]
                start_basket(enrolment=place, name="Koe", **manager)
                ask_for_tray(
                    enrolment=place,
                    kind=RequestKind.SERVICE,
                    words="Koe",
                    municipality_code="",
                    **manager,
                )
        for side in open_two.both:
            actor, theirs = side.actor(who), clients_of(who, side)
            money = {side.client_id} if who in SEE_THE_MONEY else theirs
            plan = {side.client_id} if who in SEE_THE_PLAN else theirs
            assert seen(Basket, actor) == _pks(Basket.objects.filter(client_id__in=money))
            asked = TrayRequest.objects.filter(organiser=side.organiser)
            if who not in {"case manager", "office", "system"}:
                asked = asked.filter(client_id__in=plan)
            assert seen(TrayRequest, actor) == _pks(asked)
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_the_wellbeing_answers_that_are_theirs(who: str, open_two: Two) -> None:
    for side in open_two.both:
        rounds = Round.objects.filter(organiser=side.organiser)
        if who == "case manager":
            shown = AnswersShown.objects.filter(organiser=side.organiser, shown=True)
            let = rounds.filter(client_id__in=shown.values("client_id"))
            let = let.filter(client_id__in=clients_of(who, side))
            theirs = let.filter(state=RoundState.ANSWERED)
            assert theirs.exists() or side.organiser.closed_caseload
            assert rounds.exclude(pk__in=theirs).exists()
        elif who == "decision maker":
            theirs = rounds.none()
        else:
            theirs = rounds.filter(client_id__in=clients_of(who, side))
        assert seen(Round, side.actor(who)) == _pks(theirs)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_sees_the_threads_that_lead_to_them(who: str, open_two: Two) -> None:
    for side in open_two.both:
        threads = Thread.objects.filter(organiser=side.organiser)
        if who == "case manager":
            theirs = threads.filter(
                route__in=["case_manager", "visit"], client_id__in=clients_of(who, side)
            )
        elif who == "office":
            theirs = threads.filter(route="office")
        elif who in {"provider", "another provider"}:
            worker = Worker.objects.get(user_id=side.users[who])
            theirs = threads.filter(provider_id=worker.provider_id)
        elif who in {"decision maker", "system"}:
            theirs = threads.none()
        else:
            theirs = threads.filter(client_id__in=clients_of(who, side))
        assert seen(Thread, side.actor(who)) == _pks(theirs)


def test_there_is_something_to_see_for_each_who_sees_something(open_two: Two) -> None:
    for side in open_two.both:
        for who in ("client", "another client", "representative", "case manager", "provider"):
            assert orders_of(who, side), (side.organiser.code, who)
        assert Visit.objects.filter(client_id=side.client_id).exists()


def test_an_actor_without_a_day_acts_for_nobody(open_two: Two) -> None:
    dated = open_two.here.actor("representative")
    undated = Actor(dated.user_id, dated.roles)
    assert seen(Client, dated) == {open_two.here.client_id}
    assert seen(Client, undated) == set()


def test_a_client_who_works_elsewhere_is_a_client_here(open_two: Two) -> None:
    """Hats of two organisers on one head: each counts only for its own organiser."""
    here, there = open_two.both
    client, manager = here.actor("client"), there.actor("case manager")
    both = Actor(client.user_id, client.roles | manager.roles, client.days | manager.days)
    assert seen(Client, both) == {here.client_id} | clients_of("case manager", there)


@pytest.mark.parametrize("who", PEOPLE)
def test_applications_are_seen_by_their_applicant_and_by_who_approves_providers(
    who: str, open_two: Two
) -> None:
    for side in open_two.both:
        actor = side.actor(who)
        rows = Application.objects.filter(organiser=side.organiser)
        assert rows.filter(state__in=["sent", "clarification"]).count() == 2
        sees_all = who in {"office", "system"}
        assert seen(Application, actor) == (_pks(rows) if sees_all else set())
        with transaction.atomic():
            if actor.user_id is not None:
                rows.filter(state="sent").update(applicant=actor.user_id, state="withdrawn")
            works = "provider" in who or who == "worker who has left"
            assert bool(seen(Application, actor)) is (works or sees_all)
            transaction.set_rollback(True)
