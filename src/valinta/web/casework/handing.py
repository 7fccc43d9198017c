"""Hand clients over to a colleague, one or many at once, and cover for each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from valinta.clients.caseload_actions import CoverTwice, cover_for, end_cover, hand_over
from valinta.clients.models import Client, Cover
from valinta.organisers.models import Organiser
from valinta.shared.periods import Period
from valinta.users.models import User
from valinta.users.permissions import Permission, Role
from valinta.web import clock
from valinta.web.access import casework_people, note_listing, note_refusal
from valinta.web.casework.opening import open_case
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.pieces import piece

AT_ONCE = 500
HISTORY_SHOWN = 10


class HandForm(forms.Form):
    """To whom, and the words that go with the client."""

    to = forms.ChoiceField(
        error_messages={
            "required": _("Choose the colleague."),
            "invalid_choice": _("Choose the colleague."),
        }
    )
    words = forms.CharField(
        max_length=500,
        error_messages={
            "required": _("Write in a few words why, and what is under way."),
            "max_length": _("Use at most 500 signs."),
        },
    )

    def __init__(self, colleagues: Collection[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, one.display_name) for value, one in self.colleagues.items()]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The colleagues to choose from."""
        return [(value, one.display_name) for value, one in self.colleagues.items()]

    @property
    def colleague(self) -> User:
        """The one chosen."""
        return self.colleagues[self.cleaned_data["to"]]


