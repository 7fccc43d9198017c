"""The programme office's pages: what each person gets there."""

from __future__ import annotations

from tests.permissions import routes_of_changes, routes_of_programme
from tests.permissions.who_gets import (
    Row,
    allowed,
    each,
)

TABLE: dict[str, Row] = {
    **{
        f"office:{page}": ("GET", allowed(each({"office"}, 200)))
        for page in ("messages", "messages_thread", "messages_attachment")
    },
    # With one programme alone, its page.
    "office:home": ("GET", allowed(each({"office"}, 302))),
    **{
        name: (method, allowed(each({"office"}, status)))
        for name, (method, status) in routes_of_programme.PAGES.items()
    },
    **{
        name: (method, allowed(each({"office"}, status)))
        for name, (method, status) in routes_of_changes.OFFICE.items()
    },
    # Who may decide up to which sum is kept by the office.
    "office:people_powers": ("GET", allowed(each({"office"}, 200))),
    "office:people_powers_give": ("POST", allowed(each({"office"}, 422))),
    "office:people_powers_end": ("POST", allowed(each({"office"}, 302))),
    # Forms that are sent empty are told what is missing; whoever is not suspended is not let go on.
    **{
        f"office:{page}": (method, allowed(each({"office"}, status)))
        for page, method, status in (
            ("providers", "GET", 200),
            ("providers_decided", "GET", 200),
            ("providers_application", "GET", 200),
            ("providers_hand_in", "POST", 422),
            ("providers_ask", "POST", 422),
            ("providers_answer", "POST", 302),
            ("providers_approve", "POST", 422),
            ("providers_refuse", "POST", 422),
            ("providers_evidence", "GET", 200),
            ("providers_judge", "POST", 422),
            ("providers_one", "GET", 200),
            ("providers_suspend", "POST", 422),
            ("providers_resume", "POST", 302),
            ("providers_withdrawal", "GET", 200),
            ("providers_account_confirm", "POST", 302),
            ("providers_account_stop", "POST", 302),
            ("providers_registers", "GET", 200),
            ("providers_register_add", "GET", 200),
            ("providers_register_move", "POST", 302),
            ("requests_one", "GET", 200),
            ("requests_take", "POST", 302),
            ("requests_answer", "POST", 422),
            ("people", "GET", 200),
            ("people_give", "POST", 422),
            ("people_end", "POST", 302),
            ("people_withdraw", "POST", 302),
            ("people_receive", "POST", 302),
            ("people_receive_end", "POST", 302),
        )
    },
    # A case manager answers requests too, but on the client's own pages.
    "office:requests": ("GET", allowed(each({"office"}, 200))),
}
# What a click without words does; no client's page is read there.
DOES: dict[str, set[str]] = {
    "office:requests_take": {"look_into_request"},
    "office:people_end": {"end_role"},
    "office:people_withdraw": {"withdraw_role_invitation"},
    "office:people_receive_end": {"end_reception"},
    "office:people_powers_end": {"end_power"},
}
