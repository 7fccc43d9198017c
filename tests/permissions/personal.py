"""A search for people's names, identity codes and addresses in text that must hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection

from tests.permissions.conftest import Two
from valinta.clients.models import Client


def personal_words(two: Two) -> set[str]:
    """Names, identity codes and whatever the contact facts say, of every client there is."""
    words: set[str] = set()
    for side in two.both:
        with side.scope():
            for one in Client.objects.all():
                words |= {one.given_name, one.family_name, one.identity_code}
                words |= {str(value) for value in one.contact.values() if value}
    return words


def found_in(text: str, words: set[str]) -> set[str]:
    """The words that stand in the text by themselves, in any letter case."""
    return {one for one in words if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.I)}


def rows_as_text(table: str, two: Two) -> Iterator[str]:
    """Every row of a table, of both organisers, with all its columns as text."""
    for side in two.both:
        with side.scope(), connection.cursor() as cursor:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            yield from (row[0] for row in cursor.fetchall())
