"""`valinta tidy`: close what is over, and remove what is not kept. Made to be run every night."""

from __future__ import annotations

import argparse

from valinta.cli import database


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `tidy`."""
    words = (
        "close orders that are over and reported, and remove old forms of people who came forward"
    )
    parser = commands.add_parser("tidy", help=words, description=words)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print how many orders each organiser's closing took, and how many forms were removed."""
    with database.ready():
        from valinta.clients.interest_actions import remove_old_interests
        from valinta.organisers.models import Organiser
        from valinta.processes.record_death import finish_deaths
        from valinta.processes.switch_provider import close_ended_orders
        from valinta.users.actor import acting, system
        from valinta.web import clock

        for organiser in Organiser.objects.order_by("code"):
            with acting(system(organiser.pk)) as by:
                now = clock.now(organiser)
                finish_deaths(organiser_id=organiser.pk, by=by, at=now)
                closed = close_ended_orders(organiser_id=organiser.pk, by=by, at=now)
                removed = remove_old_interests(organiser_id=organiser.pk, by=by, at=now)
            print(f"{organiser.code}: {closed} orders closed, {removed} forms removed")
        return 0
