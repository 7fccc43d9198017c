"""Long tables that are sent as they are made, a part at a time, with the sender's rows in view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from valinta.organisers import tenancy

CSV = "text/csv; charset=utf-8"


def streamed(
    parts: Iterable[bytes],
    *,
    organiser_ids: Iterable[int],
    user_id: int | None,
    name: str,
    content_type: str = CSV,
) -> StreamingHttpResponse:
    """The parts as a file to keep. They are made after the page's own work is over, so the view of
    the database is opened for each of them anew.
    """
    answer = StreamingHttpResponse(
        _in_view(iter(parts), frozenset(organiser_ids), user_id), content_type=content_type
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _in_view(
    parts: Iterator[bytes], organiser_ids: frozenset[int], user_id: int | None
) -> Iterator[bytes]:
    while True:
        with tenancy.scope(organiser_ids, user_id):
            part = next(parts, None)
        if part is None:
            return
        yield part
