"""The Nu HTML checker, the W3C's: is the HTML of each page as the standard has it?"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.site import ROOT, Visitor

JAR = ROOT / "var" / "audit" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LANGUAGES = ("fi", "sv", "en")


def judge(visitors: Sequence[Visitor], report: Path) -> list[str]:
    """The errors and warnings of all pages in all languages; the report gets them too."""
    with tempfile.TemporaryDirectory() as folder:
        count = _fetch(visitors, Path(folder))
        messages = _check(folder)
    faults = [_line(one) for one in messages if _counts(one)]
    said = f"Nu HTML checker: {count} pages in {len(LANGUAGES)} languages, {len(faults)} faults"
    print(said, flush=True)
    report.write_text("\n".join([said, *faults, ""]), encoding="utf-8")
    return faults


def _fetch(visitors: Sequence[Visitor], folder: Path) -> int:
    """Put each page into the folder in each language; tells how many there are."""
    pages = [(visitor, stop) for visitor in visitors for stop in visitor.stops]
    for visitor, stop in pages:
        for language in LANGUAGES:
            place = folder / f"{stop.name.replace(':', '-')}.{language}.html"
            place.write_text(visitor.read(stop.path, language), encoding="utf-8")
    return len(pages)


def _check(folder: str) -> list[dict[str, Any]]:
    answer = subprocess.run(
        ["java", "-jar", str(JAR), "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    messages: list[dict[str, Any]] = json.loads(answer.stderr)["messages"]
    return messages


def _counts(message: dict[str, Any]) -> bool:
    return message["type"] != "info" or message.get("subType") == "warning"


def _line(message: dict[str, Any]) -> str:
    place = f"{Path(message.get('url', '')).name}:{message.get('lastLine', 0)}"
    extract = " ".join(message.get("extract", "").split())
    return f"{place}: {message['message']} [{extract}]"
