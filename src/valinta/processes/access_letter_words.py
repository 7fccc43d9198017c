"""The words of the letter with an access code, in Finnish, Swedish and English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "fi": {
        "title": "Koodi omille sivuillesi",
        "intro": "Tällä koodilla pääset katsomaan omaa budjettiasi ja palvelujasi verkossa. Et"
        " tarvitse pankkitunnuksia.",
        "code": "Koodisi",
        "valid": "Koodi on voimassa viimeiseen päivään asti",
        "how": "Näin kirjaudut",
        "step_address": "Avaa palvelun kirjautumissivu ja valitse ”Minulla on koodi kirjeestä”.",
        "step_this_address": "Avaa verkkoselaimella osoite {address}",
        "step_code": "Kirjoita koodi. Isot ja pienet kirjaimet ovat yhtä hyviä, väliviivoja ei"
        " tarvita.",
        "step_birth": "Kirjoita syntymäaikasi.",
        "may": "Mitä koodilla voi tehdä",
        "may_text": "Näet budjettisi, palvelusi ja suunnitelmasi. Voit kertoa, toteutuiko käynti,"
        " ja kirjoittaa viestejä.",
        "may_not_text": "Koodilla ei voi tilata palveluja, allekirjoittaa eikä antaa toiselle"
        " lupaa toimia puolestasi. Siihen tarvitaan oma käyttäjätunnus tai asiakasohjaajasi apu.",
        "keep": "Pidä koodi omana tietonasi",
        "keep_text": "Älä anna koodia muille. Jos kirje katoaa tai joku muu on nähnyt koodin,"
        " kerro asiakasohjaajallesi. Uusi kirje tekee vanhan koodin toimimattomaksi.",
        "manager": "Asiakasohjaajasi on {name}.",
    },
    "sv": {
        "title": "En kod till dina egna sidor",
        "intro": "Med den här koden kan du se din budget och dina tjänster på nätet. Du behöver"
        " inga bankkoder.",
        "code": "Din kod",
        "valid": "Koden gäller till och med",
        "how": "Så loggar du in",
        "step_address": "Öppna tjänstens inloggningssida och välj ”Jag har en kod från ett brev”.",
        "step_this_address": "Öppna adressen {address} i en webbläsare",
        "step_code": "Skriv koden. Stora och små bokstäver går lika bra, bindestreck behövs inte.",
        "step_birth": "Skriv ditt födelsedatum.",
        "may": "Vad du kan göra med koden",
        "may_text": "Du ser din budget, dina tjänster och din plan. Du kan berätta om ett besök"
        " blev av och skriva meddelanden.",
        "may_not_text": "Med koden kan du inte beställa tjänster, underteckna eller ge någon annan"
        " rätt att handla för dig. För det behöver du ett eget användarnamn eller hjälp av din"
        " klienthandledare.",
        "keep": "Håll koden för dig själv",
        "keep_text": "Ge inte koden till andra. Om brevet försvinner eller någon annan har sett"
        " koden, berätta det för din klienthandledare. Ett nytt brev gör den gamla koden ogiltig.",
        "manager": "Din klienthandledare är {name}.",
    },
    "en": {
        "title": "A code for your own pages",
        "intro": "With this code you can see your budget and services online. You do not need"
        " bank codes.",
        "code": "Your code",
        "valid": "The code works up to and including",
        "how": "How to sign in",
        "step_address": "Open the sign-in page of the site and choose “I have a code from a"
        " letter”.",
        "step_this_address": "Open the address {address} in a web browser",
        "step_code": "Write the code. Capital and small letters do equally well, and hyphens are"
        " not needed.",
        "step_birth": "Write your date of birth.",
        "may": "What you can do with the code",
        "may_text": "You see your budget, your services and your plan. You can tell whether a"
        " visit took place, and write messages.",
        "may_not_text": "With the code you cannot order services, sign, or let another person act"
        " for you. For those you need a username of your own, or your case manager's help.",
        "keep": "Keep the code to yourself",
        "keep_text": "Do not give the code to others. If the letter gets lost or someone else has"
        " seen the code, tell your case manager. A new letter makes the old code useless.",
        "manager": "Your case manager is {name}.",
    },
}
