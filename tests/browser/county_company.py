"""What the month of the demo leaves out of a company's work: its system, a file, a question."""

from __future__ import annotations

from datetime import timedelta

from valinta.api.client_actions import register_api_client
from valinta.api.scopes import Scope
from valinta.demo.month import moment
from valinta.demo.play import Played
from valinta.messages.actions import open_thread
from valinta.messages.files import Sent
from valinta.messages.states import Route
from valinta.orders.assigning import Assignment
from valinta.processes.hand_in_file import hand_in_file
from valinta.processes.take_in_visits import take_in_visits
from valinta.providers.levels import Level
from valinta.providers.models import Provider
from valinta.users.actor import actor_of


def work_at_a_company(played: Played) -> None:
    """By an administrator of the programme's first company, and by a client of it."""
    programme, at = played.programme, moment(played.today, 9)
    company = Provider.objects.filter(approvals__programme=programme).order_by("pk")[0]
    admin = company.workers.filter(level=Level.ADMIN).order_by("pk")[0]
    by = actor_of(admin.user_id, played.today)
    register_api_client(
        provider=company, organiser_id=programme.organiser_id, name="Kotihoidon ohjelma",
        scopes=list(Scope), ends_on=played.today + timedelta(days=200), by=by, at=at,
    )  # fmt: skip
    line = {"order": "0", "reference": "k-1", "served_on": played.today.isoformat()}
    take_in_visits(programme=programme, provider=company, lines=[line], by=by, at=at, door="csv")
    hand_in_file(
        programme=programme, provider=company, name="maaliskuu.csv",
        content=[b"order;reference;day;quantity\n0;k-2;1.3.2019;1\n"], by=by, at=at,
    )  # fmt: skip
    served = Assignment.objects.filter(provider=company, client__user__isnull=False)
    client = served.select_related("client__user").order_by("pk")[0].client
    open_thread(
        client=client, route=Route.PROVIDER, provider=company, subject="Avain",
        words="Mistä avaimen voi hakea? Liitteenä on kuva.",
        files=[Sent("avain.pdf", b"%PDF-1.7\n%demo")],
        by=actor_of(client.user_id, played.today), at=at,
    )  # fmt: skip
