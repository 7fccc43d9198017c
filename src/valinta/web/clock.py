"""The clock, for the pages: see `valinta.organisers.clock`."""

from __future__ import annotations

from valinta.organisers.clock import moment, now, today

__all__ = ["moment", "now", "today"]
