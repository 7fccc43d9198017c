"""`valinta sandbox DIR --company BUSINESS_ID`: a programme's sandbox for a company."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from valinta.cli import database
from valinta.cli.programme import ZONE
from valinta.programmes.pack import PackFaults, read_pack


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `sandbox`."""
    words = "open a programme's sandbox for a company: made-up clients, nothing is ever paid"
    parser = commands.add_parser("sandbox", help=words, description=words)
    parser.add_argument("folder", metavar="DIR", type=Path, help="the pack's folder")
    parser.add_argument("--company", required=True, help="the company's business id")
    parser.add_argument("--today", type=date.fromisoformat, help="the day there (today)")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Open the sandbox and say where; 1 when it was refused."""
    try:
        pack = read_pack(given.folder)
    except PackFaults as error:
        print(f"{given.folder}: {error}. See valinta programme check.", file=sys.stderr)
        return 1
    with database.ready():
        from valinta.demo.sandbox import NobodyAtTheCompany, open_sandbox
        from valinta.programmes.queries import ProgrammeClosed
        from valinta.providers.models import Provider

        company = Provider.objects.filter(business_id=given.company).first()
        if company is None:
            print(f"There is no company {given.company} here.", file=sys.stderr)
            return 1
        today = given.today or datetime.now(ZONE).date()
        try:
            organiser = open_sandbox(pack=pack, company=company, today=today)
        except (NobodyAtTheCompany, ProgrammeClosed) as error:
            print(error, file=sys.stderr)
            return 1
        print(f"{company.name} has its orders in {organiser.code}. An administrator of the company")
        print("connects a system to it on the page Own systems.")
        return 0
