"""The site in processes of its own, for tests that kill it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
WAIT = 60.0
_BARE = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2"]
_BARE += ["--blocking-threads", "1", "--log-level", "warning", "valinta.config.wsgi:application"]


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The site's server alone at the port, on the database of DATABASE_URL, in a process group."""
    with _running(port, [*_BARE, "--port", str(port)]) as process:
        yield process


@contextmanager
def served(port: int, *, jobs: bool = True) -> Iterator[subprocess.Popen[bytes]]:
    """`valinta serve` at the port: the server, and unless told otherwise its worker of jobs."""
    command = ["valinta", "serve", "--port", str(port)]
    with _running(port, command if jobs else [*command, "--no-jobs"]) as process:
        yield process


def verified() -> str:
    """What `valinta verify` says of the database of DATABASE_URL, with what it ended with."""
    done = subprocess.run(
        [sys.executable, "-m", "valinta", "verify"],
        env=_environment(), capture_output=True, text=True, timeout=WAIT,
    )  # fmt: skip
    return f"{done.returncode}: {done.stdout}{done.stderr}"


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=WAIT)


@contextmanager
def _running(port: int, module: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", *module]
    process = subprocess.Popen(command, env=_environment(), start_new_session=True)
    try:
        _wait_for(port, process)
        yield process
    finally:
        kill(process)


def _environment() -> dict[str, str]:
    more = {"VALINTA_DEMO": "1", "PYTHONPATH": str(SOURCE), "VALINTA_API_REQUESTS": "100000"}
    return {**os.environ, **more}


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        assert process.poll() is None, "the site ended by itself"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    raise AssertionError("the site did not start")
