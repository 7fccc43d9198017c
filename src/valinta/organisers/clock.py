"""The one place where the site, the API and the jobs read the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from valinta.organisers.models import Organiser


def now(organiser: Organiser) -> datetime:
    """The present moment for the organiser's people.

    In the demo an organiser lives on its own day (`demo_today`), at the present time of day.
    """
    moment = timezone.localtime()
    if settings.DEMO and organiser.demo_today is not None:
        time_of_day = moment.time().replace(microsecond=0)
        return timezone.make_aware(datetime.combine(organiser.demo_today, time_of_day))
    return moment


def moment() -> datetime:
    """The present moment in the world, for what concerns no organiser's people: brakes, tokens."""
    return timezone.localtime()


def today(organiser: Organiser) -> date:
    """The present day for the organiser's people; see `now`."""
    return now(organiser).date()
