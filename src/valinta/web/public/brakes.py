"""The brakes on the site's doors, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext

from valinta.users.brakes import BY_CALLER, Brake, Key, TooManyTries, count_success, count_try
from valinta.web import clock
from valinta.web.caller import caller
from valinta.web.templatetags.wording import language
from valinta.web.wording import clock_time, day_in_words

TOO_MANY_REQUESTS = 429


def keys_of(request: HttpRequest, brake: Brake, secret: str) -> list[Key]:
    """The brakes of one try: on what was typed, and on the caller."""
    return [Key(brake, secret), Key(BY_CALLER, caller(request))]


def let_try(keys: Sequence[Key], form: Form, field: str) -> bool:
    """Count a try; whether it may be made. If not, the form says until when to wait."""
    try:
        count_try(keys, clock.moment())
    except TooManyTries as error:
        form.add_error(field, wait_until(error))
        return False
    return True


def succeeded(keys: Sequence[Key]) -> None:
    """The secret was right."""
    count_success(keys, clock.moment())


def wait_until(error: TooManyTries) -> str:
    """Until when to wait, in the reader's language."""
    when = {
        "day": day_in_words(error.until.date(), language()),
        "time": clock_time(error.until, language()),
    }
    return gettext("Too many tries. Wait until %(day)s at %(time)s and try again.") % when
