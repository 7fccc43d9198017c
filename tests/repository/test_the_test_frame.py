"""The frame that the other tests stand on: own databases, the right roles, real commits."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import databases
from valinta.organisers.models import Organiser

FACTS = {
    "name_fi": "Malli",
    "name_sv": "Modell",
    "business_id": "1234567-1",
    "ovt": "003712345671",
    "einvoice_operator_name": "Malli",
    "einvoice_operator_code": "MALLI",
    "scanning_address": ["Malli"],
    "paying_iban": "FI2112345600000785",
    "paying_bic": "NDEAFIHH",
}


def _add_organiser(code: str) -> None:
    Organiser.objects.using("owner").create(code=code, **FACTS)


def _codes_seen_by_another_process() -> str:
    program = (
        "import django; django.setup();"
        "from valinta.organisers.models import Organiser;"
        "print(*Organiser.objects.using('owner').values_list('code', flat=True))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "valinta.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


@pytest.mark.django_db
def test_the_application_works_as_a_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, name = cursor.fetchone()
    assert role == "valinta_app"
    assert name.startswith(databases.PREFIX)
    assert name == connections["owner"].settings_dict["NAME"]


def test_a_fresh_database_keeps_commits_and_other_processes_see_them(fresh_database: str) -> None:
    assert os.environ["DATABASE_URL"] == fresh_database
    _add_organiser("seen-by-all")
    assert _codes_seen_by_another_process() == "seen-by-all"


def test_a_fresh_database_is_empty_again_for_the_next_test(fresh_database: str) -> None:
    assert not Organiser.objects.using("owner").exists()
    _add_organiser("seen-by-all")


def test_thirty_two_threads_are_connected_at_the_same_time(fresh_database: str) -> None:
    together = threading.Barrier(32, timeout=30)
    backends = set()

    def work() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backends.add(cursor.fetchone()[0])
                together.wait()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(backends) == 32


@pytest.mark.django_db
def test_after_a_fresh_database_the_old_one_and_its_pool_are_back(
    django_db_setup: None,
) -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] == 4
    assert connection.settings_dict["NAME"] in os.environ["DATABASE_URL"]


@pytest.mark.django_db
def test_two_runs_never_share_a_database_and_what_is_copied_is_dropped() -> None:
    url = os.environ["DATABASE_URL"]
    source = databases.TEMPLATE + databases.migrations_key()
    with databases.copied(url, source) as one, databases.copied(url, source) as other:
        assert one != other
        psycopg.connect(one).close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(one)


@pytest.mark.browser
def test_a_browser_reaches_the_site_and_the_test_can_write_meanwhile(
    chromium: Browser, live_server: LiveServer
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        _add_organiser("while-the-page-is-open")
        answer = page.goto(f"{live_server.url}/static/valinta/valinta.css")
        assert answer is not None
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/css")
    assert Organiser.objects.using("owner").count() == 1
