"""How many places a programme has for a municipality and group, who is in, and who is next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from valinta.clients.models import Enrolment
from valinta.clients.states import EnrolmentState
from valinta.programmes.models import Quota


@dataclass(frozen=True, slots=True)
class Room:
    """The places that a client of one municipality and group shares (OST-2).

    `places` is None where no quota binds. `queue` are those who wait, the first one first.
    """

    places: int | None
    taken: int
    queue: tuple[Enrolment, ...]

    @property
    def free(self) -> int | None:
        """How many places are free for those who wait; None where no quota binds."""
        return None if self.places is None else max(0, self.places - self.taken)

    @property
    def offered(self) -> tuple[Enrolment, ...]:
        """Those who wait for whom there is a place now, in the order of the queue."""
        return self.queue if self.free is None else self.queue[: self.free]

    @property
    def is_full(self) -> bool:
        """Whether someone who comes now has to wait."""
        return self.free is not None and self.free <= len(self.queue)

    def place_of(self, enrolment: Enrolment) -> int | None:
        """The place in the queue, 1 for the first; None for one who does not wait."""
        waiting = [one.pk for one in self.queue]
        return waiting.index(enrolment.pk) + 1 if enrolment.pk in waiting else None


class Rooms:
    """The places of some programmes on a day, read at once in three queries."""

    def __init__(self, programme_ids: Collection[int], on: date) -> None:
        self._quotas = list(
            Quota.objects.filter(programme_id__in=programme_ids, valid__contains=on).order_by("pk")
        )
        held = Enrolment.objects.filter(programme_id__in=programme_ids)
        counted = (
            held.filter(state=EnrolmentState.ENROLLED)
            .values_list("programme_id", "municipality__code", "target_group__code")
            .annotate(number=Count("pk"))
        )
        self._taken = {
            (programme, town, group): number for programme, town, group, number in counted
        }
        self._queue = list(
            held.filter(state=EnrolmentState.QUEUED)
            .select_related("client", "municipality", "target_group", "programme")
            # The terms of a programme are long, and a queue has no use for them.
            .defer("programme__terms")
            .order_by("applied_at", "pk")
        )
        self._known: dict[tuple[int, str, str], Room] = {}

    def of(self, programme_id: int, town: str, group: str) -> Room:
        """The places for a municipality and target group, both by their codes."""
        key = programme_id, town, group
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _read(self, programme_id: int, town: str, group: str) -> Room:
        quota = self._quota(programme_id, town, group)
        shared = "" if quota is None else quota.target_group_code
        taken = sum(
            number
            for (programme, where, which), number in self._taken.items()
            if (programme, where) == (programme_id, town) and shared in ("", which)
        )
        queue = tuple(
            one
            for one in self._queue
            if (one.programme_id, one.municipality.code) == (programme_id, town)
            and shared in ("", one.target_group.code)
        )
        return Room(None if quota is None else quota.places, taken, queue)

    def offers(self) -> list[Enrolment]:
        """Everyone in a queue for whom there is a place now, in the order in which they came."""
        rooms = {id(room): room for _, room in self.queues()}.values()
        first = {one.pk: one for room in rooms for one in room.offered}
        return sorted(first.values(), key=lambda one: (one.applied_at, one.pk))

    def queues(self) -> list[tuple[Enrolment, Room]]:
        """Everyone who waits, each with the places that they wait for."""
        return [
            (one, self.of(one.programme_id, one.municipality.code, one.target_group.code))
            for one in self._queue
        ]

    def _quota(self, programme_id: int, town: str, group: str) -> Quota | None:
        """The quota that binds: the group's own goes before that of the whole municipality."""
        here = [
            one
            for one in self._quotas
            if (one.programme_id, one.municipality_code) == (programme_id, town)
        ]
        own = [one for one in here if one.target_group_code == group]
        return next(iter(own or [one for one in here if not one.target_group_code]), None)
