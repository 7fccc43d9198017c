"""Tenancy: the second lock. PostgreSQL shows the application only rows of the organisers in scope.

The scope is a session setting that the policies read. Without a scope nothing is visible, so a
forgotten scope shows an empty page, never another organiser's clients.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection


def enter(organiser_ids: Iterable[int], user_id: int | None) -> None:
    """Set which organisers' rows, and whose own sign-in rows, this connection may see."""
    ids = "{" + ",".join(str(int(one)) for one in sorted(organiser_ids)) + "}"
    user = "" if user_id is None else str(int(user_id))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('valinta.organisers', %s, false),"
            " set_config('valinta.user', %s, false)",
            [ids, user],
        )


def leave() -> None:
    """See nothing again."""
    enter((), None)


@contextmanager
def scope(organiser_ids: Iterable[int], user_id: int | None = None) -> Iterator[None]:
    """Work within these organisers, and put the former scope back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('valinta.organisers', true),"
            " current_setting('valinta.user', true)"
        )
        before = cursor.fetchone() or ("{}", "")
    enter(organiser_ids, user_id)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('valinta.organisers', %s, false),"
                    " set_config('valinta.user', %s, false)",
                    [before[0] or "{}", before[1] or ""],
                )


def enter_public() -> None:
    """Let this connection read, beside its scope, what is public by nature, and only read it."""
    _read_publicly("on")


def leave_public() -> None:
    """Read nothing more than the scope."""
    _read_publicly("")


@contextmanager
def public_reading() -> Iterator[None]:
    """Read programmes, the tray and the approved providers of every organiser, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('valinta.public', true)")
        before = cursor.fetchone() or ("",)
    enter_public()
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _read_publicly(before[0] or "")


def _read_publicly(setting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('valinta.public', %s, false)", [setting])


@contextmanager
def holding(code_digest: str) -> Iterator[None]:
    """See, besides what is in scope, the one row that was made for this code.

    Whoever has a code has no role with the organiser yet. The tables of codes let that row alone
    be read (`schema.READ_BY_CODE`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('valinta.code', %s, false)", [code_digest])
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('valinta.code', '', false)")
