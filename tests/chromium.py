"""Which Chromium the browser tests drive: a named one, the system's, or Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# The same browser without a desktop's windows: it opens a page in a third of the time.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _candidates(*, whole: bool) -> Iterator[str]:
    named = os.environ.get("VALINTA_CHROMIUM")
    if named:
        yield named
        return
    for name in NAMES if whole else (SHELL, *NAMES):
        found = shutil.which(name)
        if found:
            yield found
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    for pattern in (
        "chromium-*/chrome-linux*/chrome",
        "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    ):
        yield from (str(one) for one in sorted(Path(folder).glob(pattern), reverse=True))


@cache
def executable(*, whole: bool = False) -> str | None:
    """The path of a Chromium that starts here, or None; `whole`: not just its headless shell."""
    for path in _candidates(whole=whole):
        try:
            answer = subprocess.run(
                [path, "--version"], capture_output=True, text=True, timeout=30, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if answer.returncode == 0 and "Chrom" in answer.stdout:
            return path
    return None
