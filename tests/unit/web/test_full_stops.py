"""A sentence that ends with a day has one full stop, whatever the language writes after the day."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from valinta.web.full_stops import once


def _sent(content: str, kind: str = "text/html; charset=utf-8") -> str:
    def page(_: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=kind)

    answer = once(page)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Tuli la 9.3.. Päätä pian.</p>", "<p>Tuli la 9.3. Päätä pian.</p>"),
        ("<p>Kom tis 9.3..</p>", "<p>Kom tis 9.3.</p>"),
        ("<p>Came Sat 9 Mar.</p>", "<p>Came Sat 9 Mar.</p>"),
        ("<p>Kun 9... ja 9.3.... jatkuu..</p>", "<p>Kun 9... ja 9.3.... jatkuu..</p>"),
        ('<a href="/9.3../">versio 1.0.</a>', '<a href="/9.3../">versio 1.0.</a>'),
    ],
)
def test_a_day_at_the_end_of_a_sentence_brings_its_own_full_stop(written: str, read: str) -> None:
    assert _sent(written) == read


def test_a_file_is_sent_as_it_is() -> None:
    assert _sent("a;9.3.. b", "text/csv") == "a;9.3.. b"


def test_the_length_that_is_told_is_the_length_that_is_sent() -> None:
    def page(_: HttpRequest) -> HttpResponse:
        answer = HttpResponse("<p>Tuli la 9.3..</p>")
        answer["Content-Length"] = str(len(answer.content))
        return answer

    answer = once(page)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    assert answer["Content-Length"] == str(len(answer.content)) == "19"
