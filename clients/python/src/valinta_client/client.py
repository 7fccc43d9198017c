"""The API's operations, one method each."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from valinta_client.answers import (
    Batch,
    Line,
    LineAnswer,
    Me,
    Message,
    Order,
    Price,
    PriceChange,
    Statement,
    Visit,
    VisitFile,
    Webhook,
    made,
)
from valinta_client.connection import Connection, Request, TakesTooLong

T = TypeVar("T")
# Fewer than the API takes at a time, so that a broken connection costs little.
AT_A_TIME = 20_000
NDJSON = "application/x-ndjson"
CSV = "text/csv"
# Seconds between looks at a file that is being taken in.
LOOK = 1.0


class Valinta(Connection):
    """A provider's system at one organiser: `Valinta(url, identifier, secret, language="fi")`."""

    def me(self) -> Me:
        """Whose token this is and what it may do."""
        return made(Me, self.get("/me"))

    def orders(self, *, state: str | None = None) -> Iterator[Order]:
        """Orders, the newest first."""
        return self._all(Order, "/orders", state=state)

    def order(self, order_id: int) -> Order:
        """One order."""
        return made(Order, self.get(f"/orders/{order_id}"))

    def accept(self, order_id: int) -> Order:
        """Accept an order."""
        return made(Order, self.post(f"/orders/{order_id}/accept"))

    def decline(self, order_id: int, reason: str) -> Order:
        """Decline an order; the client reads the reason."""
        return made(Order, self.post(f"/orders/{order_id}/decline", {"reason": reason}))

    def report(
        self,
        lines: Iterable[Line | Mapping[str, Any]],
        *,
        dry_run: bool = False,
        programme: str | None = None,
        at_a_time: int = AT_A_TIME,
    ) -> Iterator[Batch]:
        """Report visits, however many; gives the answer to each 20,000 of them as it comes.

        Send the same lines again after any failure: what is there is answered as repeated.
        """
        query = "?dry_run=true" if dry_run else "?dry_run=false"
        query += f"&programme={programme}" if programme else ""
        rest = iter(lines)
        while part := list(islice(rest, at_a_time)):
            content = "\n".join(json.dumps(_sent(one)) for one in part).encode()
            key = uuid.uuid4().hex
            yield made(Batch, self.ask(Request("POST", f"/visits{query}", content, NDJSON, key)))

    def visits(
        self,
        *,
        order: int | None = None,
        state: str | None = None,
        reference: str | None = None,
        served_from: date | None = None,
        served_before: date | None = None,
        check: str | None = None,
    ) -> Iterator[Visit]:
        """Visits that were reported, the newest first; `check`: open, right or wrong."""
        return self._all(
            Visit,
            "/visits",
            order=order,
            state=state,
            reference=reference,
            served_from=served_from,
            served_before=served_before,
            check=check,
        )

    def visit(self, visit_id: int) -> Visit:
        """One visit."""
        return made(Visit, self.get(f"/visits/{visit_id}"))

    def withdraw(self, visit_id: int, reason: str = "") -> Visit:
        """Take a visit back before it is settled; its reference is never used again."""
        return made(Visit, self.post(f"/visits/{visit_id}/withdraw", {"reason": reason}))

    def correct(self, visit_id: int, line: Line, reason: str = "") -> Visit:
        """Report a visit as it was, in place of one that is not settled; gives the new one."""
        content = {**line.sent(), "reason": reason}
        return made(Visit, self.post(f"/visits/{visit_id}/correct", content))

    def send_file(
        self,
        file: Path | bytes,
        *,
        name: str | None = None,
        programme: str | None = None,
        kind: str | None = None,
        key: str | None = None,
    ) -> VisitFile:
        """Hand in a file of visits, up to 2,000,000 lines; it is taken in afterwards.

        `kind` is text/csv or application/x-ndjson; without it the ending .ndjson or .jsonl decides.
        A `key` that you keep lets you send the same file again after you yourself were cut off.
        """
        called = name or (file.name if isinstance(file, Path) else "visits")
        is_lines = isinstance(file, Path) and file.suffix.lower() in (".ndjson", ".jsonl")
        asked = {"name": called} | ({"programme": programme} if programme else {})
        request = Request(
            "POST",
            f"/visits/files?{urlencode(asked)}",
            file,
            kind or (NDJSON if is_lines else CSV),
            key or uuid.uuid4().hex,
        )
        return made(VisitFile, self.ask(request))

    def files(self) -> Iterator[VisitFile]:
        """Files that were handed in, the newest first."""
        return self._all(VisitFile, "/visits/files")

    def file(self, file_id: int) -> VisitFile:
        """One file, and how far it is."""
        return made(VisitFile, self.get(f"/visits/files/{file_id}"))

    def progress(self, file_id: int, *, seconds: float = 3600.0) -> Iterator[VisitFile]:
        """Look at a file again and again until it is done; the last look is given as well.

        Raises TakesTooLong after so many seconds: look again later, the file goes on.
        """
        until = time.monotonic() + seconds
        while True:
            now = self.file(file_id)
            yield now
            if now.state == "done":
                return
            if time.monotonic() > until:
                raise TakesTooLong(f"File {file_id} is at {now.percent} % after {seconds} seconds.")
            self._wait(LOOK)

    def file_answers(self, file_id: int, *, outcome: str | None = None) -> Iterator[LineAnswer]:
        """The answer to each line of a file so far, one by one; `line` is the line of text."""
        for one in self.lines(f"/visits/files/{file_id}/answers", outcome=outcome):
            yield made(LineAnswer, one)

    def statements(self) -> Iterator[Statement]:
        """Statements, the newest first, without their lines."""
        return self._all(Statement, "/statements")

    def statement(self, statement_id: int) -> Statement:
        """One statement with its lines and corrections."""
        return made(Statement, self.get(f"/statements/{statement_id}"))

    def prices(self, *, on: date | None = None) -> Iterator[Price]:
        """The company's prices, all or those in force on a day."""
        return self._all(Price, "/prices", on=on)

    def change_prices(
        self,
        programme: str,
        service: str,
        prices: Mapping[str, int],
        starts_on: date,
        *,
        words: str = "",
        dry_run: bool = False,
    ) -> PriceChange:
        """Give notice of new prices in cents by time band; clients whom they touch are told."""
        content = {
            "programme": programme,
            "service": service,
            "prices": dict(prices),
            "starts_on": starts_on.isoformat(),
            "words": words,
        }
        query = "?dry_run=true" if dry_run else "?dry_run=false"
        return made(PriceChange, self.post(f"/prices{query}", content))

    def webhooks(self) -> Iterator[Webhook]:
        """Addresses that are told of events."""
        return self._all(Webhook, "/webhooks")

    def make_webhook(self, address: str, events: Iterable[str]) -> Webhook:
        """Have an address told of events; the answer has the secret, this once."""
        return made(Webhook, self.post("/webhooks", {"address": address, "events": list(events)}))

    def end_webhook(self, webhook_id: int) -> Webhook:
        """Tell an address nothing any more."""
        return made(Webhook, self.ask(Request("DELETE", f"/webhooks/{webhook_id}")))

    def renew_secret(self, webhook_id: int) -> Webhook:
        """Sign with a new secret from now on; the answer has it, this once."""
        return made(Webhook, self.post(f"/webhooks/{webhook_id}/secret"))

    def resume_webhook(self, webhook_id: int) -> Webhook:
        """Start a paused address again, and have sent what was given up."""
        return made(Webhook, self.post(f"/webhooks/{webhook_id}/resume"))

    def test_webhook(self, webhook_id: int) -> Message:
        """Send a test message."""
        return made(Message, self.post(f"/webhooks/{webhook_id}/test"))

    def messages(self, webhook_id: int) -> Iterator[Message]:
        """Messages to an address, the newest first."""
        return self._all(Message, f"/webhooks/{webhook_id}/messages")

    def replay(self, webhook_id: int, message_id: int) -> Message:
        """Send a message again."""
        return made(Message, self.post(f"/webhooks/{webhook_id}/messages/{message_id}/replay"))

    def _all(self, kind: type[T], path: str, **query: Any) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self.get(path, cursor=cursor, **query)
            yield from (made(kind, one) for one in page["items"])
            cursor = page["next_cursor"]
            if cursor is None:
                return


def _sent(line: Line | Mapping[str, Any]) -> Mapping[str, Any]:
    return line.sent() if isinstance(line, Line) else line
