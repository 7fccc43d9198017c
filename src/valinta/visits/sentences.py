"""The sentences for providers: for each code and language, what is wrong and how to mend it.

The names in braces are facts of the line, put into words by `messages.py`.
"""

from __future__ import annotations

from valinta.visits.codes import Code

Sentences = dict[str, tuple[str, str]]

NOTHING = {"fi": "(puuttuu)", "sv": "(saknas)", "en": "(missing)"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
FIELDS: dict[str, dict[str, str]] = {
    "line": {"fi": "koko rivi", "sv": "hela raden", "en": "whole line"},
    "order": {"fi": "tilaus", "sv": "beställning", "en": "order"},
    "reference": {"fi": "viite", "sv": "referens", "en": "reference"},
    "served_on": {"fi": "päivä", "sv": "dag", "en": "day"},
    "started_at": {"fi": "alkoi", "sv": "började", "en": "started"},
    "ended_at": {"fi": "päättyi", "sv": "slutade", "en": "ended"},
    "quantity": {"fi": "määrä", "sv": "mängd", "en": "quantity"},
    "band": {"fi": "aikaluokka", "sv": "tidsklass", "en": "time band"},
    "worker": {"fi": "työntekijä", "sv": "arbetstagare", "en": "worker"},
    "late_reason": {
        "fi": "myöhästymisen syy",
        "sv": "orsak till förseningen",
        "en": "reason for being late",
    },
}

SENTENCES: dict[Code, Sentences] = {
    Code.UNREADABLE: {
        "fi": (
            "Rivin kenttää ”{field}” ei voi lukea.",
            "Korjaa kenttä ja lähetä rivi uudelleen. Päivä kirjoitetaan 2019-03-01, hetki"
            " 2019-03-01T08:30 ja määrä 1,5. Lopun on oltava alun jälkeen.",
        ),
        "sv": (
            "Radens fält ”{field}” kan inte läsas.",
            "Rätta fältet och skicka raden på nytt. En dag skrivs 2019-03-01, en tidpunkt"
            " 2019-03-01T08:30 och en mängd 1,5. Slutet ska vara efter början.",
        ),
        "en": (
            "The field “{field}” of this line cannot be read.",
            "Correct the field and send the line again. Write a day as 2019-03-01, a moment as"
            " 2019-03-01T08:30 and a quantity as 1.5. The end must be after the start.",
        ),
    },
    Code.NON_POSITIVE_QUANTITY: {
        "fi": (
            "Määrä on {quantity}; sen on oltava suurempi kuin nolla.",
            "Kirjoita, kuinka paljon palvelua annettiin. Jo hyväksyttyä käyntiä ei peruta"
            " miinusrivillä: pyydä järjestäjältä hyvitystä.",
        ),
        "sv": (
            "Mängden är {quantity}; den ska vara större än noll.",
            "Skriv hur mycket service som gavs. Ett godkänt besök återtas inte med en minusrad:"
            " be anordnaren om en kreditering.",
        ),
        "en": (
            "The quantity is {quantity}; it has to be more than zero.",
            "Write how much service was given. An accepted visit is not taken back with a minus"
            " line: ask the organiser for a credit.",
        ),
    },
    Code.UNKNOWN_ORDER: {
        "fi": (
            "Tilausta {order} ei ole tällä järjestäjällä.",
            "Tarkista tilauksen numero tilausvahvistuksesta ja lähetä rivi uudelleen.",
        ),
        "sv": (
            "Beställningen {order} finns inte hos den här anordnaren.",
            "Kontrollera numret i orderbekräftelsen och skicka raden på nytt.",
        ),
        "en": (
            "This organiser has no order {order}.",
            "Check the number in the order confirmation and send the line again.",
        ),
    },
    Code.NOT_YOUR_ORDER: {
        "fi": (
            "Tilaus {order} on tehty toiselle tuottajalle.",
            "Tarkista tilauksen numero. Jos asiakas on vaihtanut tuottajaa, käytä uuden"
            " tilauksen numeroa.",
        ),
        "sv": (
            "Beställningen {order} gäller en annan producent.",
            "Kontrollera beställningens nummer. Om klienten har bytt producent, använd den nya"
            " beställningens nummer.",
        ),
        "en": (
            "The order {order} was made to another provider.",
            "Check the number of the order. If the client has changed provider, use the number of"
            " the new order.",
        ),
    },
    Code.NOT_YOUR_CLIENT: {
        "fi": (
            "Tilauksen {order} asiakas ei ole niiden joukossa, joiden luona käyt.",
            "Tarkista tilauksen numero. Jos kävit asiakkaan luona, pyydä yrityksesi toimistoa"
            " lisäämään hänet asiakkaisiisi tai kirjaamaan käynti.",
        ),
        "sv": (
            "Klienten i beställning {order} är inte bland dem som du besöker.",
            "Kontrollera beställningens nummer. Om du besökte klienten, be företagets kontor att"
            " lägga till hen bland dina klienter eller att anteckna besöket.",
        ),
        "en": (
            "The client of order {order} is not among those whom you serve.",
            "Check the number of the order. If you were with the client, ask your company's office"
            " to list them among your clients or to record the visit.",
        ),
    },
    Code.OTHER_CONTENT: {
        "fi": (
            "Samalla viitteellä on jo rivi, jonka tiedot ovat toiset.",
            "Jos kyse on eri käynnistä, anna sille oma viite. Jos aiempi rivi oli väärin, pyydä"
            " järjestäjää hylkäämään tai hyvittämään se.",
        ),
        "sv": (
            "Det finns redan en rad med samma referens men med andra uppgifter.",
            "Om det är ett annat besök, ge det en egen referens. Om den tidigare raden var fel, be"
            " anordnaren avvisa eller kreditera den.",
        ),
        "en": (
            "There is already a line with the same reference and other content.",
            "If this is another visit, give it a reference of its own. If the earlier line was"
            " wrong, ask the organiser to reject or credit it.",
        ),
    },
    Code.UNKNOWN_BAND: {
        "fi": (
            "Aikaluokkaa {band} ei ole tässä ohjelmassa.",
            "Käytä hinnastosi aikaluokan tunnusta, tai jätä kenttä tyhjäksi, jos palvelulla on"
            " vain yksi hinta.",
        ),
        "sv": (
            "Tidsklassen {band} finns inte i det här programmet.",
            "Använd koden för en tidsklass i din prislista, eller lämna fältet tomt om servicen"
            " har bara ett pris.",
        ),
        "en": (
            "There is no time band {band} in this programme.",
            "Use the code of a time band in your price list, or leave the field empty when the"
            " service has one price only.",
        ),
    },
    Code.IN_FUTURE: {
        "fi": (
            "Käynti {served_on} ei ole vielä päättynyt.",
            "Ilmoita käynti sen jälkeen. Jos päivä tai kellonaika on väärin, korjaa se.",
        ),
        "sv": (
            "Besöket {served_on} har inte slutat ännu.",
            "Rapportera besöket efter att det har slutat. Om dagen eller klockslaget är fel, rätta"
            " det.",
        ),
        "en": (
            "The visit on {served_on} has not ended yet.",
            "Report the visit after it has ended. If the day or the time is wrong, correct it.",
        ),
    },
    Code.OUTSIDE_PROGRAMME: {
        "fi": (
            "Ohjelma ei ole voimassa {served_on}, joten siltä päivältä ei makseta.",
            "Tarkista päivä. Jos se on oikein, kysy järjestäjältä, miten käynti korvataan.",
        ),
        "sv": (
            "Programmet är inte i kraft {served_on}, så den dagen betalas inte.",
            "Kontrollera dagen. Om den är rätt, fråga anordnaren hur besöket ersätts.",
        ),
        "en": (
            "The programme is not in force on {served_on}, so nothing is paid for that day.",
            "Check the day. If it is right, ask the organiser how the visit is paid.",
        ),
    },
    Code.OUTSIDE_ORDER: {
        "fi": (
            "Tilaus {order} ei ole avoinna {served_on}; se koskee päiviä {order_days}.",
            "Tarkista päivä ja tilauksen numero. Päättyneen tai perutun tilauksen käynneistä"
            " sovitaan asiakkaan ja asiakasohjaajan kanssa.",
        ),
        "sv": (
            "Beställningen {order} är inte öppen {served_on}; den gäller dagarna {order_days}.",
            "Kontrollera dagen och beställningens nummer. Besök för en avslutad beställning"
            " avtalas med klienten och klienthandledaren.",
        ),
        "en": (
            "The order {order} is not open on {served_on}; it is for the days {order_days}.",
            "Check the day and the number of the order. Visits for an order that has ended are"
            " agreed on with the client and the case manager.",
        ),
    },
    Code.PROVIDER_NOT_APPROVED: {
        "fi": (
            "Hyväksyntäsi palvelun tuottajaksi ei kata päivää {served_on}; se koskee päiviä"
            " {approved_days}.",
            "Tarkista päivä. Jos hyväksyntä on päättynyt, ota yhteys järjestäjään ennen uusia"
            " käyntejä.",
        ),
        "sv": (
            "Ditt godkännande som producent täcker inte {served_on}; det gäller dagarna"
            " {approved_days}.",
            "Kontrollera dagen. Om godkännandet har upphört, kontakta anordnaren före nya besök.",
        ),
        "en": (
            "Your approval as a provider does not cover {served_on}; it is for the days"
            " {approved_days}.",
            "Check the day. If the approval has ended, contact the organiser before new visits.",
        ),
    },
    Code.CLIENT_AWAY: {
        "fi": (
            "Asiakas oli poissa {served_on}.",
            "Tarkista päivä. Jos käynti tehtiin, pyydä asiakasohjaajaa korjaamaan poissaolo ja"
            " lähetä rivi uudelleen.",
        ),
        "sv": (
            "Klienten var borta {served_on}.",
            "Kontrollera dagen. Om besöket gjordes, be klienthandledaren rätta frånvaron och skicka"
            " raden på nytt.",
        ),
        "en": (
            "The client was away on {served_on}.",
            "Check the day. If the visit took place, ask the case manager to correct the absence"
            " and send the line again.",
        ),
    },
    Code.CANCELLED_IN_TIME: {
        "fi": (
            "Asiakas perui käynnin {served_on} ajoissa, joten siitä ei makseta.",
            "Tarkista päivä. Jos käynti kuitenkin tehtiin, sovi asiasta asiakkaan ja"
            " asiakasohjaajan kanssa.",
        ),
        "sv": (
            "Klienten avbokade besöket {served_on} i tid, så det betalas inte.",
            "Kontrollera dagen. Om besöket ändå gjordes, kom överens med klienten och"
            " klienthandledaren.",
        ),
        "en": (
            "The client cancelled the visit on {served_on} in time, so it is not paid.",
            "Check the day. If the visit took place all the same, agree with the client and the"
            " case manager.",
        ),
    },
    Code.PRICE_NOT_IN_FORCE: {
        "fi": (
            "Palvelulla ei ole hintaa aikaluokassa {band} päivälle {served_on}.",
            "Tarkista aikaluokka ja päivä. Jos ne ovat oikein, ilmoita hinta järjestäjälle"
            " vahvistettavaksi ja lähetä rivi sen jälkeen.",
        ),
        "sv": (
            "Servicen har inget pris i tidsklassen {band} för {served_on}.",
            "Kontrollera tidsklassen och dagen. Om de är rätt, meddela priset till anordnaren för"
            " fastställelse och skicka raden efter det.",
        ),
        "en": (
            "The service has no price in the time band {band} for {served_on}.",
            "Check the time band and the day. If they are right, give the price to the organiser"
            " to confirm, and send the line after that.",
        ),
    },
    Code.TOO_LATE: {
        "fi": (
            "Käynti {served_on} ilmoitettiin myöhässä: aikaa on {within_days} päivää.",
            "Lähetä rivi uudelleen ja kirjoita myöhästymisen syy. Syyn kanssa käynnin voi"
            " ilmoittaa {late_days} päivän ajan; sen jälkeen ota yhteys järjestäjään.",
        ),
        "sv": (
            "Besöket {served_on} rapporterades för sent: tiden är {within_days} dagar.",
            "Skicka raden på nytt och skriv orsaken till förseningen. Med en orsak kan besöket"
            " rapporteras i {late_days} dagar; kontakta anordnaren efter det.",
        ),
        "en": (
            "The visit on {served_on} was reported too late: there are {within_days} days for it.",
            "Send the line again and write the reason for being late. With a reason a visit can be"
            " reported for {late_days} days; after that, contact the organiser.",
        ),
    },
    Code.BEYOND_ORDERED: {
        "fi": (
            "Tilauksessa {order} ei ole jäljellä määrää {quantity} päivälle {served_on}.",
            "Tarkista määrä. Jos asiakas tarvitsee enemmän, pyydä häneltä tai asiakasohjaajalta"
            " uusi tilaus ennen käyntejä.",
        ),
        "sv": (
            "I beställningen {order} finns inte mängden {quantity} kvar för {served_on}.",
            "Kontrollera mängden. Om klienten behöver mer, be klienten eller klienthandledaren om"
            " en ny beställning före besöken.",
        ),
        "en": (
            "The order {order} does not have {quantity} left for {served_on}.",
            "Check the quantity. If the client needs more, ask the client or the case manager for"
            " a new order before the visits.",
        ),
    },
    Code.CLIENT_ELSEWHERE: {
        "fi": (
            "Asiakkaalla on toinen käynti samaan aikaan {served_on}. Asiakasohjaaja tarkistaa"
            " asian.",
            "Jos kellonaika on väärin, kerro se asiakasohjaajalle. Jos käynnit tehtiin yhdessä,"
            " sinun ei tarvitse tehdä mitään.",
        ),
        "sv": (
            "Klienten har ett annat besök samtidigt {served_on}. Klienthandledaren kontrollerar"
            " saken.",
            "Om klockslaget är fel, meddela klienthandledaren. Om besöken gjordes tillsammans"
            " behöver du inte göra något.",
        ),
        "en": (
            "The client has another visit at the same time on {served_on}. The case manager looks"
            " into it.",
            "If the time is wrong, tell the case manager. If the visits were made together, you"
            " need not do anything.",
        ),
    },
    Code.WORKER_ELSEWHERE: {
        "fi": (
            "Työntekijällä on toinen käynti samaan aikaan {served_on}. Asiakasohjaaja tarkistaa"
            " asian.",
            "Tarkista työntekijän tunnus ja kellonaika. Jos jokin on väärin, kerro se"
            " asiakasohjaajalle.",
        ),
        "sv": (
            "Arbetstagaren har ett annat besök samtidigt {served_on}. Klienthandledaren"
            " kontrollerar saken.",
            "Kontrollera arbetstagarens kod och klockslaget. Om något är fel, meddela"
            " klienthandledaren.",
        ),
        "en": (
            "The worker has another visit at the same time on {served_on}. The case manager looks"
            " into it.",
            "Check the worker's code and the time. If something is wrong, tell the case manager.",
        ),
    },
    Code.LATE_WITH_REASON: {
        "fi": (
            "Käynti {served_on} ilmoitettiin {within_days} päivän määräajan jälkeen. Asiakasohjaaja"
            " lukee syyn ja päättää.",
            "Sinun ei tarvitse tehdä mitään. Ilmoita seuraavat käynnit määräajassa.",
        ),
        "sv": (
            "Besöket {served_on} rapporterades efter fristen på {within_days} dagar."
            " Klienthandledaren läser orsaken och avgör.",
            "Du behöver inte göra något. Rapportera följande besök inom fristen.",
        ),
        "en": (
            "The visit on {served_on} was reported after the {within_days} days that there are."
            " The case manager reads the reason and decides.",
            "You need not do anything. Report the next visits in time.",
        ),
    },
}
