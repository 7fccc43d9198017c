"""Words that will stand in a letter: refused while they are typed, not when the letter is made."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from valinta.integrations.letters import unshown


def shown_in_letters(text: str) -> None:
    """A validator of a form's field: raises ValidationError that names what letters cannot show."""
    signs = unshown(text)
    if signs:
        raise ValidationError(words_of(signs))


def words_of(signs: list[str]) -> str:
    """What is wrong and how to mend it, with the signs themselves."""
    words = gettext("A letter cannot show these signs: %(places)s. Take them out.")
    return words % {"places": " ".join(signs)}


def letter_refused() -> str:
    """Why nothing was decided or answered: its letter could not be made."""
    return gettext(
        "Nothing was done, because the letter could not be made: a name or a text has a sign that"
        " letters cannot show, such as a picture. Take it out and try again."
    )
