"""The verbs of running a company's services; see also `test_levels`."""

from __future__ import annotations

from tests.permissions import calls_companies as calls
from tests.permissions.verb import OFFICE, ORDERERS, PROVIDER, SYSTEM, Verb
from valinta.catalogue import actions as catalogue
from valinta.messages import company_actions as writing
from valinta.orders import assigning_actions, company_actions, repricing_actions, unit_actions
from valinta.processes import (
    answer_in_time,
    change_prices,
    close_unit,
    hold_new_prices,
    stop_serving,
    tell_companies,
    tell_of_end,
)

VERBS: dict[str, Verb] = {
    "give a client to a worker": Verb(
        assigning_actions.assign_worker, PROVIDER | SYSTEM, calls.assign, "provider"
    ),
    "take a client from a worker": Verb(
        assigning_actions.end_assignment, PROVIDER | SYSTEM, calls.unassign, "provider"
    ),
    "give an order to a unit": Verb(
        unit_actions.give_to_unit, PROVIDER | SYSTEM, calls.give_to_unit, "provider"
    ),
    "close a unit": Verb(
        close_unit.close_unit, OFFICE | PROVIDER | SYSTEM, calls.close_unit_of, "provider"
    ),
    "tell an own price": Verb(
        catalogue.announce_price, OFFICE | PROVIDER | SYSTEM, calls.announce, "provider"
    ),
    "change own prices": Verb(
        change_prices.change_prices, OFFICE | PROVIDER | SYSTEM, calls.change, "provider"
    ),
    "hold at a new price": Verb(
        repricing_actions.hold_at_new_price, OFFICE | PROVIDER | SYSTEM, calls.reprice, "provider"
    ),
    "hold what lacks": Verb(
        repricing_actions.hold_what_lacks, ORDERERS, calls.hold_lacking_of, "client"
    ),
    "hold new prices": Verb(
        hold_new_prices.hold_new_prices, OFFICE | PROVIDER | SYSTEM, calls.reprice_all, "provider"
    ),
    "hold what orders lack": Verb(hold_new_prices.hold_lacking, SYSTEM, calls.hold_lacking_all),
    # A message is a person's own, and the organiser's people have routes of their own.
    "write to a client for a company": Verb(
        writing.write_to_client, PROVIDER, calls.write, "provider"
    ),
    "tell a client of an end": Verb(tell_of_end.tell_of_end, PROVIDER, calls.tell_end, "provider"),
    "call off a visit for a company": Verb(
        company_actions.call_off_as_company, PROVIDER | SYSTEM, calls.call_off, "provider"
    ),
    "stop serving a client": Verb(
        stop_serving.stop_serving, PROVIDER | SYSTEM, calls.stop, "provider"
    ),
    "leave a programme as a company": Verb(
        stop_serving.leave_as_company, OFFICE | PROVIDER | SYSTEM, calls.leave, "provider"
    ),
    "tell companies of what is new": Verb(tell_companies.tell_companies, SYSTEM, calls.tell_news),
    "decline orders nobody answered": Verb(
        answer_in_time.decline_unanswered, SYSTEM, calls.decline_late
    ),
}
