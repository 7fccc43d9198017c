"""The verbs of changes during the way, of lost providers, and of the phases of a programme."""

from __future__ import annotations

from tests.permissions import calls_changes as calls
from tests.permissions.verb import (
    CASE_MANAGER,
    DECIDER,
    OFFICE,
    ORDERERS,
    SYSTEM,
    Verb,
)
from valinta.clients import absence_actions, death_actions, home_actions, person_actions
from valinta.orders import change_actions, reopening_actions
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
from valinta.providers import withdrawal_actions

WORKER = CASE_MANAGER | SYSTEM
ENDS = ORDERERS | DECIDER | OFFICE

VERBS: dict[str, Verb] = {
    "move an absence": Verb(absence_actions.move_absence, WORKER, calls.absence),
    "note a death": Verb(death_actions.note_death, WORKER, calls.death),
    "take a death back": Verb(death_actions.take_death_back, WORKER, calls.living),
    "mend a person": Verb(person_actions.mend_person, WORKER, calls.person),
    "note a new home": Verb(home_actions.move_home, WORKER, calls.home),
    "move a place": Verb(home_actions.move_place, WORKER, calls.place),
    "keep a change": Verb(change_actions.keep_change, WORKER, calls.keep),
    "move a change": Verb(change_actions.move_change, WORKER, calls.move),
    "keep that a change was undone": Verb(change_actions.undo_change, WORKER, calls.undo),
    "finish a change": Verb(change_actions.finish_change, WORKER, calls.finish),
    "begin a moving": Verb(change_actions.begin_moving, ENDS, calls.begin, "client"),
    "settle a moving": Verb(change_actions.settle_moving, ORDERERS, calls.settle, "client"),
    "hold for an order again": Verb(reopening_actions.take_again, ORDERERS, calls.again, "client"),
    "open an order again": Verb(reopening_actions.reopen_order, ORDERERS, calls.reopen, "client"),
    "call a visit back": Verb(
        reopening_actions.call_visit_back, ORDERERS, calls.call_back, "client"
    ),
    "stop an order on a day": Verb(stop_on_day.stop_on_day, ENDS, calls.stop, "client"),
    "interrupt services": Verb(interrupt_services.interrupt_services, WORKER, calls.interrupt),
    "move the end of an interruption": Verb(
        interrupt_services.end_interruption, WORKER, calls.come_back
    ),
    "record a death": Verb(record_death.record_death, WORKER, calls.die),
    "undo a death": Verb(record_death.undo_death, WORKER, calls.live),
    "finish deaths": Verb(record_death.finish_deaths, WORKER, calls.finish_deaths),
    "move a client to another provider": Verb(
        move_clients.move_client, ORDERERS, calls.order_again, "client"
    ),
    # A message is a person's own.
    "tell of a lost provider": Verb(move_clients.tell_of_loss, CASE_MANAGER | OFFICE, calls.tell),
    "withdraw a provider": Verb(
        withdraw_provider.withdraw_provider, OFFICE | SYSTEM, calls.withdraw
    ),
    "begin a withdrawal": Verb(
        withdrawal_actions.begin_withdrawal, OFFICE | SYSTEM, calls.begin_withdrawal
    ),
    "count what was withdrawn": Verb(
        withdrawal_actions.count_withdrawn, OFFICE | SYSTEM, calls.count_withdrawn
    ),
    "end the first orders withdrawn": Verb(
        end_withdrawn.end_first, OFFICE | SYSTEM, calls.end_first
    ),
    "end orders withdrawn": Verb(end_withdrawn.end_withdrawn, SYSTEM, calls.end_withdrawn_all),
    "withdraw for a client": Verb(withdraw_for_client.withdraw_for_client, WORKER, calls.leave),
    "move within the programme": Verb(move_home.move_within, WORKER, calls.move_within),
    "move out of the programme": Verb(move_home.move_out, WORKER, calls.move_out),
    "give a visit the price known now": Verb(
        review_visit.reprice_visit, CASE_MANAGER | OFFICE | SYSTEM, calls.reprice
    ),
    "carry clients over into a phase": Verb(
        continue_programme.continue_programme, OFFICE | SYSTEM, calls.carry_over
    ),
    "end a programme": Verb(end_programme.end_programme, OFFICE | SYSTEM, calls.end),
}
