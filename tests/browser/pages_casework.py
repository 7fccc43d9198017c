"""Casework pages at work: lists that are narrowed, forms half way, and what comes after them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from tests.browser.county import County
from tests.browser.look import Deed, Deeper, Look, Looks, case, sends
from valinta.clients.models import AccessGrant, Client, Enrolment, Interest
from valinta.clients.states import EnrolmentState
from valinta.needs.models import Assessment
from valinta.orders.models import Change, Order
from valinta.orders.states import ChangeKind
from valinta.plans.models import Claim, DecisionProposal
from valinta.plans.states import ClaimState
from valinta.users.models import User
from valinta.users.permissions import Role

STALE = {"version": "0"}


def _list(county: County, name: str, query: str = "", deed: Deed | None = None) -> Look:
    reader = county.staff(Role.CASE_MANAGER)
    return Look(f"casework:{name}", reverse(f"casework:{name}") + query, reader, deed=deed)


def _work(county: County) -> Looks:
    for query in ("?whose=all", "?whose=nobodys", "?whose=all&kind=interest", "?whose=cover"):
        yield _list(county, "work", query)
    words = county.favourite.family_name[:4]
    yield _list(county, "work", "?whose=all", sends("form[role=search]", words=words))


def _search(county: County) -> Looks:
    for words in (county.favourite.family_name, "xyzzy"):
        yield _list(county, "search", deed=sends("main form[method=post]", words=words))


def _handing(county: County) -> Looks:
    yield _list(county, "handing", f"?from={county.staff(Role.CASE_MANAGER).pk}")


def _opening(county: County) -> Looks:
    """A colleague's client, whom nobody else has opened."""
    me = county.staff(Role.CASE_MANAGER)
    open_now = AccessGrant.objects.values("client_id")
    theirs = Client.objects.exclude(case_manager=me).exclude(pk__in=open_now)
    yield case(county, theirs.order_by("pk")[0], "opening", by=me)


def _at(state: EnrolmentState) -> Client:
    """The newest client whose place is in this state."""
    places = Enrolment.objects.filter(state=state).select_related("client__case_manager")
    return places.order_by("-pk")[0].client


def _assessed_now() -> Client:
    under_way = Assessment.objects.filter(completed_at=None)
    return under_way.select_related("enrolment__client").order_by("pk")[0].enrolment.client


def _changed(kind: ChangeKind) -> Client:
    return Change.objects.filter(kind=kind).select_related("client").order_by("pk")[0].client


def _client(county: County) -> Looks:
    for state in (EnrolmentState.INTERESTED, EnrolmentState.QUEUED, EnrolmentState.WITHDRAWN):
        yield case(county, _at(state), "client")
    yield case(county, _assessed_now(), "client")
    yield case(county, _changed(ChangeKind.DEATH), "client")
    yield case(county, _proposal().enrolment.client, "client", by=_decider(county))


def _register(county: County) -> Looks:
    came = Interest.objects.order_by("pk")[0]
    yield _list(county, "register", f"?interest={came.pk}")
    look = _list(county, "register", deed=sends("main form[method=post]", identity_code="1"))
    yield Look(look.name, look.path, look.reader, 422, deed=look.deed)


def _person(county: County) -> Looks:
    client = county.favourite
    yield case(county, client, "client_person")
    slip = sends("main form[method=post]", given_name="", identity_code="1")
    yield case(county, client, "client_person", status=422, deed=slip)
    hidden = Client.objects.filter(non_disclosure=True).select_related("case_manager")
    yield case(county, hidden.order_by("pk")[0], "client_person")


def _joining(county: County) -> Looks:
    interested = _at(EnrolmentState.INTERESTED)
    yield case(county, interested, "joining")
    yield case(county, _at(EnrolmentState.QUEUED), "joining")
    join = reverse("casework:joining_join", kwargs={"client_id": interested.pk})
    yield case(
        county, interested, "joining", status=422, deed=sends(f'form[action="{join}"]', given_by="")
    )


def _turned_down(county: County) -> Looks:
    ended = Enrolment.objects.filter(state=EnrolmentState.ENDED, started_on=None)
    client = ended.select_related("client__case_manager").order_by("pk")[0].client
    yield case(county, client, "joining")
    yield case(county, client, "joining_answer")


def _assessment(county: County) -> Looks:
    client = _assessed_now()
    yield case(county, client, "assessment")
    save = sends("#assessment", goals="Kirjastoon joka viikko", **STALE)
    yield case(county, client, "assessment", status=409, deed=save)
    slip = sends("#assessment", button='[name="finish"]', **{"with-client": "", "goals": ""})
    yield case(county, client, "assessment", status=422, deed=slip)


