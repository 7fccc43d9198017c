"""Of a line that cannot be read: for what is wrong with it, what is wrong and how to mend it."""

from __future__ import annotations

LINE_FIELDS = ("line", "line_long", "line_signs", "line_quote", "line_cells")
# By field of the line, or by what is the matter with all of it, and by language.
FIELD_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "line": {
        "fi": (
            "Koko riviä ei voi lukea.",
            "Kirjoita jokainen käynti omalle rivilleen mallin mukaan (JSON: yksi olio riviä kohti)"
            " ja lähetä rivi uudelleen.",
        ),
        "sv": (
            "Hela raden kan inte läsas.",
            "Skriv varje besök på en egen rad enligt mallen (JSON: ett objekt per rad) och skicka"
            " raden på nytt.",
        ),
        "en": (
            "The whole line cannot be read.",
            "Write each visit on a line of its own as in the template (JSON: one object on a line)"
            " and send the line again.",
        ),
    },
    "line_long": {
        "fi": (
            "Koko rivi on liian pitkä luettavaksi.",
            "Rivillä on enintään 8 000 merkkiä. Tarkista, että rivinvaihdot ovat paikoillaan, ja"
            " lähetä rivi uudelleen.",
        ),
        "sv": (
            "Hela raden är för lång för att läsas.",
            "En rad har högst 8 000 tecken. Kontrollera att radbytena är på plats och skicka raden"
            " på nytt.",
        ),
        "en": (
            "The whole line is too long to be read.",
            "A line has at most 8,000 characters. Check that the lines end where they should, and"
            " send the line again.",
        ),
    },
    "line_signs": {
        "fi": (
            "Koko rivi on kirjoitettu merkein, joita ei voi lukea.",
            "Tallenna taulukko muodossa CSV (UTF-8), poista rikkinäiset merkit riviltä ja lähetä se"
            " uudelleen.",
        ),
        "sv": (
            "Hela raden är skriven med tecken som inte kan läsas.",
            "Spara tabellen som CSV (UTF-8), ta bort de trasiga tecknen från raden och skicka den"
            " på nytt.",
        ),
        "en": (
            "The whole line is written in characters that cannot be read.",
            "Save the table as CSV (UTF-8), remove the broken characters from the line and send it"
            " again.",
        ),
    },
    "line_quote": {
        "fi": (
            "Koko riviä ei voi lukea: lainausmerkki on väärässä paikassa tai jäänyt auki.",
            "Poista lainausmerkki tai sulje se, ja lähetä rivi uudelleen. Solun sisällä"
            " lainausmerkki kirjoitetaan kahdesti.",
        ),
        "sv": (
            "Hela raden kan inte läsas: ett citattecken står fel eller är öppet.",
            "Ta bort citattecknet eller stäng det, och skicka raden på nytt. Inne i en cell skrivs"
            " citattecknet två gånger.",
        ),
        "en": (
            "The whole line cannot be read: a quotation mark is out of place or left open.",
            "Remove the quotation mark or close it, and send the line again. Inside a cell the mark"
            " is written twice.",
        ),
    },
    "line_cells": {
        "fi": (
            "Koko rivillä on enemmän soluja kuin otsikkoja.",
            "Usein syy on desimaalipilkku: kun solut erotetaan pilkulla, kirjoita 1.5 tai ”1,5”"
            " lainausmerkeissä, tai erota solut puolipisteellä. Lähetä rivi sitten uudelleen.",
        ),
        "sv": (
            "Hela raden har fler celler än det finns rubriker.",
            "Ofta är orsaken ett decimalkomma: när cellerna skiljs med komma, skriv 1.5 eller"
            " ”1,5” med citattecken, eller skilj cellerna med semikolon. Skicka sedan raden på"
            " nytt.",
        ),
        "en": (
            "The whole line has more cells than there are titles.",
            "Often a decimal comma is why: where commas divide the cells, write 1.5, or “1,5” in"
            " quotation marks, or divide the cells by semicolons. Then send the line again.",
        ),
    },
    "reference": {
        "fi": (
            "Rivin kenttä ”viite” puuttuu tai on liian pitkä.",
            "Anna jokaiselle käynnille oma tunnus, 1–60 merkkiä, jota et käytä toiseen käyntiin, ja"
            " lähetä rivi uudelleen.",
        ),
        "sv": (
            "Radens fält ”referens” saknas eller är för långt.",
            "Ge varje besök en egen beteckning, 1–60 tecken, som du inte använder för ett annat"
            " besök, och skicka raden på nytt.",
        ),
        "en": (
            "The field “reference” of this line is missing or too long.",
            "Give each visit a name of its own, 1–60 characters, that you use for no other visit,"
            " and send the line again.",
        ),
    },
    "served_on": {
        "fi": (
            "Rivin kenttää ”päivä” ei voi lukea, tai se on toinen päivä kuin alku.",
            "Kirjoita päivä 2019-03-05 tai taulukkoon 5.3.2019, neljällä vuosiluvun numerolla."
            " Muotoa 3/5/2019 ei arvata. Lähetä rivi sitten uudelleen.",
        ),
        "sv": (
            "Radens fält ”dag” kan inte läsas, eller är en annan dag än början.",
            "Skriv dagen 2019-03-05 eller i en tabell 5.3.2019, med årtalets fyra siffror. 3/5/2019"
            " gissas inte. Skicka sedan raden på nytt.",
        ),
        "en": (
            "The field “day” of this line cannot be read, or is another day than the start.",
            "Write the day as 2019-03-05, or in a table as 5.3.2019, with four digits of the year."
            " Nobody guesses what 3/5/2019 is. Then send the line again.",
        ),
    },
    "started_at": {
        "fi": (
            "Rivin kenttää ”alkoi” ei voi lukea.",
            "Kirjoita hetki 2019-03-05T08:30, tai taulukkoon kellonaika 8.30 tai 8:30 ja päivä"
            " omaan kenttäänsä. Lähetä rivi sitten uudelleen.",
        ),
        "sv": (
            "Radens fält ”började” kan inte läsas.",
            "Skriv tidpunkten 2019-03-05T08:30, eller i en tabell klockslaget 8.30 eller 8:30 och"
            " dagen i sitt eget fält. Skicka sedan raden på nytt.",
        ),
        "en": (
            "The field “started” of this line cannot be read.",
            "Write the moment as 2019-03-05T08:30, or in a table the time as 8.30 or 8:30 and the"
            " day in its own field. Then send the line again.",
        ),
    },
    "ended_at": {
        "fi": (
            "Rivin kenttää ”päättyi” ei voi lukea, tai se ei ole alun jälkeen.",
            "Kirjoita hetki 2019-03-05T10:00, tai taulukkoon kellonaika 10.00 tai 10:00. Lopun on"
            " oltava alun jälkeen. Lähetä rivi sitten uudelleen.",
        ),
        "sv": (
            "Radens fält ”slutade” kan inte läsas, eller är inte efter början.",
            "Skriv tidpunkten 2019-03-05T10:00, eller i en tabell klockslaget 10.00 eller 10:00."
            " Slutet ska vara efter början. Skicka sedan raden på nytt.",
        ),
        "en": (
            "The field “ended” of this line cannot be read, or is not after the start.",
            "Write the moment as 2019-03-05T10:00, or in a table the time as 10.00 or 10:00. The"
            " end must be after the start. Then send the line again.",
        ),
    },
    "quantity": {
        "fi": (
            "Rivin kenttää ”määrä” ei voi lukea.",
            "Kirjoita määrä 1,5 tai 1.5: enintään kaksi desimaalia, ei tuhaterotinta eikä"
            " yksikköä. Lähetä rivi sitten uudelleen.",
        ),
        "sv": (
            "Radens fält ”mängd” kan inte läsas.",
            "Skriv mängden 1,5 eller 1.5: högst två decimaler, inget tecken mellan tusental och"
            " ingen enhet. Skicka sedan raden på nytt.",
        ),
        "en": (
            "The field “quantity” of this line cannot be read.",
            "Write the quantity as 1.5 or 1,5: at most two decimals, no sign between thousands and"
            " no unit. Then send the line again.",
        ),
    },
}
