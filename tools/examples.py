"""People and pages of the running demo: whom to sign in as, and what each of them looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from tests.tour import Stop, stops
from tests.tour_readers import reader_of
from valinta.catalogue.models import Offer, Service
from valinta.clients.models import Client
from valinta.needs.models import Assessment
from valinta.orders.models import Change
from valinta.orders.states import ChangeKind
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.plans.models import DecisionProposal
from valinta.programmes.models import Programme
from valinta.visits.states import VisitState

# A programme with budgets and vouchers, so that every page has something to show.
PROGRAMME = "kanta-hame"
COMPARED = 3


def people_and_pages() -> list[tuple[int | None, list[Stop]]]:
    """A user id (None: nobody signs in) and the addresses that person visits, for each person.

    Left out is what the demo has no example of: taking back what nobody gave, a file nobody sent.
    """
    with _programme() as programme:
        favourite = _favourite()
        better = _with_more_to_show(programme)
        seen: dict[int | None, list[Stop]] = defaultdict(list)
        for one in stops(programme, favourite)[0]:
            stop = better.get(one.name, one)
            reader = reader_of(stop, programme.organiser, favourite)
            seen[reader.pk if reader else None].append(stop)
    return list(seen.items())


@contextmanager
def _programme() -> Iterator[Programme]:
    """The programme, in the scope of its organiser."""
    with tenancy.scope(list(Organiser.objects.values_list("pk", flat=True))):
        programme = Programme.objects.select_related("organiser").get(code=PROGRAMME)
    with tenancy.scope([programme.organiser_id]):
        yield programme


def _favourite() -> Client:
    """The first client who has ordered something and written to somebody."""
    lively = Client.objects.filter(orders__isnull=False, threads__isnull=False)
    return lively.order_by("pk")[0]


def _with_more_to_show(programme: Programme) -> dict[str, Stop]:
    """In place of stops that show little: a search, a comparison, a home where a visit waits."""
    asked = _asked()
    service = Service.objects.annotate(choice=Count("offers")).order_by("-choice", "pk")[0]
    picked = Offer.objects.filter(service=service).order_by("pk")[:COMPARED]
    town = programme.municipalities.order_by("pk")[0].code
    # With a number for the order of providers, which is otherwise another for each visitor.
    search = [("order", 1), ("municipality", town), ("service", service.code)]
    compared = [("order", 1), *(("pick", one.pk) for one in picked)]
    found = (
        Stop("public:tray", f"{reverse('public:tray')}?{urlencode(search)}"),
        Stop("public:compare", f"{reverse('public:compare')}?{urlencode(compared)}"),
        Stop("client:home", reverse("client:home", args=[asked.pk]), asked),
    )
    return {stop.name: stop for stop in (*found, *_of_workers())}


def _of_workers() -> Iterator[Stop]:
    """An assessment under way, a decision that waits, a client who will be in hospital."""
    assessed = Assessment.objects.filter(completed_at=None).order_by("pk")
    waiting = DecisionProposal.objects.order_by("pk")
    away = Change.objects.filter(kind=ChangeKind.INTERRUPTION).order_by("pk")
    for name, client in (
        ("casework:assessment", assessed[0].enrolment.client),
        ("casework:plan", waiting[0].enrolment.client),
        ("casework:decisions", waiting[0].enrolment.client),
        ("casework:changes", away[0].client),
    ):
        yield Stop(name, reverse(name, args=[client.pk]), client)


def _asked() -> Client:
    """The client with most services among those who are asked whether a visit took place."""
    waiting = Client.objects.filter(visit__state=VisitState.ACCEPTED)
    return waiting.annotate(busy=Count("orders", distinct=True)).order_by("-busy", "pk")[0]
