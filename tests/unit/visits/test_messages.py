"""What providers read: a sentence for what is wrong and one for how to mend it."""

from __future__ import annotations

import string

import pytest

from valinta.visits.codes import Code
from valinta.visits.lines import FIELDS as LINE_FIELDS
from valinta.visits.lines import OPTIONAL
from valinta.visits.messages import LANGUAGES, UnknownLanguage, explain
from valinta.visits.sentences import FIELDS, SENTENCES

# Every fact that the adjudication gives.
FACTS = {
    "field": "quantity",
    "order": 12,
    "served_on": "2019-03-05",
    "quantity": 150,
    "band": "evening",
    "order_days": "[2019-03-01,2019-04-01)",
    "approved_days": "[2019-01-01,)",
    "within_days": 5,
    "late_days": 30,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_its_two_sentences_in_every_language(code: Code, language: str) -> None:
    explained = explain(code, FACTS, language)
    for sentence in (explained.what, explained.mend):
        assert sentence.strip()
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "(" not in sentence


@pytest.mark.parametrize("code", list(Code))
def test_the_languages_say_the_same_things_but_not_in_the_same_words(code: Code) -> None:
    said = [explain(code, FACTS, language) for language in LANGUAGES]
    assert len({one.what for one in said}) == len({one.mend for one in said}) == len(LANGUAGES)
    named = [
        {
            name
            for text in SENTENCES[code][language]
            for _, name, _, _ in string.Formatter().parse(text)
        }
        for language in LANGUAGES
    ]
    assert named[0] == named[1] == named[2]


@pytest.mark.parametrize("code", list(Code))
def test_a_line_without_facts_is_still_explained(code: Code) -> None:
    for language in LANGUAGES:
        assert explain(code, {}, language).what


@pytest.mark.parametrize("field", [*LINE_FIELDS, *OPTIONAL])
def test_every_field_of_a_line_has_a_name_in_every_language(field: str) -> None:
    for language in LANGUAGES:
        assert FIELDS[field][language] in explain(Code.UNREADABLE, {"field": field}, language).what


def test_facts_are_put_as_people_of_the_language_write_them() -> None:
    fi = explain(Code.OUTSIDE_ORDER, FACTS, "fi").what
    assert fi == "Tilaus 12 ei ole avoinna 5.3.2019; se koskee päiviä 1.3.2019–31.3.2019."
    en = explain(Code.OUTSIDE_ORDER, FACTS, "en").what
    assert en == (
        "The order 12 is not open on 5 March 2019; it is for the days 1 March 2019–31 March 2019."
    )
    beyond = {
        language: explain(Code.BEYOND_ORDERED, FACTS, language).what for language in LANGUAGES
    }
    assert "1,5" in beyond["fi"]
    assert "1,5" in beyond["sv"]
    assert "1.5" in beyond["en"]


def test_a_day_range_without_an_end_or_without_days_is_said_plainly() -> None:
    open_ended = explain(Code.PROVIDER_NOT_APPROVED, FACTS, "sv").what
    assert "1.1.2019–." in open_ended
    empty = FACTS | {"approved_days": "empty"}
    assert "(puuttuu)" in explain(Code.PROVIDER_NOT_APPROVED, empty, "fi").what


def test_another_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownLanguage, match="fi, sv or en"):
        explain(Code.TOO_LATE, FACTS, "de")
