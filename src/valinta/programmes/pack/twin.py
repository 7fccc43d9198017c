"""A pack's twin for trying things out: the same programme of another organiser, marked as such."""

from __future__ import annotations

from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_base import Names

MARK = "-sandbox"
_WORDS = {"fi": "kokeilu", "sv": "provmiljö", "en": "sandbox"}


def twin(pack: Pack) -> Pack:
    """The same prices, rulebook and dates under an organiser of its own, named as a sandbox."""
    organiser = pack.organiser.model_copy(
        update={
            "code": f"{pack.organiser.code}{MARK}",
            "names": _marked(pack.organiser.names),
        }
    )
    return pack.model_copy(update={"organiser": organiser, "names": _marked(pack.names)})


def _marked(names: Names) -> Names:
    return Names(
        **{language: f"{getattr(names, language)} ({word})" for language, word in _WORDS.items()}
    )
