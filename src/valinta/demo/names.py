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
