"""Requests that are cut off on the way: never read as if they were whole.

Where the connection ends before the content does, the server gives what came and then nothing, as
at the end of a whole request. A line of a table could so lose the end of an amount unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Readable(Protocol):
    """What a server gives of a request's content."""

    def read(self, size: int = -1, /) -> bytes: ...
    def readline(self, size: int = -1, /) -> bytes: ...


class CutOff(OSError):
    """The content of the request ended before as many bytes had come as it said."""


class Whole:
    """The content of a request of `length` bytes; reading past a cut raises CutOff."""

    def __init__(self, content: Readable, length: int) -> None:
        self._content = content
        self._left = length

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only at the end of the content. Raises CutOff."""
        wanted = self._left if size < 0 else min(size, self._left)
        pieces: list[bytes] = []
        while wanted:
            piece = self._content.read(wanted)
            if not piece:
                raise CutOff("The request ended early. Send it again.")
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int = -1, /) -> bytes:
        """A line, at most so many bytes of it. Raises CutOff."""
        wanted = self._left if size < 0 else min(size, self._left)
        line = self._content.readline(wanted) if wanted else b""
        if wanted and not line:
            raise CutOff("The request ended early. Send it again.")
        self._left -= len(line)
        return line


def whole_requests(application: Application) -> Application:
    """The application, which reads requests that are whole, or learns that one is not.

    Content without a length in its head tells its end itself, and the server sees to that.
    """

    def respond(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = str(environ.get("CONTENT_LENGTH") or "")
        if said.isascii() and said.isdigit():
            environ["wsgi.input"] = Whole(environ["wsgi.input"], int(said))
        return application(environ, start_response)

    return respond
