"""Names for made-up people and companies, Finnish and Swedish."""

from __future__ import annotations

GIVEN = {
    "fi": (
        "Aino", "Eino", "Helmi", "Veikko", "Lempi", "Toivo", "Saimi", "Armas", "Kerttu", "Urho",
        "Hilja", "Onni", "Martta", "Kalevi", "Impi", "Sulo", "Elsa", "Reino", "Siiri", "Arvo",
    ),
    "sv": (
        "Greta", "Karl", "Astrid", "Gunnar", "Ingrid", "Birger", "Svea", "Folke", "Märta", "Holger",
        "Elin", "Ragnar", "Signe", "Torsten", "Dagny", "Sven", "Alma", "Göte", "Hjördis", "Nils",
    ),
}  # fmt: skip
FAMILY = {
    "fi": (
        "Esimerkki", "Keksitty", "Kuvitelma", "Mallinen", "Näytelmä", "Satunen", "Tarinainen",
        "Unelma", "Vertaus", "Ajatelma",
    ),
    "sv": (
        "Exempelström", "Påhittad", "Modellund", "Sagoberg", "Fantasi", "Drömnäs", "Liknelund",
        "Diktholm", "Sagström", "Tänkvärd",
    ),
}  # fmt: skip
# The braces take a family name, another one in each programme.
COMPANIES = (
    ("Kotiapu {} Oy", "private"),
    ("Hoiva {} Oy", "private"),
    ("Arjen Apu {} Tmi", "private"),
    ("Lähiapu {} ry", "third_sector"),
    ("Omsorg {} Ab", "private"),
    ("Vardagsstöd {} rf", "third_sector"),
    ("Palvelutalo {} Oy", "private"),
    ("Avustajat {} Osk", "private"),
)  # fmt: skip
STAFF = {
    "fi": ("Katri", "Mikko", "Päivi", "Juha", "Sanna", "Timo", "Outi", "Antti"),
    "sv": ("Johanna", "Mikael", "Camilla", "Anders", "Sofia", "Tom", "Linda", "Kaj"),
}
# Family names of the staff say what they do.
POSTS = {
    "fi": ("Ohjaaja", "Päättäjä", "Laskija", "Hyväksyjä", "Toimisto"),
    "sv": ("Handledare", "Beslutare", "Räknare", "Godkännare", "Byrå"),
}
# What people say and write in the demo.
SAID = {
    "fi": {
        "ground": "Keskustelu kotona ja asiakkaan omat tiedot.",
        "mandatory": "Lääkäri ja asiakas ovat sopineet, että tämä jatkuu joka viikko.",
        "dispute": "Käynti jäi kesken.",
        "leaving": "Muutan tyttäreni luo.",
        "switch": "Toivon hoitajan, jolla on enemmän aikaa.",
        "price": "Hinta oli kirjattu väärin.",
        "decline": "Haluan saman hoitajan kuin ennen.",
        "admin": "pääkäyttäjä",
        "office": "toimisto",
        "worker": "työntekijä",
    },
    "sv": {
        "ground": "Samtal hemma och klientens egna uppgifter.",
        "mandatory": "Läkaren och klienten har kommit överens om att detta fortsätter varje vecka.",
        "dispute": "Besöket avbröts.",
        "leaving": "Jag flyttar till min dotter.",
        "switch": "Jag önskar en skötare som har mer tid.",
        "price": "Priset var felaktigt antecknat.",
        "decline": "Jag vill ha samma skötare som förut.",
        "admin": "huvudanvändare",
        "office": "byrå",
        "worker": "medarbetare",
    },
}
