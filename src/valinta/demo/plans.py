"""What the demo's clients write in their support plans, and say about the service plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from valinta.demo.people import Person
from valinta.plans.actions import comment_on_plan
from valinta.plans.models import ServicePlan

_TEXTS: dict[str, tuple[dict[str, str], ...]] = {
    "fi": (
        {
            "who-i-am": "Olen eläkkeellä oleva kirvesmies. Pidän kalastamisesta ja radiosta.",
            "important": "Oma koti, naapurin koira ja lauantain sauna.",
            "can-do": "Keitän kahvit ja puuron itse. Hyvänä päivänä käyn kaupassa.",
            "need-help": "Suihkussa en uskalla käydä yksin. Siivous jää usein tekemättä.",
            "hope": "Pääsisin kerran viikossa muiden ihmisten seuraan.",
        },
        {
            "who-i-am": "Olin koulun keittäjä. Minulla on kolme lasta ja iso perhe ympärilläni.",
            "need-help": "Kädet eivät enää jaksa. Ruoka ja pyykki ovat raskaita.",
            "how-to-help": "Aamulla rauhassa, ei ennen kahdeksaa. Sama auttaja, jos voi.",
            "good-day": "Istun pihalla ja joku tulee käymään.",
        },
    ),
    "sv": (
        {
            "who-i-am": "Jag är pensionerad sjöman. Jag tycker om att lyssna på radio.",
            "important": "Mitt eget hem, havet och mina barnbarn.",
            "need-help": "Jag vågar inte duscha ensam. Städningen blir ofta ogjord.",
            "hope": "Jag vill träffa andra människor en gång i veckan.",
        },
        {
            "who-i-am": "Jag var lärare i byskolan. Jag har alltid haft katt.",
            "can-do": "Jag lagar mat själv när någon har handlat.",
            "how-to-help": "På svenska, och gärna samma människa varje gång.",
            "good-day": "Jag sitter på trappan och någon kommer på besök.",
        },
    ),
}
_TALK = {
    "fi": (
        "Sopiiko, että käynnit ovat aamupäivällä? Iltapäivisin olen väsynyt.",
        "Kyllä sopii. Kerro tuottajalle sama, kun tilaat käynnit.",
    ),
    "sv": (
        "Går det bra att besöken är på förmiddagen? På eftermiddagen är jag trött.",
        "Ja, det går bra. Säg samma sak till producenten när du beställer besöken.",
    ),
}


def own_words(language: str, number: int) -> dict[str, str]:
    """A made-up support plan by code of the prompt."""
    texts = _TEXTS[language]
    return dict(texts[number % len(texts)])


def talk_over(plan: ServicePlan, client: Person, manager: Person, at: datetime) -> None:
    """The client asks about the plan, and the case manager answers the day after."""
    asked, answered = _TALK[plan.enrolment.programme.language]
    comment_on_plan(plan=plan, text=asked, by=client.actor, at=at)
    comment_on_plan(plan=plan, text=answered, by=manager.actor, at=at + timedelta(hours=4))
