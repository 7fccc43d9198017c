"""The part of `valinta programme load` that needs the database. Imported once Django is set up."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from valinta.processes.load_programme import Loaded, load_pack
from valinta.processes.programme_tables import DoesNotFit, StillUsed
from valinta.programmes.pack import Pack
from valinta.programmes.pack_rows import ShareTooFine
from valinta.programmes.past import PastWouldChange

REFUSALS = (PastWouldChange, StillUsed, DoesNotFit, ShareTooFine)


def load_all(packs: Sequence[Pack], at: datetime) -> int:
    """Load each pack, all or nothing of it, and print what changed; 1 when one was refused."""
    refused = 0
    for pack in packs:
        try:
            loaded = load_pack(pack=pack, at=at)
        except REFUSALS as error:
            print(f"{pack.code}: refused. {error}", file=sys.stderr)
            refused = 1
        else:
            _report(pack, loaded)
    return refused


def _report(pack: Pack, loaded: Loaded) -> None:
    if not loaded.changed:
        print(f"{pack.code}: loaded before, nothing changed")
        return
    print(f"{pack.code}: loaded")
    for line in loaded.lines:
        print(f"  {line}")
