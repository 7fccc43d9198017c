"""`valinta programme` checks packs without a database, and loads them once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.programmes.pack_copies import PACKS, copy_pack, line_with, replace_once
from valinta.cli.main import main

WITHOUT_DJANGO = """
import sys
from valinta.cli.main import main
code = main(["programme", "check", sys.argv[1]])
sys.exit(code or 10 * ("django" in sys.modules))
"""


def test_whole_packs_have_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["programme", "check", str(PACKS / "kainuu"), str(PACKS / "keusote")]) == 0
    assert capsys.readouterr().out.count("no faults") == 2


def test_each_fault_is_printed_with_its_file_line_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy_pack("kainuu", tmp_path)
    file = folder / "services.yaml"
    line = line_with(file, "unit: hour")
    replace_once(file, "unit: hour", "unit: fortnight")
    assert main(["programme", "check", str(PACKS / "keusote"), str(folder)]) == 1
    said = capsys.readouterr()
    assert f"{file}:{line}: services[0].unit: " in said.err
    assert " — " in said.err
    assert "keusote: no faults" in said.out


def test_checking_needs_no_django() -> None:
    command = [sys.executable, "-c", WITHOUT_DJANGO, str(PACKS / "kainuu")]
    assert subprocess.run(command, env=_environment(None), check=False).returncode == 0


def test_a_faulty_pack_is_not_loaded_and_no_database_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost:1/nowhere")
    assert main(["programme", "load", str(tmp_path / "nothing")]) == 1
    assert "the file is missing" in capsys.readouterr().err


def test_packs_are_loaded_once_and_the_past_is_kept(fresh_database: str, tmp_path: Path) -> None:
    folder = copy_pack("kainuu", tmp_path)
    first = _load(folder, fresh_database)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("kainuu: loaded\n")
    again = _load(folder, fresh_database)
    assert (again.returncode, again.stdout) == (0, "kainuu: loaded before, nothing changed\n")
    replace_once(folder / "programme.yaml", 'percent: "80"', 'percent: "70"')
    replace_once(folder / "programme.yaml", 'percent: "20"', 'percent: "30"')
    refused = _load(folder, fresh_database)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "share 80.00 per cent, would be share 70.00 per cent" in refused.stderr


def test_a_database_that_does_not_answer_is_named() -> None:
    answer = _load(PACKS / "kainuu", "postgresql://nobody@localhost:1/nowhere")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The database does not answer")
    assert "Traceback" not in answer.stderr


def _load(folder: Path, url: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "valinta", "programme", "load", str(folder)]
    return subprocess.run(
        command, env=_environment(url), capture_output=True, text=True, check=False, timeout=120
    )


def _environment(url: str | None) -> dict[str, str]:
    source = Path(__file__).resolve().parents[3] / "src"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given = {} if url is None else {"DATABASE_URL": url}
    return {**kept, "PYTHONPATH": str(source), **given}
