"""The command line: `valinta <command>`. Each command has a module of its own in this room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from valinta.cli import demo, notices, programme, sandbox, serve, tidy, verify, work
from valinta.cli.database import NotPrepared

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

# Each adds its parser, and sets `run`: a function from the arguments to the exit code.
COMMANDS: tuple[Callable[[Commands], None], ...] = (
    demo.add_to,
    serve.add_to,
    programme.add_to,
    notices.add_to,
    verify.add_to,
    tidy.add_to,
    work.add_to,
    sandbox.add_to,
)


def parser() -> argparse.ArgumentParser:
    """The whole command line. Building it reads no settings and opens no database."""
    whole = argparse.ArgumentParser(
        prog="valinta",
        description="Personal budgets and service vouchers, every cent accounted for.",
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add_to in COMMANDS:
        add_to(commands)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 well, 1 refused, 2 not understood, 130 stopped."""
    given = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except NotPrepared as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
