"""Ask about clients' places in programmes, without telling who they are."""

from __future__ import annotations

from django.db.models import Count

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.programmes.models import Programme


def taken_places(programme: Programme) -> dict[tuple[str, str], int]:
    """How many are in the programme or wait in its queue, by municipality and target group.

    Both by their codes. Whoever waits counts, because nobody passes the first in the queue.
    """
    rows = (
        Enrolment.objects.filter(
            programme=programme, state__in=[EnrolmentState.ENROLLED, EnrolmentState.QUEUED]
        )
        .values_list("municipality__code", "target_group__code")
        .annotate(number=Count("pk"))
    )
    return {(town, group): number for town, group, number in rows}
