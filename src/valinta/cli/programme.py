"""`valinta programme check DIR...` and `valinta programme load DIR...`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from valinta.cli import database
from valinta.programmes.pack import Pack, PackFaults, read_pack

# The day a load happens on is a day in Finland, wherever the machine is.
ZONE = ZoneInfo("Europe/Helsinki")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `programme` with its two verbs."""
    programme = commands.add_parser("programme", help="check or load programme packs")
    verbs = programme.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, words, run in (
        ("check", "name every fault of the packs; no database is needed", check),
        ("load", "load the packs; the same pack again changes nothing", load),
    ):
        parser = verbs.add_parser(verb, help=words, description=words)
        parser.add_argument("folders", metavar="DIR", nargs="+", type=Path, help="a pack's folder")
        parser.set_defaults(run=run)


def check(given: argparse.Namespace) -> int:
    """Print each fault as file:line: problem, with its mend. 1 when there is one."""
    return 0 if _read(given.folders, praise=True) is not None else 1


def load(given: argparse.Namespace) -> int:
    """Load the packs, none of them if one has a fault; 1 when one was refused."""
    packs = _read(given.folders, praise=False)
    if packs is None:
        return 1
    with database.ready():
        from valinta.cli.programme_loading import load_all

        return load_all(packs, at=datetime.now(ZONE))


def _read(folders: Iterable[Path], praise: bool) -> list[Pack] | None:
    """The packs; None when one has a fault, after every fault of every pack has been printed."""
    packs, faulty = [], False
    for folder in folders:
        try:
            packs.append(read_pack(folder))
        except PackFaults as error:
            faulty = True
            _print_faults(folder, error)
        else:
            if praise:
                print(f"{folder}: no faults")
    return None if faulty else packs


def _print_faults(folder: Path, error: PackFaults) -> None:
    for fault in error.faults:
        place = f"{folder / fault.file}:{fault.line}"
        print(f"{place}: {fault.path}: {fault.problem} — {fault.mend}", file=sys.stderr)
