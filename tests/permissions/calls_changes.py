"""Calls of the verbs of changes during the way and of phases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.permissions.stage import Stage
from valinta.clients import absence_actions, death_actions, home_actions, person_actions
from valinta.clients.models import Absence
from valinta.orders import change_actions, reopening_actions
from valinta.orders.models import Cancellation, Change, Moving
from valinta.orders.states import ChangeKind
from valinta.processes import (
    continue_programme,
    end_programme,
    end_withdrawn,
    interrupt_services,
    move_clients,
    move_home,
    record_death,
    review_visit,
    stop_on_day,
    withdraw_for_client,
    withdraw_provider,
)
from valinta.processes.move_clients import alternatives
from valinta.programmes.models import Phase
from valinta.providers import withdrawal_actions
from valinta.providers.models import WithdrawalWork
from valinta.shared.money import Money
from valinta.shared.periods import Period
from valinta.users.actor import system
from valinta.visits.models import Visit


def worker(s: Stage) -> dict[str, Any]:
    """What goes before is done by the case manager."""
    return {"by": s.side.actor("case manager"), "at": s.at}


def interruption(s: Stage) -> Change:
    return Change.objects.get(client=s.client, kind=ChangeKind.INTERRUPTION)


def moving(s: Stage) -> Moving:
    return Moving.objects.select_related("order", "client").get(client=s.client)


def absence(s: Stage) -> object:
    found = Absence.objects.filter(client=s.client).order_by("-valid")[0]
    absence_actions.move_absence(absence=found, period=Period(found.valid.lower), **s.who)
    return None


def death(s: Stage) -> object:
    return death_actions.note_death(client=s.client, on=s.at.date(), **s.who)


def living(s: Stage) -> object:
    closed = death_actions.note_death(client=s.client, on=s.at.date(), **worker(s))
    death_actions.take_death_back(client=s.client, closed=closed.as_json(), **s.who)
    return None


def home(s: Stage) -> object:
    return home_actions.move_home(client=s.client, municipality_code="091", **s.who)


def person(s: Stage) -> object:
    return person_actions.mend_person(client=s.client, said={"phone": "040 123"}, seen=0, **s.who)


def place(s: Stage) -> object:
    one = s.enrolment
    return home_actions.move_place(
        enrolment=one, municipality=one.municipality, target_group=one.target_group, **s.who
    )


def keep(s: Stage) -> object:
    said = change_actions.Said(ChangeKind.MOVE, s.at.date())
    return change_actions.keep_change(client=s.client, enrolment=s.enrolment, said=said, **s.who)


def move(s: Stage) -> object:
    one = interruption(s)
    ends_on = one.starts_on + timedelta(days=9)
    return change_actions.move_change(change=one, ends_on=ends_on, facts=one.facts, **s.who)


def undo(s: Stage) -> object:
    return change_actions.undo_change(change=interruption(s), reason="Koe", **s.who)


def finish(s: Stage) -> object:
    return change_actions.finish_change(change=interruption(s), **s.who)


def begin(s: Stage) -> object:
    Moving.objects.all().delete()
    ends_on = s.later(1).starts_on
    return change_actions.begin_moving(
        order=s.order(), ends_on=ends_on, was_until=None, reason="Koe", **s.who
    )


def settle(s: Stage) -> object:
    return change_actions.settle_moving(moving=moving(s), new_order=None, words="Koe", **s.who)


def again(s: Stage) -> object:
    part = s.order().slices.order_by("-valid")[0]
    quantity = part.quantity_hundredths
    return reopening_actions.take_again(
        part=part, quantity_hundredths=quantity, amount=Money(0), **s.who
    )


def reopen(s: Stage) -> object:
    ends_on = s.later(1).starts_on
    was = stop_on_day.stop_on_day(order=s.order(), ends_on=ends_on, reason="Koe", **worker(s))
    return reopening_actions.reopen_order(was=was, **s.who)


def call_back(s: Stage) -> object:
    one = Cancellation.objects.filter(order_id=s.side.order_id).order_by("pk")[0]
    reopening_actions.call_visit_back(order=s.order(), served_on=one.served_on, **s.who)
    return None


def stop(s: Stage) -> object:
    ends_on = s.later(1).starts_on
    return stop_on_day.stop_on_day(order=s.order(), ends_on=ends_on, reason="Koe", **s.who)


def interrupt(s: Stage) -> object:
    return interrupt_services.interrupt_services(
        client=s.client, enrolment=s.enrolment, kind="other", period=s.later(2), reason="", **s.who
    )


def come_back(s: Stage) -> object:
    one = interrupt_services.interrupt_services(
        client=s.client, enrolment=s.enrolment, kind="other", period=s.later(2), reason="",
        **worker(s),
    )  # fmt: skip
    return interrupt_services.end_interruption(change=one, ends_on=s.later(4).starts_on, **s.who)


def die(s: Stage) -> object:
    return record_death.record_death(client=s.client, on=s.at.date(), reason="Koe", **s.who)


def live(s: Stage) -> object:
    one = record_death.record_death(client=s.client, on=s.at.date(), reason="Koe", **worker(s))
    return record_death.undo_death(change=one, reason="Koe", **s.who)


def finish_deaths(s: Stage) -> object:
    one = record_death.record_death(client=s.client, on=s.at.date(), reason="Koe", **worker(s))
    Change.objects.filter(pk=one.pk).update(made_at=s.at - timedelta(days=400))
    return record_death.finish_deaths(organiser_id=s.side.organiser.pk, **s.who)


def order_again(s: Stage) -> object:
    one = moving(s)
    end = s.order().valid.upper
    Moving.objects.filter(pk=one.pk).update(ends_on=s.at.date(), was_until=end)
    one.refresh_from_db()
    others = alternatives([s.order("ended")], s.at.date())[s.side.order_id]
    offer = (
        type(s.offer).objects.select_related("approval", "service").get(pk=others[0].row.offer_id)
    )
    return move_clients.move_client(moving=one, offer=offer, **s.who)


def tell(s: Stage) -> object:
    return move_clients.tell_of_loss(moving=moving(s), words="Koe", **s.who)


def withdraw(s: Stage) -> object:
    Moving.objects.all().delete()
    ends_on = s.later(1).starts_on
    return withdraw_provider.withdraw_provider(
        approval=s.approval, ends_on=ends_on, reason="Koe", **s.who
    )


def _work(s: Stage) -> WithdrawalWork:
    """A withdrawal that has been begun; nobody is told."""
    Moving.objects.all().delete()
    return withdrawal_actions.begin_withdrawal(
        approval=s.approval,
        ends_on=s.later(1).starts_on,
        said=withdrawal_actions.Said("Koe", "", False, False, None),
        orders=1,
        by=system(s.side.organiser.pk),
        at=s.at,
    )


def begin_withdrawal(s: Stage) -> object:
    return withdrawal_actions.begin_withdrawal(
        approval=s.approval,
        ends_on=s.at.date(),
        said=withdrawal_actions.Said("Koe", "", False, False, None),
        orders=0,
        **s.who,
    )


def count_withdrawn(s: Stage) -> object:
    return withdrawal_actions.count_withdrawn(work=_work(s), orders=1, finished=True, **s.who)


def end_first(s: Stage) -> object:
    return end_withdrawn.end_first(work=_work(s), **s.who)


def end_withdrawn_all(s: Stage) -> object:
    _work(s)
    return end_withdrawn.end_withdrawn(organiser_id=s.side.organiser.pk, **s.who)


def leave(s: Stage) -> object:
    return withdraw_for_client.withdraw_for_client(
        enrolment=s.enrolment, way="phone", proof="Koe", said_on=s.at.date(), reason="", **s.who
    )


def move_within(s: Stage) -> object:
    one = s.enrolment
    return move_home.move_within(
        client=s.client, enrolment=one, to=one.municipality.code, group="", on=s.at.date(),
        where=move_home.Where.WITHIN, **s.who,
    )  # fmt: skip


def move_out(s: Stage) -> object:
    return move_home.move_out(client=s.client, enrolment=s.enrolment, to="999", note="Koe", **s.who)


def reprice(s: Stage) -> object:
    visit_id = s.visit("in_review")
    Visit.objects.filter(pk=visit_id).update(price_cents=1)
    return review_visit.reprice_visit(visit_id=visit_id, **s.who)


def carry_over(s: Stage) -> object:
    former = s.side.programme.phases.order_by("-valid")[0]
    today = s.at.date()
    end = former.valid.upper
    Phase.objects.filter(pk=former.pk).update(valid=(former.valid.lower, today))
    later = Phase.objects.create(
        organiser=s.side.organiser, programme=s.side.programme, code="koe", status="extension",
        names=former.names, valid=(today, end),
    )  # fmt: skip
    later.refresh_from_db()
    return continue_programme.continue_programme(programme=s.side.programme, phase=later, **s.who)


def end(s: Stage) -> object:
    last = s.side.programme.phases.order_by("-valid")[0]
    tomorrow = s.at.date() + timedelta(days=1)
    Phase.objects.filter(pk=last.pk).update(valid=(last.valid.lower, tomorrow))
    return end_programme.end_programme(programme=s.side.programme, **s.who)
