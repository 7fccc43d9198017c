"""The detector of other languages finds what it has to find, wherever it stands on a page."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.languages import LANGUAGES, faults_in, left_over, spoken, vocabulary

PAGE = '<html lang="sv"><head><title>Min plan</title></head><body>{}</body></html>'
# Words that two of the languages write alike, each meaning something of its own in both, names, and
# what the API's messages call by its own name: members of a request, headers and kinds of content.
ALIKE = {
    "sv": "ja in service plan all person se example oma be personal budget register summa social"
    " text hand version pdf sent demo häme sote information cell given instrument post programme"
    " sen services status finland jakobstad siun österbotten cent saldo system"
    " api application days https json line token why",
    "fi": "en example alla annat me min summan kunnat euro jpeg pdf häme vaasa valinta csv"
    " hämeenlinna minne programme services siun sote version zip"
    " api application days https idempotency-key json line token why",
    "en": "on i oma min under just situation euro bad en per programs",
}


@pytest.mark.parametrize(
    "html",
    [
        "<p>Du har valt the provider.</p>",
        "<p>Du har valt palveluntuottajan.</p>",
        "<p>Din <b>budjetti</b></p>",
        '<img alt="Your budget">',
        '<input placeholder="Kirjoita tähän">',
        '<nav aria-label="Main menu"></nav>',
        '<abbr title="Central Uusimaa">1</abbr>',
        '<td data-name="Price">1,00 €</td>',
        '<input type="submit" value="Send">',
        "<p>Närpiö</p>",
        "<p>€12.00</p>",
        "<p>kl. 9:00</p>",
    ],
)
def test_a_word_of_another_language_is_found(html: str) -> None:
    assert len(left_over(PAGE.format(html), "sv")) == 1


def test_a_whole_text_is_found_though_each_of_its_words_is_known() -> None:
    # Swedish has the words, of staff and of money, but calls this "personlig budget".
    assert {"personal", "budget"} <= vocabulary("sv")
    assert faults_in("Personal budget", "sv") == ["the whole text in 'Personal budget'"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Din budget: 1 234,50 € fre 1.3. kl. 9.00–10.00</p>",
        '<button lang="fi">Suomi</button>',
        "<script>const word = 'the provider';</script>",
        "<p>https://example.org/the/provider</p>",
        "<p>Närpes, Vasa</p>",
    ],
)
def test_what_is_swedish_or_marked_as_another_language_is_let_be(html: str) -> None:
    assert left_over(PAGE.format(html), "sv") == []


def test_peoples_own_words_are_let_be_and_only_those() -> None:
    page = PAGE.format("<p>Aino Mäki: Siivous</p>")
    assert len(left_over(page, "sv", ["Aino Mäki"])) == 1
    assert left_over(page, "sv", ["Aino Mäki", "Siivous"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_language_knows_is_its_own(language: str) -> None:
    """A text in the wrong catalogue would make the detector blind for its words."""
    told = {one: Counter(spoken(one)) for one in LANGUAGES}
    others = [one for one in LANGUAGES if one != language]
    foreign = {
        word
        for word, times in told[language].items()
        if any(told[other][word] > times for other in others)
    }
    assert foreign <= set(ALIKE[language].split())
