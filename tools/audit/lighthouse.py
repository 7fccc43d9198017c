"""Lighthouse: is each main page quick, within everybody's reach and made as browsers want it?

Its performance figure hangs on what else the machine does meanwhile. A page that falls short is
measured twice more, and the middle of the three counts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chromium import executable
from tools.site import ROOT, NoSite, Visitor

PROGRAM = ROOT / "var" / "audit" / "node_modules" / "lighthouse" / "cli" / "index.js"
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
# What people come for; the others are made of the same parts and the checker reads them all.
MAIN = (
    "public:front",
    "public:programme",
    "public:tray",
    "public:compare",
    "public:provider",
    "client:home",
    "client:budget",
    "client:whatif",
    "client:order_new",
    "client:plan",
    "client:support_plan",
    "client:messages",
    "client:history",
    "casework:work",
    "casework:clients",
    "casework:client",
    "casework:assessment",
    "casework:plan",
    "casework:plan_write",
    "casework:decisions",
    "casework:changes",
    "provider:home",
    "provider:today",
    "provider:orders",
    "provider:visits",
    "provider:prices",
    "provider:statements",
    "provider:statements_one",
    "provider:company",
    "office:programme",
    "office:providers",
    "office:providers_application",
)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)


@dataclass(frozen=True)
class Verdict:
    """The points of a page by category, 0 to 100, and the audits that took some away."""

    points: dict[str, int]
    lost: list[str]

    @property
    def is_enough(self) -> bool:
        """Whether the page reaches what is wanted everywhere."""
        return all(self.points[what] >= least for what, least in LEAST.items())


def judge(visitors: Sequence[Visitor], report: Path) -> list[str]:
    """What falls short on the main pages; the report gets the table of all of them."""
    lines = [f"{'page':24}" + "".join(f"{what:>16}" for what in LEAST)]
    print("Lighthouse, of 100", lines[0], sep="\n", flush=True)
    faults = []
    for visitor in visitors:
        for stop in visitor.stops:
            if stop.name in MAIN:
                verdict, runs = _measured(visitor, stop.path)
                row = f"{stop.name:24}" + "".join(f"{verdict.points[one]:>16}" for one in LEAST)
                lines.append(row + (f"   middle of {runs} runs" if runs > 1 else ""))
                print(lines[-1], flush=True)
                if not verdict.is_enough:
                    faults.append(f"{stop.name}: {'; '.join(verdict.lost)}")
    report.write_text("\n".join([*lines, *faults, ""]), encoding="utf-8")
    return faults


def _measured(visitor: Visitor, path: str) -> tuple[Verdict, int]:
    """The verdict, and of how many runs it is the middle."""
    first = _run(visitor, path)
    if first.is_enough:
        return first, 1
    runs = [first, _run(visitor, path), _run(visitor, path)]
    middle = {what: statistics.median_low([one.points[what] for one in runs]) for what in LEAST}
    return Verdict(middle, sorted({fault for one in runs for fault in one.lost})), len(runs)


def _run(visitor: Visitor, path: str) -> Verdict:
    answer = _asked(visitor, path)
    if answer.returncode:
        # A browser that did not start in time is given one more chance.
        answer = _asked(visitor, path)
    if answer.returncode:
        raise NoSite(f"Lighthouse could not look at {path}:\n{answer.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(answer.stdout)
    if said["finalDisplayedUrl"] != visitor.address(path):
        raise NoSite(f"{path} led Lighthouse on to {said['finalDisplayedUrl']}.")
    categories: dict[str, Any] = said["categories"]
    lost = [
        f"{what}: {_of(said['audits'][reference['id']])}"
        for what in LEAST
        for reference in categories[what]["auditRefs"]
        if reference["weight"] and (said["audits"][reference["id"]]["score"] or 0) < _WELL[what]
        if said["audits"][reference["id"]]["scoreDisplayMode"] in {"binary", "numeric", "error"}
    ]
    return Verdict({what: round(categories[what]["score"] * 100) for what in LEAST}, lost)


def _asked(visitor: Visitor, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            "node",
            str(PROGRAM),
            visitor.address(path),
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags={FLAGS}",
            f"--extra-headers={json.dumps({'Cookie': visitor.cookies('fi')})}",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHROME_PATH": executable(whole=True) or ""},
    )


# From which score of an audit on it is not worth a word.
_WELL = {"accessibility": 1, "best-practices": 1, "performance": 0.9}


def _of(audit: dict[str, Any]) -> str:
    """An audit in words, with the first place it is about."""
    items = (audit.get("details") or {}).get("items") or [{}]
    node = items[0].get("node", {}).get("snippet") or items[0].get("description") or ""
    return " ".join(f"{audit['title']} {audit.get('displayValue', '')} {node}".split())
