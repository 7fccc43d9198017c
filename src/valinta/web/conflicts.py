"""Two workers at one form: the second is told, field by field, what the first has changed.

A verb refuses a stale version with an exception that carries the changes. The page then shows

    conflict = conflict_of(refused.changes, typed, label)
    return page.show(template, {"conflict": conflict, ...conflict.content...}, status=409)

with `{% include "conflict.html" %}` above the form, and the newest version in the form's hidden
`version` field. The fields hold `conflict.content`: what was typed, with the other's words in the
fields that only the other changed. Sending the form again keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.translation import gettext

from valinta.shared.changes import Change, Content, bring_together
from valinta.web.names import names_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that another has changed: its name on screen, what it was and is, and what is typed.

    `is_yours_too`: the reader has changed it as well, in another way; their words stay in the form.
    """

    field: str
    label: str
    was: str
    now: str
    typed: str
    by: str
    at: datetime
    is_yours_too: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """What came between, for the page that is shown again. `content` fills the fields."""

    differences: tuple[Difference, ...]
    content: dict[str, str]

    @property
    def who(self) -> str:
        """Who changed something, each once."""
        return ", ".join(dict.fromkeys(one.by for one in self.differences))


def unsaved_of(typed: forms.Form | str) -> list[str]:
    """The free words of a form that was sent, or the words themselves: what took time to write."""
    if isinstance(typed, str):
        words = [typed]
    else:
        fields = {name for name, one in typed.fields.items() if type(one) is forms.CharField}
        words = [str(typed.data.get(typed.add_prefix(name), "")) for name in fields]
    return [one.strip() for one in words if one.strip()]


def conflict_of(
    changes: Iterable[Change],
    typed: Content,
    label: Callable[[str], str],
    shown: Callable[[str, str], str] | None = None,
) -> Conflict:
    """The conflict of what was typed with the changes of others.

    `label` gives a field's name on screen, `shown` a value of a field in words.
    """
    together = bring_together(changes, typed)
    found = [(one, False) for one in together.theirs] + [(one, True) for one in together.both]
    names = names_of(one.by_id for one, _ in found)

    def words(field: str, value: str) -> str:
        return shown(field, value) if shown and value else value

    differences = [
        Difference(
            field=one.field,
            label=label(one.field),
            was=words(one.field, one.was),
            now=words(one.field, one.now),
            typed=words(one.field, typed.get(one.field, "")),
            by=names.get(one.by_id or 0) or gettext("Somebody else"),
            at=one.at,
            is_yours_too=is_both,
        )
        for one, is_both in found
    ]
    return Conflict(tuple(differences), together.content)
