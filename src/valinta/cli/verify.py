"""`valinta verify`: check every invariant of the money, and name what breaks one."""

from __future__ import annotations

import argparse

from valinta.cli import database


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `verify`."""
    words = "check every invariant of the money for every organiser"
    parser = commands.add_parser("verify", help=words, description=words)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print each organiser's result; 1 when an invariant is broken somewhere."""
    with database.ready():
        from valinta.organisers import tenancy
        from valinta.organisers.models import Organiser
        from valinta.processes.verify_books import CHECKS, verify_books

        broken = 0
        for organiser in Organiser.objects.order_by("code"):
            with tenancy.scope([organiser.pk]):
                findings = verify_books()
            broken += len(findings)
            print(f"{organiser.code}: {len(CHECKS) - len(findings)} of {len(CHECKS)} checks hold")
            for finding in findings:
                print(f"  invariant {finding.check.number} broken: {finding.check.says}")
                for place in finding.places:
                    print(f"    {place}")
        return 1 if broken else 0
