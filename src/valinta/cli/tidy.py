"""`valinta tidy`: remove what is not kept any longer. Made to be run every night."""

from __future__ import annotations

import argparse

from valinta.cli import database


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `tidy`."""
    words = "remove closed forms of people who came forward, when they are not kept any longer"
    parser = commands.add_parser("tidy", help=words, description=words)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print how many forms each organiser's removal took."""
    with database.ready():
        from valinta.clients.interest_actions import remove_old_interests
        from valinta.organisers.models import Organiser
        from valinta.users.actor import acting, system
        from valinta.web import clock

        for organiser in Organiser.objects.order_by("code"):
            with acting(system(organiser.pk)) as by:
                number = remove_old_interests(
                    organiser_id=organiser.pk, by=by, at=clock.now(organiser)
                )
            print(f"{organiser.code}: {number} removed")
        return 0
