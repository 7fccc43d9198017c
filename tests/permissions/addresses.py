"""The address of each page, about the subject client, company or programme of a side."""

from __future__ import annotations

from django.db.models import Model
from django.urls import reverse

from tests.permissions import (
    routes_of_api,
    routes_of_changes,
    routes_of_programme,
    routes_of_providers,
)
from tests.permissions.cast import Side
from valinta.budgets.models import Voucher
from valinta.clients.models import Contact, Cover, Interest, Invitation, Mandate, Reception
from valinta.clients.states import InvitationState
from valinta.evaluation.models import Round
from valinta.evaluation.states import WAITING
from valinta.messages.models import Attachment, Thread
from valinta.orders.models import Order
from valinta.plans.models import (
    Claim,
    Decision,
    DecisionPower,
    DecisionProposal,
    Delivery,
    Paper,
    ServicePlan,
    SupportPlan,
)
from valinta.providers.models import AccountChange, Application, Approval, Evidence, RegisterEntry
from valinta.users.models import Holding, RoleInvitation
from valinta.visits.models import Visit
from valinta.visits.states import VisitState
from valinta.web.routes import ROUTES
from valinta.wishes.models import TrayRequest

# Things of a client whose address names the client too.
OF_CLIENT: dict[str, type[Model]] = {
    "mandate": Mandate,
    "invitation": Invitation,
    "order": Order,
    "thread": Thread,
    "contact": Contact,
}
# Things of the client's place: the name of their number in the address, and the rows.
OF_PLACE: dict[str, tuple[str, type[Model], str]] = {
    "plan": ("plan_id", ServicePlan, "pk"),
    "voucher": ("voucher_id", Voucher, "pk"),
    "decision": ("decision_id", Decision, "pk"),
    "support plan": ("number", SupportPlan, "version"),
    "proposal": ("proposal_id", DecisionProposal, "pk"),
    "paper": ("paper_id", Paper, "pk"),
}
# Things of a decision.
OF_DECISION: dict[str, type[Model]] = {"delivery": Delivery, "claim": Claim}
# Things of the organiser that pages of the office are about: the name of their number, the rows.
OF_OFFICE: dict[str, tuple[str, type[Model], dict[str, object]]] = {
    "application": ("application_id", Application, {"state": "sent"}),
    "evidence": ("evidence_id", Evidence, {"application__state": "sent", "words": ""}),
    "approval": ("approval_id", Approval, {"suspended_on": None}),
    "account change": ("change_id", AccountChange, {}),
    "entry": ("entry_id", RegisterEntry, {}),
    "request": ("request_id", TrayRequest, {"state": "received"}),
    "holding": ("holding_id", Holding, {"role": "case_manager"}),
    "role invitation": ("invitation_id", RoleInvitation, {}),
    "reception": ("reception_id", Reception, {}),
}
# Pages of the office about the programme as a whole.
OF_PROGRAMME = {
    "provider:apply_begin",
    "office:people",
    "office:people_give",
    "office:people_receive",
    "office:people_powers",
    "office:people_powers_give",
}


def address(name: str, side: Side) -> str:
    """The address of a page, about what is the side's own."""
    if name in routes_of_api.PAGES:
        return routes_of_api.address(name)
    if name in routes_of_providers.PAGES:
        return routes_of_providers.address(name, side)
    if name in routes_of_changes.OWN_ADDRESSES:
        return routes_of_changes.address(name, side)
    if name in routes_of_programme.PAGES:
        return routes_of_programme.address(name, side)
    about = ROUTES[name].about
    if name.startswith("office:") and about in OF_OFFICE:
        return _of_thing(name, side)
    if name.startswith("office:messages"):
        return _of_office(name, side)
    if name in OF_PROGRAMME or name.startswith(("office:providers", "office:requests")):
        return reverse(name, kwargs={"programme_id": side.programme.pk})
    if about == "programme":
        codes = {"organiser": side.organiser.code, "programme": side.programme.code}
        return reverse(name, kwargs=codes)
    with side.scope():
        return reverse(name, kwargs=_named(name, about, side))


def _named(name: str, about: str, side: Side) -> dict[str, object]:
    """The numbers in the address of a page about a thing."""
    if name == "office:people_powers_end":
        power = DecisionPower.objects.order_by("pk")[0].pk
        return {"programme_id": side.programme.pk, "power_id": power}
    if about == "interest":
        received = Interest.objects.visible_to(side.actor("case manager"))
        return {"interest_id": received.order_by("pk")[0].pk}
    if about == "cover":
        return {"cover_id": Cover.objects.order_by("pk")[0].pk}
    if about == "provider":
        return {"provider_id": min(side.played.tray.workers)}
    if about == "visit":
        waiting = Visit.objects.filter(client_id=side.client_id, state=VisitState.ACCEPTED)
        return {"visit_id": waiting.order_by("pk")[0].pk}
    if about == "client":
        return {"client_id": side.client_id}
    thing = _of_a_client(name, about, side)
    return {"client_id": side.client_id, **thing} if thing else {}


def _of_a_client(name: str, about: str, side: Side) -> dict[str, object]:
    """The number of a thing of the subject client; nothing for a page about nobody."""
    if about == "round":
        waiting = Round.objects.filter(client_id=side.client_id, state__in=WAITING)
        more = {"number": 1} if name == "client:wellbeing_question" else {}
        return {"round_id": waiting.order_by("pk")[0].pk, **more}
    if about == "attachment":
        files = Attachment.objects.filter(message__thread__client_id=side.client_id)
        return {"attachment_id": files[0].pk}
    if about in OF_CLIENT:
        rows = OF_CLIENT[about]._default_manager.filter(client_id=side.client_id)
        if about == "invitation":
            rows = rows.filter(state=InvitationState.SENT)
        if name == "casework:thread":
            rows = rows.filter(route="case_manager")
        return {f"{about}_id": rows.order_by("pk")[0].pk}
    if about in OF_DECISION:
        things = OF_DECISION[about]._default_manager
        return {f"{about}_id": things.filter(decision__enrolment__client_id=side.client_id)[0].pk}
    if about in OF_PLACE:
        key, model, value = OF_PLACE[about]
        rows = model._default_manager.filter(enrolment__client_id=side.client_id)
        return {key: rows.order_by("pk").values_list(value, flat=True)[0]}
    return {}


def _of_office(name: str, side: Side) -> str:
    """The address of an office page about the programme, or about a thread of it."""
    named = {"programme_id": side.programme.pk}
    with side.scope():
        threads = Thread.objects.filter(route="office").order_by("pk")
        if name == "office:messages_thread":
            named["thread_id"] = threads[0].pk
        if name == "office:messages_attachment":
            files = Attachment.objects.filter(message__thread__route="office").order_by("pk")
            named["attachment_id"] = files[0].pk
    return reverse(name, kwargs=named)


def _of_thing(name: str, side: Side) -> str:
    """The address of an office page about one of the organiser's things."""
    key, model, which = OF_OFFICE[ROUTES[name].about]
    with side.scope():
        rows = model._default_manager.filter(organiser=side.organiser, **which)
        first = rows.order_by("pk").values_list("pk", flat=True)[0]
    return reverse(name, kwargs={"programme_id": side.programme.pk, key: first})