class CoverForm(forms.Form):
    """Who is away, who looks after their clients, and the first and last day."""

    user = forms.ChoiceField(
        error_messages={"required": _("Choose who is away."), "invalid_choice": _("Choose who.")}
    )
    colleague = forms.ChoiceField(
        error_messages={
            "required": _("Choose the colleague."),
            "invalid_choice": _("Choose the colleague."),
        }
    )
    first_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "required": _("Choose the first day."),
            "invalid": _("Write the first day as day, month and year: 31.12.2030."),
        },
    )
    last_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write the last day as day, month and year: 31.12.2030."),
        },
    )

    def __init__(self, people: Collection[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        for name in ("user", "colleague"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = self.options

    @property
    def options(self) -> list[tuple[str, str]]:
        """The case managers to choose from."""
        return [(value, one.display_name) for value, one in self.people.items()]

    def clean(self) -> dict[str, Any]:
        """Two different people, and days in order."""
        given = super().clean() or {}
        if given.get("user") and given.get("user") == given.get("colleague"):
            self.add_error("colleague", gettext("Choose somebody else than the one who is away."))
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", gettext("The last day is the first day or later."))
        return given

    @property
    def period(self) -> Period:
        """The days, half-open."""
        given = self.cleaned_data
        return Period(given["first_on"], given["last_on"] + timedelta(days=1))


@require_http_methods(["GET", "POST"])
def hand(request: Request, client_id: int) -> HttpResponse:
    """Hand one client over."""
    page = open_case(request, client_id, purpose="handing over")
    colleagues = _case_managers(page.client.organiser_id, page.today)
    others = [one for one in colleagues if one.pk != page.client.case_manager_id]
    form = HandForm(others, request.POST or None)
    if request.method == "POST" and form.is_valid():
        hand_over(
            clients=[page.client],
            to=form.colleague,
            words=form.cleaned_data["words"],
            by=request.actor,
            at=page.at,
        )
        request.session["told"] = "handed_over"
        # In a closed caseload the client may not be the worker's to open any more.
        return redirect("casework:work")
    before = page.client.hand_overs.select_related("to_user").order_by("-handed_at", "-pk")
    history = page.part(before, HISTORY_SHOWN, name="before", of="casework:hand_over")
    facts = {"form": form, "history": history}
    return page.show("casework/hand_over.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def handing(request: Request) -> HttpResponse:
    """Hand over many clients at once, and see and make covers."""
    organiser, today = _where(request)
    people = _case_managers(organiser.pk, today)
    whose = _chosen(request, people)
    own = _clients(request, organiser, whose)
    clients = piece(request, own, AT_ONCE, place="many")
    form = HandForm([one for one in people if whose is None or one.pk != whose.pk])
    if request.method == "POST":
        form = HandForm(list(form.colleagues.values()), request.POST)
        chosen = _ticked(request, own)
        marked = {one.pk for one in chosen}
        if not chosen:
            form.add_error(None, gettext("Choose at least one client."))
        elif form.is_valid():
            hand_over(
                clients=chosen,
                to=form.colleague,
                words=form.cleaned_data["words"],
                by=request.actor,
                at=clock.now(organiser),
            )
            request.session["told"] = "handed_over_many"
            return redirect("casework:handing")
    else:
        # Nobody goes to a colleague by an oversight: all are ticked only on the worker's word.
        marked = {one.pk for one in clients} if request.GET.get("ticked") == "all" else set()
    note_listing(request, clients)
    return _show(request, organiser, people, whose, clients, form, marked)


@require_POST
def cover(request: Request) -> HttpResponse:
    """Let a colleague look after somebody's clients for a while."""
    organiser, today = _where(request)
    people = _case_managers(organiser.pk, today)
    form = CoverForm(people, request.POST)
    if form.is_valid():
        try:
            cover_for(
                organiser=organiser,
                user=form.people[form.cleaned_data["user"]],
                colleague=form.people[form.cleaned_data["colleague"]],
                period=form.period,
                by=request.actor,
                at=clock.now(organiser),
            )
        except CoverTwice:
            form.add_error(
                "colleague", gettext("This colleague covers on some of these days already.")
            )
        else:
            request.session["told"] = "covered"
            return redirect("casework:handing")
    hands = HandForm(people)
    return _show(request, organiser, people, None, [], hands, set(), form)


@require_POST
def uncover(request: Request, cover_id: int) -> HttpResponse:
    """End a cover now."""
    where = request.actor.organisers_where(Permission.DIVIDE_CLIENTS)
    found = Cover.objects.filter(pk=cover_id, organiser_id__in=where).first()
    if found is None:
        note_refusal(request, "cover", cover_id)
        raise Http404("There is no such cover for this reader.")
    end_cover(cover=found, by=request.actor, at=clock.now(found.organiser))
    request.session["told"] = "cover_ended"
    return redirect("casework:handing")


def _show(
    request: Request,
    organiser: Organiser,
    people: list[User],
    whose: User | None,
    clients: Sequence[Client],
    form: HandForm,
    marked: set[int],
    cover_form: CoverForm | None = None,
) -> HttpResponse:
    today = request.days[organiser.pk]
    covers = Cover.objects.filter(
        organiser=organiser, ended_at__isnull=True, valid__endswith__gt=today
    ).select_related("user", "covered_by")
    faulty = form.errors or (cover_form and cover_form.errors)
    context = {
        "people": people,
        "whose": whose,
        "clients": clients,
        "form": form,
        "marked": marked,
        "all_ticked": _tick(request, "all"),
        "none_ticked": _tick(request, ""),
        "covers": covers.order_by("valid", "pk"),
        "cover_form": cover_form or CoverForm(people),
        "may_end": request.actor.may(Permission.SEE_OPENINGS, organiser.pk),
        "me": request.actor.user_id,
        "today": today,
        "told": request.session.pop("told", ""),
    }
    return render(request, "casework/handing.html", context, status=422 if faulty else 200)


def _where(request: Request) -> tuple[Organiser, date]:
    """The organiser whose clients are divided; with several, the first."""
    where = request.actor.organisers_where(Permission.DIVIDE_CLIENTS)
    organiser = Organiser.objects.get(pk=min(where))
    return organiser, request.days[organiser.pk]


def _case_managers(organiser_id: int, today: date) -> list[User]:
    held = User.objects.filter(
        holdings__organiser_id=organiser_id,
        holdings__role=Role.CASE_MANAGER,
        holdings__valid__contains=today,
    )
    return list(held.distinct().order_by("display_name", "pk"))


def _chosen(request: Request, people: list[User]) -> User | None:
    """Whose clients are shown: of the address, else one's own."""
    asked = request.GET.get("from", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 19 else request.actor.user_id
    return next((one for one in people if one.pk == wanted), None)


def _clients(request: Request, organiser: Organiser, whose: User | None) -> QuerySet[Client]:
    if whose is None:
        return Client.objects.none()
    rows = casework_people(request).filter(organiser=organiser, case_manager=whose)
    found = rows.select_related("organiser").defer("contact", "municipality_code")
    return found.order_by("family_name", "given_name", "pk")


def _ticked(request: Request, own: QuerySet[Client]) -> list[Client]:
    """Those whom the worker has ticked, of those who are there; at most a page of them."""
    sent = [one for one in request.POST.getlist("clients") if one.isascii() and one.isdecimal()]
    return list(own.filter(pk__in=[one for one in sent if len(one) < 19][:AT_ONCE]))


def _tick(request: Request, which: str) -> str:
    """The address of the same clients with all of them ticked, or none."""
    asked = request.GET.copy()
    asked["ticked"] = which
    return f"?{asked.urlencode()}#many"
