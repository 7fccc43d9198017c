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
        "voucher_text": (
            "Seteli kattaa enintään tämän arvon. Jos hinta on suurempi, maksat itse erotuksen"
            " palveluntuottajalle. Voit myös kieltäytyä setelistä: silloin järjestämme palvelun"
            " muulla tavalla."
        ),
        "money": "Rahaa ei makseta tilillesi. Maksamme palveluntuottajille suoraan.",
        "law": "Sovelletut lait",
        "appeal": "Jos olet tyytymätön päätökseen",
        "number": "Päätös {number}",
        "title_refused": "Päätös: hakemustasi ei hyväksytä",
        "refused": "Emme voi myöntää sitä, mitä hait. Alla kerromme, miksi.",
        "grounds": "Perustelut",
        "money_of_needs": "Mistä eurot tulevat",
        "money_of_needs_text": "Näin arvioinnista laskettiin rahamäärä kuukaudessa.",
        "counted": "Laskettu",
        "by_points": "pisteitä",
        "adjustment": "muutos",
        "total": "Yhteensä",
        "facts": "Päätöksen tiedot",
        "made_on": "Päätöspäivä",
        "valid": "Voimassa",
        "plan": "Suunnitelma",
        "plan_version": "versio {number}",
        "made_by": "Päättäjä",
        "prepared_by": "Valmistelija",
        "help": "Kysy lisää",
        "help_text": (
            "Asiakasohjaajasi on {name}. Hän auttaa myös oikaisuvaatimuksen kirjoittamisessa."
        ),
        "appeal_text": (
            "Voit vaatia päätökseen oikaisua. Vaatimuksen käsittelee {receiver}. Se ei maksa"
            " mitään."
        ),
        "appeal_time": (
            "Oikaisuvaatimuksen pitää olla perillä {days} päivän kuluessa siitä, kun sait"
            " päätöksen tiedoksi. Tiedoksisaantipäivää ei lasketa. Jos viimeinen päivä on"
            " pyhäpäivä, lauantai, itsenäisyyspäivä, vapunpäivä, joulu- tai juhannusaatto,"
            " vaatimuksen voi toimittaa vielä seuraavana arkipäivänä."
        ),
        "appeal_received": (
            "Päätös katsotaan saaduksi {post} päivän kuluttua siitä, kun kirje on lähetetty"
            " postissa, ja {electronic} päivän kuluttua siitä, kun se on lähetetty sähköisesti,"
            " jollei muuta näytetä. Jos päätös on annettu sinulle käteen, sait sen sinä päivänä."
        ),
        "appeal_write": "Kirjoita oikaisuvaatimukseen:",
        "appeal_item_which": "mitä päätöstä se koskee (päätös {number})",
        "appeal_item_what": "mitä haluat muutettavan ja miksi",
        "appeal_item_who": "nimesi, kotikuntasi, osoitteesi ja puhelinnumerosi",
        "appeal_item_sign": "allekirjoituksesi tai edustajasi allekirjoitus",
        "appeal_portal": "Voit tehdä vaatimuksen omilla sivuillasi tai lähettää sen osoitteeseen:",
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
        "voucher_text": (
            "Sedeln täcker högst det här värdet. Om priset är högre betalar du själv skillnaden"
            " till serviceproducenten. Du kan också tacka nej till sedeln: då ordnar vi tjänsten"
            " på ett annat sätt."
        ),
        "money": "Pengar betalas inte till ditt konto. Vi betalar direkt till producenterna.",
        "law": "Tillämpade lagar",
        "appeal": "Om du är missnöjd med beslutet",
        "number": "Beslut {number}",
        "title_refused": "Beslut: din ansökan godkänns inte",
        "refused": "Vi kan inte bevilja det som du ansökte om. Nedan berättar vi varför.",
        "grounds": "Motivering",
        "money_of_needs": "Var eurona kommer ifrån",
        "money_of_needs_text": "Så här räknades summan i månaden utifrån bedömningen.",
        "counted": "Räknat",
        "by_points": "poäng",
        "adjustment": "ändring",
        "total": "Sammanlagt",
        "facts": "Uppgifter om beslutet",
        "made_on": "Beslutsdag",
        "valid": "I kraft",
        "plan": "Plan",
        "plan_version": "version {number}",
        "made_by": "Beslutsfattare",
        "prepared_by": "Beredd av",
        "help": "Fråga mer",
        "help_text": (
            "Din klienthandledare är {name}. Hen hjälper dig också att skriva en begäran om"
            " omprövning."
        ),
        "appeal_text": (
            "Du kan begära omprövning av beslutet. Begäran behandlas av {receiver}. Det kostar"
            " ingenting."
        ),
        "appeal_time": (
            "Begäran om omprövning ska ha kommit fram inom {days} dagar från att du fick del av"
            " beslutet. Dagen då du fick del av det räknas inte med. Om den sista dagen är en"
            " helgdag, lördag, självständighetsdagen, första maj, jul- eller midsommarafton, kan"
            " begäran lämnas in ännu den följande vardagen."
        ),
        "appeal_received": (
            "Du anses ha fått del av beslutet {post} dagar efter att brevet skickades med posten"
            " och {electronic} dagar efter att det skickades elektroniskt, om inte annat visas."
            " Om beslutet gavs till dig personligen fick du del av det den dagen."
        ),
        "appeal_write": "Skriv i din begäran:",
        "appeal_item_which": "vilket beslut den gäller (beslut {number})",
        "appeal_item_what": "vad du vill ändra och varför",
        "appeal_item_who": "ditt namn, din hemkommun, din adress och ditt telefonnummer",
        "appeal_item_sign": "din underskrift eller din företrädares underskrift",
        "appeal_portal": "Du kan göra begäran på dina egna sidor eller skicka den till adressen:",
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
        "voucher_text": (
            "The voucher covers at most this value. If the price is higher, you pay the rest to"
            " the provider. You may also decline the voucher: then we arrange the service in"
            " another way."
        ),
        "money": "No money is paid to your account. We pay the providers directly.",
        "law": "Acts applied",
        "appeal": "If you are not content with the decision",
        "number": "Decision {number}",
        "title_refused": "Decision: your application is not granted",
        "refused": "We cannot grant what you applied for. Below we tell you why.",
        "grounds": "Grounds",
        "money_of_needs": "Where the euros come from",
        "money_of_needs_text": "This is how the sum of a month was counted from the assessment.",
        "counted": "Counted",
        "by_points": "points",
        "adjustment": "adjustment",
        "total": "In all",
        "facts": "About the decision",
        "made_on": "Made on",
        "valid": "In force",
        "plan": "Plan",
        "plan_version": "version {number}",
        "made_by": "Decided by",
        "prepared_by": "Prepared by",
        "help": "Ask more",
        "help_text": (
            "Your case manager is {name}. They also help you to write a claim for a revised"
            " decision."
        ),
        "appeal_text": (
            "You can claim a revised decision. The claim is handled by {receiver}. It costs"
            " nothing."
        ),
        "appeal_time": (
            "The claim has to arrive within {days} days from when you received the decision. The"
            " day of receipt is not counted. If the last day is a holiday, a Saturday,"
            " Independence Day, May Day, Christmas Eve or Midsummer Eve, the claim can still be"
            " given on the next weekday."
        ),
        "appeal_received": (
            "The decision counts as received {post} days after the letter was posted, and"
            " {electronic} days after it was sent electronically, unless something else is"
            " shown. If it was handed to you, you received it that day."
        ),
        "appeal_write": "Write in the claim:",
        "appeal_item_which": "which decision it is about (decision {number})",
        "appeal_item_what": "what you want changed, and why",
        "appeal_item_who": "your name, home municipality, address and telephone number",
        "appeal_item_sign": "your signature or that of who acts for you",
        "appeal_portal": "You can make the claim on your own pages or send it to:",
    },
}
UNITS: dict[str, dict[str, str]] = {
    "fi": {
        "hour": "t",
        "visit": "käyntiä",
        "day": "päivää",
        "week": "viikkoa",
        "month": "kk",
    },
    "sv": {
        "hour": "h",
        "visit": "besök",
        "day": "dagar",
        "week": "veckor",
        "month": "mån",
    },
    "en": {
        "hour": "h",
        "visit": "visits",
        "day": "days",
        "week": "weeks",
        "month": "months",
    },
}
