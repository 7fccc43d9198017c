"""Copies of the real packs, to be broken or moved by a test."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from valinta.programmes.pack import Fault, PackFaults, read_pack

PACKS = Path(__file__).parents[3] / "programmes"
NAMES = ("example-county-2026", "kainuu", "kanta-hame", "keusote", "osterbotten", "siun-sote")


@dataclass(frozen=True)
class Break:
    """One change that breaks a pack, and the fault that must be found."""

    kind: str
    pack: str
    file: str
    old: str
    new: str
    line_with: str
    path: str
    problem: str
    mend: str


def copy_pack(name: str, folder: Path) -> Path:
    """A copy of a pack in a folder of the same name."""
    return Path(shutil.copytree(PACKS / name, folder / name))


def replace_once(file: Path, old: str, new: str) -> None:
    """Changes the first place where a text stands; the text must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_with(file: Path, text: str) -> int:
    """Number of the line on which the first place with a text ends."""
    before, found, _ = file.read_text(encoding="utf-8").partition(text)
    assert found, f"{file.name} has no {text!r}"
    return (before + found).count("\n") + 1


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Faults of a pack; none when it can be read."""
    try:
        read_pack(folder)
    except PackFaults as error:
        return error.faults
    return ()
