"""`valinta notices`: send the e-mails that wait. Made to be run every few minutes."""

from __future__ import annotations

import argparse
import os

from valinta.cli import database


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `notices`."""
    words = "send the e-mails that tell people that there is something new for them"
    parser = commands.add_parser("notices", help=words, description=words)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print how many e-mails went out for each organiser."""
    with database.ready():
        from django.conf import settings

        from valinta.organisers.models import Organiser
        from valinta.processes.send_notices import send_notices
        from valinta.users.actor import acting, system
        from valinta.web import clock

        site = os.environ.get("VALINTA_SITE", "http://127.0.0.1:8000/")
        for organiser in Organiser.objects.order_by("code"):
            with acting(system(organiser.pk)) as by:
                number = send_notices(
                    organiser_id=organiser.pk,
                    site=site,
                    sender=settings.DEFAULT_FROM_EMAIL,
                    by=by,
                    at=clock.now(organiser),
                )
            print(f"{organiser.code}: {number} sent")
        return 0
