"""`valinta serve`: the site, by granian, on this machine's own address unless told otherwise.

Beside it a worker does the jobs that wait. Both end when the command does.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading

from valinta.cli import database
from valinta.config.translations import compile_catalogues

# Seconds before a worker that ended by itself is started again.
PAUSE = 5


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve`."""
    words = "serve the site on the database that is there"
    parser = commands.add_parser("serve", help=words, description=words)
    parser.add_argument("--host", default="127.0.0.1", help="address (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port (8000)")
    parser.add_argument(
        "--no-jobs", action="store_true", help="leave the jobs to `valinta work` elsewhere"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Serve until stopped. Outside the demo this needs VALINTA_SECRET_KEY."""
    os.environ["VALINTA_SERVING"] = os.environ["VALINTA_COLLECTED"] = "1"
    with database.ready():
        return site(host=given.host, port=given.port, jobs=not given.no_jobs)


def site(*, host: str = "127.0.0.1", port: int, jobs: bool = True) -> int:
    """Serve until Ctrl-C; the processes of the server see the same environment."""
    if _taken(host, port):
        print(
            f"Port {port} of {host} is in use. Stop what is there, or choose another: --port 8001",
            file=sys.stderr,
        )
        return 1
    compile_catalogues()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"Valinta is at http://{host}:{port} (Ctrl-C stops it)", flush=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "1"]
    command += ["--log-level", "warning", "valinta.config.wsgi:application"]
    server = subprocess.Popen(command)
    worker = _Worker() if jobs else None
    try:
        return server.wait()
    finally:
        if worker:
            worker.stop()
        server.terminate()
        server.wait(timeout=20)


class _Worker:
    """The process that does the jobs; one that ended by itself is started again after a while."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """End it in peace: a job that runs is finished, or taken up again later."""
        self._stopping.set()
        self._process.terminate()
        self._process.wait(timeout=30)
        self._watch.join(timeout=5)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "valinta", "work"])

    def _keep(self) -> None:
        while True:
            self._process.wait()
            if self._stopping.wait(PAUSE):
                return
            self._process = self._start()


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
