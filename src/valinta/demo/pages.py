"""What the demo's providers tell of themselves: descriptions, contacts, places, capacity."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.catalogue.actions import tell_capacity
from valinta.catalogue.models import Offer
from valinta.demo.people import Staff
from valinta.providers.actions import describe_provider
from valinta.providers.models import Approval

# By the first word of the company's name.
DESCRIPTIONS = {
    "Kotiapu": {
        "fi": "Autamme kotona arjen askareissa aamusta iltaan. Sama tuttu hoitaja käy luonasi aina,"
        " kun se on mahdollista.",
        "sv": "Vi hjälper till i vardagen hemma, från morgon till kväll. Samma bekanta skötare"
        " kommer alltid när det är möjligt.",
        "en": "We help with everyday things at home from morning to evening. The same familiar"
        " carer comes whenever possible.",
    },
    "Hoiva": {
        "fi": "Hoivaa ja sairaanhoitoa kotiin. Työntekijämme ovat lähihoitajia ja sairaanhoitajia.",
        "sv": "Omsorg och sjukvård hemma hos dig. Våra anställda är närvårdare och sjukskötare.",
        "en": "Care and nursing in your home. Our workers are practical nurses and nurses.",
    },
    "Arjen": {
        "fi": "Pieni yritys, jossa asiakas saa aikaa. Siivoan, käyn kaupassa ja lähden ulos"
        " kanssasi.",
        "sv": "Ett litet företag som ger dig tid. Jag städar, går till butiken och följer med ut.",
        "en": "A small company that gives you time. I clean, shop and go outdoors with you.",
    },
    "Lähiapu": {
        "fi": "Yhdistyksemme auttaa lähellä. Saamamme raha käytetään palveluun, emme tavoittele"
        " voittoa.",
        "sv": "Vår förening hjälper nära dig. Pengarna används för servicen, vi söker ingen vinst.",
        "en": "Our association helps close to you. What we earn is spent on the service.",
    },
    "Omsorg": {
        "fi": "Palvelemme suomeksi ja ruotsiksi. Kotihoitoa, tukea asumiseen ja apua asiointiin.",
        "sv": "Vi betjänar på svenska och finska. Hemvård, boendestöd och hjälp med ärenden.",
        "en": "We serve in Swedish and Finnish. Home care, housing support and errands.",
    },
    "Vardagsstöd": {
        "fi": "Tukea arkeen kotona ja kodin ulkopuolella. Kuuntelemme, mitä sinä haluat tehdä.",
        "sv": "Stöd i vardagen hemma och utanför hemmet. Vi lyssnar på vad du vill göra.",
        "en": "Support for everyday life at home and outside it. We listen to what you want to do.",
    },
    "Palvelutalo": {
        "fi": "Palvelutalo, josta hoitaja tulee nopeasti myös öisin. Ateriat omasta keittiöstä.",
        "sv": "Ett servicehus där hjälpen kommer snabbt också på natten. Måltider från eget kök.",
        "en": "A service house where help comes quickly at night too. Meals from our own kitchen.",
    },
    "Avustajat": {
        "fi": "Avustajien oma osuuskunta. Henkilökohtaista apua kotona, työssä ja harrastuksissa.",
        "sv": "Assistenternas andelslag. Personlig assistans hemma, i arbetet och på fritiden.",
        "en": "A co-operative of assistants. Personal assistance at home, at work and for hobbies.",
    },
}  # fmt: skip
EXTRA_LANGUAGES = ((), ("sv",), ("en",), ("fse",), ("ru", "et"), ("sv", "en"), (), ("ar", "so"))


def languages_of(index: int, language: str) -> list[str]:
    """The languages in which the demo's company of this number serves."""
    base = ["sv", "fi"] if language == "sv" else ["fi"]
    return [*base, *(one for one in EXTRA_LANGUAGES[index % 8] if one not in base)]


def areas_of(index: int, codes: list[str]) -> list[str] | None:
    """Every third company works everywhere, the others in some of the municipalities."""
    if index % 3 == 0 or len(codes) < 3:
        return None
    return codes[index % 2 :: 2]


def introduce(approval: Approval, staff: Staff, at: datetime) -> None:
    """Write the provider's page."""
    provider = approval.provider
    kind = provider.name.split()[0]
    describe_provider(
        approval=approval,
        descriptions=DESCRIPTIONS.get(kind, {}),
        contact={
            "phone": f"012 345 {provider.pk % 10_000:04d}",
            "email": f"asiakas{provider.pk}@esimerkki.example",
            "web": f"https://tuottaja{provider.pk}.example/",
        },
        by=staff.office.actor,
        at=at,
    )


def be_busy(offer: Offer, number: int, staff: Staff, at: datetime) -> None:
    """Give the offer a capacity. The same number gives the same; stars are given by clients."""
    tell_capacity(
        offer=offer,
        takes_new_clients=number % 7 != 3,
        next_free_on=at.date() + timedelta(days=(number * 5) % 23 + 60)
        if number % 4
        else at.date(),
        by=staff.office.actor,
        at=at,
    )
