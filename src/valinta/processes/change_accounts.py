"""Take into use, each morning, the bank accounts whose waiting time has run out."""

from __future__ import annotations

from datetime import datetime

from valinta.jobs.registry import job
from valinta.processes.hand_in_file import must_be_system
from valinta.providers.account_actions import apply_account_change, due_changes
from valinta.users.actor import Actor


@job("change_accounts", each="10 2 * * *")
def change_accounts(*, organiser_id: int, by: Actor, at: datetime) -> None:
    """Take each due account into use; a second run finds nothing more to do.

    Raises NotAllowed for whoever is not the system.
    """
    must_be_system(by, organiser_id)
    for change in due_changes(organiser_id, at.date()):
        apply_account_change(change=change, by=by, at=at)
