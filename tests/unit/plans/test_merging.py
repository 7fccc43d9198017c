"""Two who write one plan at once: whatever they type, no word is lost without being told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from valinta.plans.merging import Typed, mark, merge, tidy

WORDS = st.sampled_from(["", "kesä", "talvi", "kesä ja talvi", " kesä\r\n"])
CODES = st.sampled_from(["hope", "who-i-am"])
TEXTS = st.dictionaries(CODES, WORDS, max_size=2)


def test_a_section_that_only_one_has_changed_is_theirs() -> None:
    typed = {"hope": Typed("kesä", mark("")), "who-i-am": Typed("Aino", mark("Aino"))}
    merged = merge({"who-i-am": "Olen Aino"}, typed)
    assert merged.texts == {"hope": "kesä", "who-i-am": "Olen Aino"}
    assert merged.changed_by_another == {}


def test_a_section_that_both_changed_otherwise_is_told_about_with_both_texts() -> None:
    merged = merge({"hope": "talvi"}, {"hope": Typed("kesä", mark("syksy"))})
    assert merged.texts == {"hope": "kesä"}
    assert merged.changed_by_another == {"hope": "talvi"}


def test_both_writing_the_same_words_is_no_quarrel() -> None:
    merged = merge({"hope": "kesä"}, {"hope": Typed(" kesä\r\n", mark("syksy"))})
    assert merged.changed_by_another == {}
    assert merged.texts == {"hope": "kesä"}


def test_an_emptied_section_falls_out_and_one_that_was_not_typed_stays() -> None:
    merged = merge({"hope": "kesä", "who-i-am": "Aino"}, {"hope": Typed("", mark("kesä"))})
    assert merged.texts == {"who-i-am": "Aino"}


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_is_lost_untold(
    seen: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    """Both begin from `seen`; the first saves, then the second."""
    start = {code: tidy(text) for code, text in seen.items() if tidy(text)}

    def as_typed(texts: dict[str, str]) -> dict[str, Typed]:
        return {code: Typed(text, mark(start.get(code, ""))) for code, text in texts.items()}

    after = merge(start, as_typed(first))
    assert after.changed_by_another == {}
    both = merge(after.texts, as_typed(second))
    for code in {*first, *second}:
        was, one = start.get(code, ""), after.texts.get(code, "")
        other = tidy(second.get(code, was))
        if one != was and other not in (was, one):
            assert both.changed_by_another[code] == one
        elif other == was:
            assert both.texts.get(code, "") == one
        else:
            assert both.texts.get(code, "") == other
            assert code not in both.changed_by_another
