"""How much memory this process held at most while it worked."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
_RESET_PEAK = "5"


@dataclass(slots=True)
class Peak:
    """Megabytes: held before the work began, and the most while it went on."""

    before: float = 0.0
    most: float = 0.0


@contextmanager
def watched() -> Iterator[Peak]:
    """Measure the peak of the block alone; the system's own counter is reset first."""
    gc.collect()
    peak = Peak(before=_megabytes("VmRSS"))
    _CLEAR.write_text(_RESET_PEAK)
    yield peak
    peak.most = _megabytes("VmHWM")


def _megabytes(name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", _STATUS.read_text(), re.MULTILINE)
    if found is None:
        raise LookupError(f"This system does not tell {name}.")
    return int(found[1]) / 1024
