"""The words of the answer to a claim in Finnish, Swedish and English. Kind and plain."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "title": "Vastaus oikaisuvaatimukseen",
        "intro": "Olemme käsitelleet oikaisuvaatimuksesi, joka koskee päätöstä {number}.",
        "received": "Oikaisuvaatimus saapui",
        "outcome": "Ratkaisu",
        "outcome_changed": "Päätöstä muutetaan. Uusi päätös on {new}. Saat siitä oman kirjeen.",
        "outcome_upheld": "Päätöstä ei muuteta.",
        "outcome_not_examined": "Oikaisuvaatimusta ei tutkita.",
        "body": "Ratkaisija",
        "answered_by": "Käsittelijä",
        "answered_on": "Ratkaisupäivä",
        "facts": "Tiedot",
        "grounds": "Perustelut",
        "appeal": "Jos olet tyytymätön ratkaisuun",
        "appeal_text": "Voit valittaa ratkaisusta. Valitus tehdään kirjallisesti, ja sen käsittelee"
        " {court}.",
        "appeal_time": (
            "Valituksen pitää olla perillä tuomioistuimessa {days} päivän kuluessa siitä, kun"
            " sait tämän ratkaisun tiedoksi. Tiedoksisaantipäivää ei lasketa. Jos viimeinen"
            " päivä on pyhäpäivä, lauantai, itsenäisyyspäivä, vapunpäivä, joulu- tai"
            " juhannusaatto, valituksen voi toimittaa vielä seuraavana arkipäivänä."
        ),
        "appeal_received": (
            "Ratkaisu katsotaan saaduksi {post} päivän kuluttua siitä, kun kirje on lähetetty"
            " postissa, ja {electronic} päivän kuluttua siitä, kun se on lähetetty sähköisesti,"
            " jollei muuta näytetä. Jos se on annettu sinulle käteen, sait sen sinä päivänä."
        ),
        "appeal_write": "Kirjoita valitukseen:",
        "appeal_item_which": "mitä ratkaisua se koskee (oikaisuvaatimus {claim}, päätös {number})",
        "appeal_item_what": "mitä vaadit muutettavaksi ja miksi",
        "appeal_item_who": "nimesi, kotikuntasi, osoitteesi ja puhelinnumerosi",
        "appeal_item_with": "liitteeksi tämä ratkaisu ja todistus siitä, milloin sait sen",
        "number": "Oikaisuvaatimus {claim}, päätös {number}",
    },
    "sv": {
        "title": "Svar på begäran om omprövning",
        "intro": "Vi har behandlat din begäran om omprövning som gäller beslut {number}.",
        "received": "Begäran kom in",
        "outcome": "Avgörande",
        "outcome_changed": (
            "Beslutet ändras. Det nya beslutet är {new}. Du får ett eget brev om det."
        ),
        "outcome_upheld": "Beslutet ändras inte.",
        "outcome_not_examined": "Begäran om omprövning prövas inte.",
        "body": "Avgjort av",
        "answered_by": "Behandlat av",
        "answered_on": "Dag för avgörandet",
        "facts": "Uppgifter",
        "grounds": "Motivering",
        "appeal": "Om du är missnöjd med avgörandet",
        "appeal_text": (
            "Du kan besvära dig över avgörandet. Besvären görs skriftligt och behandlas av {court}."
        ),
        "appeal_time": (
            "Besvären ska ha kommit fram till domstolen inom {days} dagar från att du fick del"
            " av det här avgörandet. Dagen då du fick del av det räknas inte med. Om den sista"
            " dagen är en helgdag, lördag, självständighetsdagen, första maj, jul- eller"
            " midsommarafton, kan besvären lämnas in ännu den följande vardagen."
        ),
        "appeal_received": (
            "Du anses ha fått del av avgörandet {post} dagar efter att brevet skickades med"
            " posten och {electronic} dagar efter att det skickades elektroniskt, om inte annat"
            " visas. Om det gavs till dig personligen fick du del av det den dagen."
        ),
        "appeal_write": "Skriv i besvären:",
        "appeal_item_which": "vilket avgörande de gäller (begäran {claim}, beslut {number})",
        "appeal_item_what": "vad du vill ändra och varför",
        "appeal_item_who": "ditt namn, din hemkommun, din adress och ditt telefonnummer",
        "appeal_item_with": "som bilaga det här avgörandet och ett intyg över när du fick det",
        "number": "Begäran {claim}, beslut {number}",
    },
    "en": {
        "title": "Answer to your claim for a revised decision",
        "intro": "We have handled your claim for a revised decision, which is about decision"
        " {number}.",
        "received": "The claim came",
        "outcome": "Outcome",
        "outcome_changed": (
            "The decision is changed. The new decision is {new}. You get a letter of its own"
            " about it."
        ),
        "outcome_upheld": "The decision is not changed.",
        "outcome_not_examined": "The claim is not examined.",
        "body": "Answered by",
        "answered_by": "Handled by",
        "answered_on": "Day of the answer",
        "facts": "About the answer",
        "grounds": "Grounds",
        "appeal": "If you are not content with the answer",
        "appeal_text": (
            "You can appeal against it. An appeal is made in writing and handled by {court}."
        ),
        "appeal_time": (
            "The appeal has to arrive at the court within {days} days from when you received"
            " this answer. The day of receipt is not counted. If the last day is a holiday, a"
            " Saturday, Independence Day, May Day, Christmas Eve or Midsummer Eve, the appeal"
            " can still be given on the next weekday."
        ),
        "appeal_received": (
            "The answer counts as received {post} days after the letter was posted, and"
            " {electronic} days after it was sent electronically, unless something else is"
            " shown. If it was handed to you, you received it that day."
        ),
        "appeal_write": "Write in the appeal:",
        "appeal_item_which": "which answer it is about (claim {claim}, decision {number})",
        "appeal_item_what": "what you want changed, and why",
        "appeal_item_who": "your name, home municipality, address and telephone number",
        "appeal_item_with": "add this answer, and what shows when you received it",
        "number": "Claim {claim}, decision {number}",
    },
}
