"""Compile the catalogues of texts where they are newer than what was compiled from them.

Only the sources (`.po`) are kept with the project; whatever starts it compiles them. Babel does
this without the tools of GNU gettext, so a machine needs none.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that changed and return the files written; no file is half written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
            write_mo(half, catalogue)
        finished = Path(half.name)
        finished.chmod(0o644)
        finished.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
