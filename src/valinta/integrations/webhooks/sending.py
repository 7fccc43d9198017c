"""Send one message by HTTP and say what came of it. No redirect is followed."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from valinta.integrations.webhooks.addresses import Target
from valinta.integrations.webhooks.signing import Message

# Seconds for each step, and for all of them: who answers letter by letter does not hold us up.
STEP, WHOLE = 10.0, 20.0
AGENT = "Valinta-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An HTTP status, or 0 and a word for what went wrong before there was one."""

    status: int
    word: str = ""

    @property
    def arrived(self) -> bool:
        return 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver asks not to be told any more."""
        return self.status == 410

    def __str__(self) -> str:
        return self.word or str(self.status)


def send(target: Target, message: Message) -> Outcome:
    """POST the message to the number that was checked, under the name that was asked for."""
    line = _Line(target)
    watch = threading.Timer(WHOLE, line.cut)
    watch.daemon = True
    watch.start()
    try:
        line.request("POST", target.path, message.body, {**message.headers, "User-Agent": AGENT})
        return Outcome(line.getresponse().status)
    except TimeoutError:
        return Outcome(0, "timeout")
    except ssl.SSLError:
        return Outcome(0, "certificate")
    except (OSError, HTTPException, ValueError):
        return Outcome(0, "no connection")
    finally:
        watch.cancel()
        line.close()


class _Line(HTTPConnection):
    """A connection to the checked number, with the certificate of the name."""

    def __init__(self, target: Target) -> None:
        usual = HTTPSConnection.default_port if target.encrypted else HTTPConnection.default_port
        self.default_port = usual
        super().__init__(target.host, target.port, timeout=STEP)
        self._target = target

    def connect(self) -> None:
        plain = socket.create_connection((self._target.number, self._target.port), STEP)
        self.sock = plain
        if self._target.encrypted:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self._target.host)

    def cut(self) -> None:
        """End it from another thread: what waits for an answer fails at once."""
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
