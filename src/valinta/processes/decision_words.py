"""The words of the decision letter in Finnish, Swedish and English. Kind and plain."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "title": "Päätös henkilökohtaisesta budjetista",
        "title_voucher": "Päätös palvelusetelistä",
        "title_both": "Päätös henkilökohtaisesta budjetista ja palvelusetelistä",
        "intro": "Olemme päättäneet palveluistasi yhdessä tehdyn suunnitelman pohjalta.",
        "sum": "Palveluihisi on rahaa {total} kuukaudessa ajalla {period}.",
        "how": "Miten summa syntyi",
        "how_text": "Summa perustuu palvelutarpeen arviointiin. Rivit ovat euroja kuukaudessa.",
        "service": "Palvelu",
        "quantity": "Määrä",
        "way": "Järjestämistapa",
        "amount": "Kuukaudessa",
        "kept": "kuuluu aina budjettiin",
        "ways.budget": "budjetti",
        "ways.voucher": "palveluseteli",
        "ways.own_service": "oma palvelu",
        "ways.purchased_service": "ostopalvelu",
        "ways.employer_model": "työnantajamalli",
        "voucher": "Palvelusetelin arvo",
        "voucher_text": "Seteli kattaa enintään tämän arvon. Jos hinta on suurempi, maksat itse"
        " erotuksen palveluntuottajalle. Voit myös kieltäytyä setelistä: silloin järjestämme"
        " palvelun muulla tavalla.",
        "money": "Rahaa ei makseta tilillesi. Maksamme palveluntuottajille suoraan.",
        "law": "Sovelletut lait",
        "appeal": "Jos olet tyytymätön päätökseen",
        "appeal_text": "Voit vaatia päätökseen oikaisua {days} päivän kuluessa siitä, kun sait"
        " tämän päätöksen. Kirjoita vapaamuotoinen oikaisuvaatimus: mitä päätöstä se koskee, mitä"
        " haluat muutettavan ja miksi. Allekirjoita se ja lähetä se yllä olevaan osoitteeseen."
        " Asiakasohjaajasi auttaa.",
        "number": "Päätös {number}",
    },
    "sv": {
        "title": "Beslut om personlig budget",
        "title_voucher": "Beslut om servicesedel",
        "title_both": "Beslut om personlig budget och servicesedel",
        "intro": "Vi har beslutat om dina tjänster utifrån planen som vi gjort tillsammans.",
        "sum": "För dina tjänster finns {total} i månaden under tiden {period}.",
        "how": "Så har summan räknats",
        "how_text": "Summan bygger på bedömningen av ditt servicebehov. Raderna är euro i månaden.",
        "service": "Tjänst",
        "quantity": "Mängd",
        "way": "Sätt att ordna",
        "amount": "I månaden",
        "kept": "hör alltid till budgeten",
        "ways.budget": "budget",
        "ways.voucher": "servicesedel",
        "ways.own_service": "egen service",
        "ways.purchased_service": "köpt tjänst",
        "ways.employer_model": "arbetsgivarmodellen",
        "voucher": "Servicesedelns värde",
        "voucher_text": "Sedeln täcker högst det här värdet. Om priset är högre betalar du själv"
        " skillnaden till serviceproducenten. Du kan också tacka nej till sedeln: då ordnar vi"
        " tjänsten på ett annat sätt.",
        "money": "Pengar betalas inte till ditt konto. Vi betalar direkt till producenterna.",
        "law": "Tillämpade lagar",
        "appeal": "Om du är missnöjd med beslutet",
        "appeal_text": "Du kan begära omprövning av beslutet inom {days} dagar från att du fick"
        " det. Skriv en fritt formulerad begäran: vilket beslut det gäller, vad du vill ändra och"
        " varför. Underteckna den och skicka den till adressen ovan. Din klienthandledare"
        " hjälper dig.",
        "number": "Beslut {number}",
    },
    "en": {
        "title": "Decision on a personal budget",
        "title_voucher": "Decision on a service voucher",
        "title_both": "Decision on a personal budget and a service voucher",
        "intro": "We have decided on your services on the plan that we made together.",
        "sum": "There is {total} a month for your services during {period}.",
        "how": "How the sum was made",
        "how_text": "The sum comes from the assessment of your needs. Lines are euros a month.",
        "service": "Service",
        "quantity": "Quantity",
        "way": "Way",
        "amount": "A month",
        "kept": "always in the budget",
        "ways.budget": "budget",
        "ways.voucher": "voucher",
        "ways.own_service": "own service",
        "ways.purchased_service": "purchased service",
        "ways.employer_model": "employer model",
        "voucher": "Value of the voucher",
        "voucher_text": "The voucher covers at most this value. If the price is higher, you pay"
        " the rest to the provider. You may also decline the voucher: then we arrange the service"
        " in another way.",
        "money": "No money is paid to your account. We pay the providers directly.",
        "law": "Acts applied",
        "appeal": "If you are not content with the decision",
        "appeal_text": "You can claim a revised decision within {days} days of receiving this one."
        " Write freely: which decision, what you want changed, and why. Sign it and send it to the"
        " address above. Your case manager helps you.",
        "number": "Decision {number}",
    },
}
UNITS: dict[str, dict[str, str]] = {
    "fi": {"hour": "t", "visit": "käyntiä", "day": "päivää", "week": "viikkoa", "month": "kk"},
    "sv": {"hour": "h", "visit": "besök", "day": "dagar", "week": "veckor", "month": "mån"},
    "en": {"hour": "h", "visit": "visits", "day": "days", "week": "weeks", "month": "months"},
}
