"""The job that removes answers nobody will ask for again, and messages that are long past."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.api.hooks import SendingState
from valinta.api.models import Event, KeptAnswer, Sending
from valinta.api.once import KEPT
from valinta.jobs.registry import job
from valinta.organisers import clock
from valinta.users.actor import Actor

# How long what was told can be looked up and sent again.
TOLD_KEPT = timedelta(days=90)


@job("tidy_api", each="17 * * * *")
def tidy_api(*, organiser_id: int, by: Actor, at: datetime) -> None:
    """Remove kept answers after a day, and messages that are over after ninety."""
    KeptAnswer.objects.filter(organiser_id=organiser_id, made_at__lt=clock.moment() - KEPT).delete()
    old = Event.objects.filter(organiser_id=organiser_id, at__lt=at - TOLD_KEPT)
    over = Sending.objects.filter(event__in=old).exclude(state=SendingState.WAITING)
    over.delete()
    old.filter(sendings__isnull=True).delete()
