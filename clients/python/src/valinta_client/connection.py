"""Requests with a token, sent again where that is safe and useful."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

# A connection that breaks, and answers that ask to come again.
_AGAIN = (429, 503)
_IN_PROGRESS = "request_in_progress"
_LONGEST_WAIT = 60.0
_T = TypeVar("_T")


class Refused(Exception):
    """The API refused for good. The `code` stays; `title` and `detail` are in your language."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(said.get("code", ""))
        self.title = str(said.get("title", ""))
        self.detail = str(said.get("detail", ""))
        self.facts = dict(said)
        super().__init__(f"{status} {self.code}: {self.title}. {self.detail}")


class NoConnection(Exception):
    """The API could not be reached, though it was tried again and again."""


class TakesTooLong(Exception):
    """What was waited for has not happened in the time that was given. It may still happen."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, before the token is added. A file is read anew each time it is sent."""

    method: str
    path: str
    content: bytes | Path | None = None
    kind: str = "application/json"
    key: str = ""


class Connection:
    """One system's way to the API: its token, and patience."""

    def __init__(
        self,
        url: str,
        identifier: str,
        secret: str,
        *,
        language: str = "en",
        timeout: float = 300.0,
        tries: int = 6,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(url).scheme not in ("https", "http"):
            raise ValueError("The address has to begin with https://.")
        self._url = url.rstrip("/")
        self._identifier, self._secret = identifier, secret
        self._language, self._timeout = language, timeout
        self._tries, self._wait = tries, wait
        self._token = ""

    def get(self, path: str, **query: Any) -> Any:
        """GET, as JSON."""
        asked = {name: value for name, value in query.items() if value is not None}
        return self.ask(Request("GET", path + (f"?{urlencode(asked)}" if asked else "")))

    def post(self, path: str, content: Mapping[str, Any] | None = None) -> Any:
        """POST JSON with a key of its own, so that it can be sent again."""
        body = json.dumps(content or {}).encode()
        return self.ask(Request("POST", path, body, key=uuid.uuid4().hex))

    def ask(self, request: Request) -> Any:
        """Send until there is an answer, as JSON. Raises Refused or NoConnection."""
        return self._patiently(lambda: self._once(request, _whole))

    def lines(self, path: str, **query: Any) -> Iterator[Any]:
        """GET an answer of one JSON object on each line, as it comes.

        When the connection breaks in the middle it is asked again, and goes on where it broke.
        """
        asked = {name: value for name, value in query.items() if value is not None}
        request = Request("GET", path + (f"?{urlencode(asked)}" if asked else ""))
        given = 0
        for attempt in range(self._tries):
            answer = self._patiently(lambda: self._once(request, _open))
            try:
                with closing(answer):
                    for place, line in enumerate(answer):
                        if place >= given:
                            yield json.loads(line)
                            given += 1
                return
            except (OSError, HTTPException, ValueError) as error:
                if attempt + 1 == self._tries:
                    raise NoConnection(f"{self._url} broke off: {error}") from error
                self._pause(attempt, 0.0)

    def _patiently(self, once: Callable[[], _T]) -> _T:
        fault: Exception | None = None
        for attempt in range(self._tries):
            try:
                return once()
            except Refused as error:
                if not self._is_worth_another(error):
                    raise
                fault, asked = error, float(error.facts.get("retry_after") or 0)
            except (OSError, HTTPException) as error:
                fault, asked = error, 0.0
            if attempt + 1 < self._tries:
                self._pause(attempt, asked)
        if isinstance(fault, Refused):
            raise fault
        raise NoConnection(f"{self._url} does not answer: {fault}") from fault

    def _pause(self, attempt: int, asked: float) -> None:
        self._wait(min(max(asked, 0.5 * 2.0**attempt), _LONGEST_WAIT))

    def _is_worth_another(self, error: Refused) -> bool:
        if error.code == "expired_token":
            self._token = ""
            return True
        return error.status in _AGAIN or error.code == _IN_PROGRESS

    def _once(self, request: Request, read: Callable[[Any], _T]) -> _T:
        if not self._token:
            self._token = self._sign_in()
        headers = {"Authorization": f"Bearer {self._token}"}
        if request.key:
            headers["Idempotency-Key"] = request.key
        return self._send(request, headers, read)

    def _sign_in(self) -> str:
        form = urlencode({"grant_type": "client_credentials"}).encode()
        both = base64.b64encode(f"{self._identifier}:{self._secret}".encode()).decode()
        asked = Request("POST", "/token", form, "application/x-www-form-urlencoded")
        said = self._send(asked, {"Authorization": f"Basic {both}"}, _whole)
        return str(said["access_token"])

    def _send(self, request: Request, headers: Mapping[str, str], read: Callable[[Any], _T]) -> _T:
        all_headers = {
            **headers,
            "Content-Type": request.kind,
            "Accept": "application/json",
            "Accept-Language": self._language,
            "User-Agent": "valinta-client/1",
        }
        url = f"{self._url}/api/v1{request.path}"
        content = request.content
        if isinstance(content, Path):
            # The length is told, so that the file goes as it is and is nowhere whole in memory.
            all_headers["Content-Length"] = str(content.stat().st_size)
            with content.open("rb") as file:
                return self._answered(url, request.method, file, all_headers, read)
        return self._answered(url, request.method, content, all_headers, read)

    def _answered(
        self,
        url: str,
        method: str,
        content: Any,
        headers: Mapping[str, str],
        read: Callable[[Any], _T],
    ) -> _T:
        asked = urllib.request.Request(url, data=content, method=method, headers=dict(headers))
        try:
            return read(_OPENER.open(asked, timeout=self._timeout))
        except urllib.error.HTTPError as error:
            raise _refused(error) from error


def _whole(answer: Any) -> Any:
    with closing(answer):
        return json.load(answer)


def _open(answer: Any) -> Any:
    """The answer as it is, for who reads it line by line and closes it."""
    return answer


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the token is for one host."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def _refused(error: urllib.error.HTTPError) -> Refused:
    try:
        said = json.loads(error.read())
    except ValueError:
        said = {}
    told = said if isinstance(said, dict) else {}
    return Refused(error.code, {**told, "retry_after": error.headers.get("Retry-After")})
