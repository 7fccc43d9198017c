"""The audit: every page's HTML by the Nu checker in three languages, the main ones by Lighthouse.

It runs the demo on a port of its own, signs in as the demo's people and goes round the tour that
the browser tests use. It prints what is wrong and ends with 1 when something is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.chromium import executable
from tools.site import Visitor, demo_site

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "var" / "audit" / "node_modules"
LANGUAGES = ("fi", "sv", "en")
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
# What people come for; the others are made of the same parts and the checker reads all.
MAIN = (
    "public:front",
    "public:tray",
    "public:provider",
    "public:compare",
    "public:programme",
    "client:home",
    "client:budget",
    "client:whatif",
    "client:order_new",
    "client:plan",
    "client:messages",
    "casework:clients",
    "casework:client",
)
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"


def main(arguments: Sequence[str]) -> int:
    """Judge the pages. `--html` or `--lighthouse` alone leaves the other out."""
    faults: list[str] = []
    with demo_site() as site:
        visitors = site.visitors()
        if "--lighthouse" not in arguments:
            faults += _html(visitors)
        if "--html" not in arguments:
            faults += _lighthouse(visitors)
    print(*faults, sep="\n")
    print("audit: all well" if not faults else f"audit: {len(faults)} faults")
    return 1 if faults else 0


def _html(visitors: Sequence[Visitor]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        count = 0
        for visitor in visitors:
            for stop in visitor.stops:
                for language in LANGUAGES:
                    text = visitor.read(stop.path, language)
                    place = Path(folder) / f"{stop.name.replace(':', '-')}.{language}.html"
                    place.write_text(text, encoding="utf-8")
                    count += 1
        jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
        said = subprocess.run(
            ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", folder],
            capture_output=True,
            text=True,
            check=True,
        )
    messages = json.loads(said.stderr)["messages"]
    print(f"Nu HTML checker: {count} pages, {len(messages)} messages")
    return [
        f"{Path(one['url']).name}:{one.get('lastLine', 0)}: {one['message']}"
        f" {one.get('extract', '').strip()}"
        for one in messages
        if one["type"] == "error" or one.get("subType") == "warning"
    ]


def _lighthouse(visitors: Sequence[Visitor]) -> list[str]:
    faults = []
    for visitor in visitors:
        for stop in visitor.stops:
            if stop.name not in MAIN:
                continue
            points = _points(visitor, stop.path)
            print(f"Lighthouse: {stop.name:22} " + "  ".join(f"{k} {v}" for k, v in points.items()))
            faults += [
                f"{stop.name}: {what} {points[what]}, wanted {least}"
                for what, least in LEAST.items()
                if points[what] < least
            ]
    return faults


def _points(visitor: Visitor, path: str) -> dict[str, int]:
    environment = {**os.environ, "CHROME_PATH": executable() or ""}
    said = subprocess.run(
        [
            "node",
            str(MODULES / "lighthouse" / "cli" / "index.js"),
            visitor.address(path),
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags={FLAGS}",
            f"--extra-headers={json.dumps({'Cookie': visitor.cookies('fi')})}",
        ],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    categories = json.loads(said.stdout)["categories"]
    return {what: round(categories[what]["score"] * 100) for what in LEAST}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
