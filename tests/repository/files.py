"""The files of the project, for the tests that read it as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "valinta"
MADE = {"__pycache__", "vendor"}  # what a machine makes, and what others wrote
WRITTEN = ("src", "tests", "programmes", "docs", "bench", "tools", ".ci", "requirements")


def under(*folders: str, ends: str = "") -> Iterator[Path]:
    """Every file written for the project in these folders of it, or with these endings only."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            made = MADE.intersection(path.parts) or any(
                part.endswith(".egg-info") for part in path.parts
            )
            if path.is_file() and not made and (not ends or path.suffix in ends.split()):
                yield path


def texts(*folders: str) -> Iterator[tuple[str, str]]:
    """Name and content of each text file in these folders, and of those in the root."""
    # A checkout beside another has a file that says where the other is.
    others = {"LICENSE", ".git"}
    roots = [path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name not in others]
    for path in [*roots, *under(*folders)]:
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield str(path.relative_to(ROOT)), raw.decode("utf-8")
