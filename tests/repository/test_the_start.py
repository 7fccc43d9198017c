"""What a newcomer meets where something is missing: a sentence that says what to do."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repository.files import ROOT

OLD = 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac'
NO_VENV = 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac'
NAMES = ("python3", "python3.11", "python3.12", "python3.13")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A new clone, as far as the start needs it."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def _demo(clone: Path, python: str) -> subprocess.CompletedProcess[str]:
    programs = clone.parent / "programs"
    programs.mkdir()
    for name in NAMES:
        (programs / name).write_text(f"#!/bin/sh\n{python}\n")
        (programs / name).chmod(0o755)
    return subprocess.run(
        ["make", "demo"],
        cwd=clone,
        env={"PATH": f"{programs}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_is_named_and_a_newer_one_asked_for(clone: Path) -> None:
    answer = _demo(clone, OLD)
    assert answer.returncode != 0
    assert "Python 3.11 or newer is needed, and this machine has Python 3.9.2." in answer.stderr
    assert "PYTHON=" in answer.stderr


def test_the_missing_package_for_environments_is_named(clone: Path) -> None:
    answer = _demo(clone, NO_VENV)
    assert answer.returncode != 0
    assert "apt-get install python3-venv" in answer.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("target", ["demo", "test", "check", "bench", "clean"])
def test_make_help_tells_of_the_target(target: str) -> None:
    answer = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"make {target} " in answer.stdout


def test_the_demo_needs_no_browser_and_no_test_tools() -> None:
    steps = subprocess.run(
        ["make", "-n", "demo"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "tools/environment base" in steps
    assert "tools/browser" not in steps
    assert "-m valinta demo" in steps


@pytest.mark.parametrize("script", [".ci/run", "tools/environment", "tools/browser", "tools/clean"])
def test_scripts_stop_at_the_first_failure_and_can_be_started(script: str) -> None:
    path = ROOT / script
    assert "set -euo pipefail" in path.read_text()
    assert path.stat().st_mode & 0o111
