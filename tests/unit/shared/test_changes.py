"""Two people at one form: what each typed is brought together, and nothing falls out."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from valinta.shared.changes import Change, bring_together, difference, in_sum, tidied

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
TEXTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "x", "y", "z"]))


def changes(base: dict[str, str], now: dict[str, str]) -> list[Change]:
    return [Change(field, was, new, 1, AT) for field, (was, new) in difference(base, now).items()]


def test_a_field_that_only_the_other_changed_is_theirs_and_both_is_told() -> None:
    base = {"goals": "Kotona", "notes": ""}
    theirs = {"goals": "Kotona ja ulkona", "notes": "Soitettu"}
    together = bring_together(changes(base, theirs), {"goals": "Kirjastoon", "notes": ""})
    assert together.content == {"goals": "Kirjastoon", "notes": "Soitettu"}
    assert [one.field for one in together.theirs] == ["notes"]
    assert [(one.field, one.now) for one in together.both] == [("goals", "Kotona ja ulkona")]


def test_several_savings_of_a_field_are_one_change_and_an_undone_one_is_none() -> None:
    steps = [
        Change("a", "", "x", 1, AT),
        Change("b", "k", "l", 1, AT),
        Change("a", "x", "y", 2, AT),
        Change("b", "l", "k", 2, AT),
    ]
    assert in_sum(steps) == [Change("a", "", "y", 2, AT)]


@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_whatever_was_typed_is_in_the_form_again(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    together = bring_together(changes(base, theirs), mine)
    for field in "abcd":
        was, now, typed = (one.get(field, "") for one in (base, theirs, mine))
        kept = together.content.get(field, "")
        assert kept == (now if typed == was else typed)
    told = {one.field for one in (*together.theirs, *together.both)}
    assert told == {
        field for field in difference(base, theirs) if mine.get(field, "") != theirs.get(field, "")
    }


def test_what_is_kept_has_no_empty_fields_and_lines_end_one_way() -> None:
    assert tidied({"a": " x\r\ny ", "b": "  "}) == {"a": "x\ny"}
