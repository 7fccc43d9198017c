"""How a decision on a provider's application is challenged, by language, as it stands on a day."""

from __future__ import annotations

from datetime import date

from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.rules.appeal import Challenge, days_for

WORDS = {
    "fi": "Päätökseen tyytymätön hakija voi vaatia oikaisua kirjallisesti. Vaatimus on tehtävä"
    " {days} päivän kuluessa siitä, kun hakija sai päätöksen. Vaatimuksen käsittelee: {receiver}.",
    "sv": "Den som är missnöjd med beslutet kan skriftligen begära omprövning. Begäran görs inom"
    " {days} dagar från att den sökande fick beslutet. Begäran behandlas av: {receiver}.",
    "en": "An applicant who is not content can claim a revised decision in writing. The claim is"
    " made within {days} days from when the applicant got the decision. It is handled by:"
    " {receiver}.",
}


def appeal_words(programme: Programme, on: date) -> dict[str, str]:
    """What the decision says of challenging it, in each language of the screens."""
    days = days_for(Challenge.CLAIM, on)
    receiver = programme.terms.get("appeals", {}).get("receiver")
    return {
        language: words.format(
            days=days,
            receiver=named(receiver, language) if receiver else programme.organiser.name(language),
        )
        for language, words in WORDS.items()
    }
