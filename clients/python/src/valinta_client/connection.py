"""Requests with a token, sent again where that is safe and useful."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

# A connection that breaks, and answers that ask to come again.
_AGAIN = (429, 503)
_IN_PROGRESS = "request_in_progress"
_LONGEST_WAIT = 60.0


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


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, before the token is added."""

    method: str
    path: str
    content: bytes | None = None
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
        """Send until there is an answer. Raises Refused or NoConnection."""
        fault: Exception | None = None
        for attempt in range(self._tries):
            try:
                return self._once(request)
            except Refused as error:
                if not self._is_worth_another(error):
                    raise
                fault, asked = error, float(error.facts.get("retry_after") or 0)
            except (OSError, HTTPException) as error:
                fault, asked = error, 0.0
            if attempt + 1 < self._tries:
                self._wait(min(max(asked, 0.5 * 2**attempt), _LONGEST_WAIT))
        if isinstance(fault, Refused):
            raise fault
        raise NoConnection(f"{self._url} does not answer: {fault}") from fault

    def _is_worth_another(self, error: Refused) -> bool:
        if error.code == "expired_token":
            self._token = ""
            return True
        return error.status in _AGAIN or error.code == _IN_PROGRESS

    def _once(self, request: Request) -> Any:
        if not self._token:
            self._token = self._sign_in()
        headers = {"Authorization": f"Bearer {self._token}"}
        if request.key:
            headers["Idempotency-Key"] = request.key
        return self._send(request, headers)

    def _sign_in(self) -> str:
        form = urlencode({"grant_type": "client_credentials"}).encode()
        both = base64.b64encode(f"{self._identifier}:{self._secret}".encode()).decode()
        asked = Request("POST", "/token", form, "application/x-www-form-urlencoded")
        said = self._send(asked, {"Authorization": f"Basic {both}"})
        return str(said["access_token"])

    def _send(self, request: Request, headers: Mapping[str, str]) -> Any:
        asked = urllib.request.Request(
            f"{self._url}/api/v1{request.path}",
            data=request.content,
            method=request.method,
            headers={
                **headers,
                "Content-Type": request.kind,
                "Accept": "application/json",
                "Accept-Language": self._language,
                "User-Agent": "valinta-client/1",
            },
        )
        try:
            with _OPENER.open(asked, timeout=self._timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise _refused(error) from error


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
