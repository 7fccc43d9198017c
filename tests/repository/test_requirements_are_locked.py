"""The locks: every package has a version and hashes, and no word on where it came from."""

from __future__ import annotations

import re

import pytest

from tests.repository.files import ROOT

REQUIREMENTS = ROOT / "requirements"


def _text(kind: str) -> str:
    return (REQUIREMENTS / f"{kind}.txt").read_text()


def _pins(kind: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s\\]+)", _text(kind), re.MULTILINE))


def _wanted(kind: str) -> set[str]:
    names = re.findall(r"^([A-Za-z][\w.-]*)", (REQUIREMENTS / f"{kind}.in").read_text(), re.M)
    return {name.lower().replace("_", "-").replace(".", "-") for name in names}


@pytest.mark.parametrize("kind", ["base", "dev"])
def test_every_package_is_pinned_with_hashes(kind: str) -> None:
    blocks = re.split(r"\n(?=[\w.-]+==)", _text(kind).strip())
    assert len(blocks) > 20
    assert [block[:40] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("kind", ["base", "dev"])
def test_the_lock_names_no_host_and_no_folder(kind: str) -> None:
    assert re.findall(r"--(?!hash)[a-z-]+.*|https?://\S+|file:\S+", _text(kind)) == []


@pytest.mark.parametrize("kind", ["base", "dev"])
def test_what_is_wanted_is_locked(kind: str) -> None:
    locked = {name.lower().replace("_", "-").replace(".", "-") for name in _pins(kind)}
    assert _wanted(kind) - locked == set()


def test_the_tests_run_on_what_users_get() -> None:
    base, dev = _pins("base"), _pins("dev")
    assert {name: dev.get(name) for name in base} == base
