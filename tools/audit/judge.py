"""The audit: every page's HTML by the Nu checker in three languages, the main ones by Lighthouse.

It runs the demo on a port of its own, signs in as the demo's people and goes round the tour of all
pages. It prints what it found, writes it to `out/audit`, and ends with 1 when something falls
short.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.audit import lighthouse, nu
from tools.site import ROOT, demo_site

OUT = ROOT / "out" / "audit"


def main(arguments: Sequence[str]) -> int:
    """Judge the pages. `--html` or `--lighthouse` alone leaves the other out."""
    OUT.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with demo_site() as site:
        visitors = site.visitors()
        if "--lighthouse" not in arguments:
            faults += nu.judge(visitors, _report("html.txt"))
        if "--html" not in arguments:
            faults += lighthouse.judge(visitors, _report("lighthouse.txt"))
    if faults:
        print("\nWhat falls short:", *faults, sep="\n  ")
        print(f"\naudit: {len(faults)} to mend")
        return 1
    print("\naudit: all well")
    return 0


def _report(name: str) -> Path:
    return OUT / name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
