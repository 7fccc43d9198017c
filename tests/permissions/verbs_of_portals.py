"""The verbs of baskets, requests, questions, messages and a client's own data."""

from __future__ import annotations

from tests.permissions import calls_messages, calls_wellbeing, calls_wishes
from tests.permissions.verb import (
    CASE_MANAGER,
    CLIENT,
    EVERY_REPRESENTATIVE,
    MAY_ACT,
    OFFICE,
    ORDERERS,
    SYSTEM,
    Verb,
)
from valinta.messages import actions as messages
from valinta.messages import notice_actions
from valinta.processes import open_wellbeing, send_notices, take_data
from valinta.wishes import actions as wishes

WRITERS = CLIENT | {"representative", "representative who may only see"}
# Whoever may write messages at all may get an e-mail about answers, at their own address.
EVERY_WRITER = frozenset(
    {
        "client",
        "another client",
        *EVERY_REPRESENTATIVE,
        "case manager",
        "provider",
        "another provider",
        "worker who has left",
        "office",
    }
)

VERBS: dict[str, Verb] = {
    "start a basket": Verb(
        wishes.start_basket, ORDERERS,
        lambda s: wishes.start_basket(enrolment=s.enrolment, name="Koe", **s.who), "client",
    ),
    "put in a basket": Verb(
        wishes.put_line, ORDERERS,
        lambda s: wishes.put_line(
            basket=calls_wishes.basket(s), choice=calls_wishes.choice(s), **s.who
        ),
        "client",
    ),
    "take out of a basket": Verb(
        wishes.take_line, ORDERERS,
        lambda s: wishes.take_line(line=calls_wishes.line(s), **s.who), "client",
    ),
    "rename a basket": Verb(
        wishes.rename_basket, ORDERERS,
        lambda s: wishes.rename_basket(basket=calls_wishes.basket(s), name="Toinen", **s.who),
        "client",
    ),
    "copy a basket": Verb(
        wishes.copy_basket, ORDERERS,
        lambda s: wishes.copy_basket(basket=calls_wishes.basket(s), name="Toinen", **s.who),
        "client",
    ),
    "wish for a basket": Verb(
        wishes.wish_for_basket, ORDERERS,
        lambda s: wishes.wish_for_basket(basket=calls_wishes.basket(s), words="", **s.who),
        "client",
    ),
    "take a wish back": Verb(
        wishes.take_wish_back, ORDERERS,
        lambda s: wishes.take_wish_back(basket=calls_wishes.wished(s), **s.who), "client",
    ),
    "discard a basket": Verb(
        wishes.discard_basket, ORDERERS,
        lambda s: wishes.discard_basket(basket=calls_wishes.basket(s), **s.who), "client",
    ),
    "note that a line was ordered": Verb(
        wishes.note_ordered, ORDERERS,
        lambda s: wishes.note_ordered(line=calls_wishes.line(s), **s.who), "client",
    ),
    "ask for what is not in the tray": Verb(
        wishes.ask_for_tray, ORDERERS, calls_wishes.ask, "client"
    ),
    "look into a request": Verb(
        wishes.look_into_request, CASE_MANAGER | OFFICE | SYSTEM,
        lambda s: wishes.look_into_request(request=calls_wishes.request(s), **s.who),
    ),
    "answer a request": Verb(
        wishes.answer_request, CASE_MANAGER | OFFICE | SYSTEM,
        lambda s: wishes.answer_request(
            request=calls_wishes.request(s), found=True, answer="Koe", **s.who
        ),
    ),
    # Answers are given by a person under their own name: never by the system.
    **{
        name: Verb(function, CLIENT | MAY_ACT, call, "client")
        for name, (function, call) in calls_wellbeing.OWN.items()
    },
    "open the questions that are due": Verb(
        open_wellbeing.open_due_rounds, OFFICE | SYSTEM, calls_wellbeing.open_due
    ),
    "ask a question": Verb(
        messages.open_thread, WRITERS | CASE_MANAGER, calls_messages.ask, "client"
    ),
    "write a message": Verb(
        messages.write_message, WRITERS | CASE_MANAGER,
        lambda s: messages.write_message(thread=calls_messages.thread(s), words="Koe", **s.who),
    ),
    "note that a thread was read": Verb(
        messages.note_glance, WRITERS | CASE_MANAGER,
        lambda s: messages.note_glance(thread=calls_messages.thread(s), **s.who),
    ),
    "choose notices by e-mail": Verb(
        notice_actions.choose_notices, EVERY_WRITER, calls_messages.choose,
    ),
    "confirm an address": Verb(
        notice_actions.confirm_address, EVERY_WRITER, calls_messages.confirm,
    ),
    "send notices": Verb(send_notices.send_notices, OFFICE | SYSTEM, calls_messages.send),
    "take out one's data": Verb(
        take_data.take_data, CLIENT, lambda s: take_data.take_data(client=s.client, **s.who),
    ),
}  # fmt: skip