def _plan(county: County) -> Looks:
    yield case(county, _proposal().enrolment.client, "plan")
    yield case(county, _assessed_now(), "plan")


def _plan_write(county: County) -> Looks:
    client = county.favourite
    yield case(county, client, "plan_write", status=409, deed=sends(".plan-form", **STALE))


def _proposal() -> DecisionProposal:
    found = DecisionProposal.objects.select_related("enrolment__client__case_manager")
    return found.order_by("pk")[0]


def _decider(county: County) -> User:
    return county.staff(Role.DECISION_MAKER)


def _decisions(county: County) -> Looks:
    client = _proposal().enrolment.client
    yield case(county, client, "decisions")
    yield case(county, client, "decisions", by=_decider(county))
    yield case(county, _at(EnrolmentState.INTERESTED), "decisions")


def _claims(county: County) -> Looks:
    """One that waits, as each of the two decision makers sees it, and one that was answered."""
    found = Claim.objects.select_related("decision__enrolment__client__case_manager")
    for state in (ClaimState.RECEIVED, ClaimState.ANSWERED):
        claim = found.filter(state=state).order_by("pk")[0]
        client = claim.decision.enrolment.client
        for holding in county.programme.organiser.holding_set.filter(role=Role.DECISION_MAKER):
            yield case(county, client, "decisions_claim", by=holding.user, claim_id=claim.pk)


def _services_new(county: County) -> Looks:
    client = county.favourite
    order = Order.objects.filter(client=client, close_reason="").order_by("pk")[0]
    query = f"?offer={order.offer_id}"
    yield case(county, client, "services_new", query)
    yield case(county, client, "services_new", query, status=422, deed=sends(FORM, quantity=""))
    others = Order.objects.filter(service=order.service_id).exclude(offer=order.offer_id)
    query = f"?offer={others.order_by('pk')[0].offer_id}"
    yield case(county, client, "services_switch", query, order_id=order.pk)


FORM = "main form[method=post]"


def _changes(county: County) -> Looks:
    for kind in (ChangeKind.DEATH, ChangeKind.INTERRUPTION):
        yield case(county, _changed(kind), "changes")


def _away(county: County) -> Looks:
    first = county.today + timedelta(days=5)
    days = {"first_on": f"{first}", "last_on": f"{first + timedelta(days=9)}"}
    client = county.favourite
    yield case(county, client, "changes_away", deed=sends(FORM, kind="hospital", **days))
    yield case(county, client, "changes_away", status=422, deed=sends(FORM, first_on=""))


def _away_end(county: County) -> Looks:
    change = Change.objects.filter(kind=ChangeKind.INTERRUPTION).order_by("pk")[0]
    sooner = sends(FORM, last_on=f"{change.ends_on - timedelta(days=3)}")
    stale = sends(FORM, was="2019-01-01")
    yield case(county, change.client, "changes_away_end", deed=sooner, change_id=change.pk)
    yield case(
        county, change.client, "changes_away_end", status=409, deed=stale, change_id=change.pk
    )


def _other_changes(county: County) -> Looks:
    client, yesterday = county.favourite, f"{county.today - timedelta(days=1)}"
    died = sends(FORM, died_on=yesterday, reason="Omainen kertoi.")
    yield case(county, client, "changes_death", deed=died)
    said = sends(FORM, said_on=yesterday, way="letter", proof="K 14/2019", reason="")
    yield case(county, client, "changes_withdrawal", deed=said)
    for town in (county.programme.municipalities.order_by("-pk")[0].code, "091"):
        moves = sends(FORM, to=town, on=f"{county.today + timedelta(days=20)}")
        yield case(county, client, "changes_home", deed=moves)


def _contacts(county: County) -> Looks:
    log = sends(FORM, minutes="")
    yield case(county, county.favourite, "contacts", status=422, deed=log)


CASEWORK: dict[str, Deeper] = {
    "casework:work": _work,
    "casework:search": _search,
    "casework:handing": _handing,
    "casework:opening": _opening,
    "casework:client": _client,
    "casework:register": _register,
    "casework:client_person": _person,
    "casework:joining": _joining,
    "casework:joining_answer": _turned_down,
    "casework:assessment": _assessment,
    "casework:plan": _plan,
    "casework:plan_write": _plan_write,
    "casework:decisions": _decisions,
    "casework:decisions_claim": _claims,
    "casework:services_new": _services_new,
    "casework:changes": _changes,
    "casework:changes_away": _away,
    "casework:changes_away_end": _away_end,
    "casework:changes_death": _other_changes,
    "casework:contacts": _contacts,
}
