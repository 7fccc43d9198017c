"""The legs of eligibility on a form: question, yes or no, the act, and the ground (KAI-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from valinta.needs.actions import LegAnswer
from valinta.needs.eligibility_fields import NO, YES, content_of
from valinta.needs.models import EligibilityCheck
from valinta.programmes.models import Programme
from valinta.programmes.names import named
from valinta.web.templatetags.wording import language

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg with what is answered or typed. `acts` are code, number and name to choose from."""

    code: str
    names: Names
    question: Names
    kinds: Sequence[str]
    acts: Sequence[tuple[str, str, Names]]
    answer: str
    act: str
    ground: str
    check: EligibilityCheck | None = None
    answer_fault: str = ""
    act_fault: str = ""
    ground_fault: str = ""

    @property
    def seen(self) -> list[tuple[str, str]]:
        """What is recorded now by field, for the form to carry along."""
        return list(content_of([self.check]).items()) if self.check else []

    @property
    def act_name(self) -> tuple[str, str, Names] | None:
        """The act that was chosen."""
        return next((one for one in self.acts if one[0] == self.act), None)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """The field and words of each fault."""
        found = (
            (f"answer-{self.code}", self.answer_fault),
            (f"act-{self.code}", self.act_fault),
            (f"ground-{self.code}", self.ground_fault),
        )
        return [one for one in found if one[1]]


@dataclass(frozen=True, slots=True)
class InstrumentWay:
    """Whether a budget or voucher is open to the client: which legs say no, which are not answered.

    Every leg that concerns the instrument has to hold.
    """

    kind: str
    names: Names
    refused: Sequence[Leg]
    waiting: Sequence[Leg]

    @property
    def is_open(self) -> bool:
        """Whether every leg holds."""
        return not self.refused and not self.waiting


def legs_of(programme: Programme, checks: Mapping[str, EligibilityCheck]) -> list[Leg]:
    """The programme's legs with what has been recorded."""
    acts = _acts(programme)
    return [_recorded(leg, acts, checks.get(leg["code"])) for leg in _terms(programme)]


def legs_typed(
    programme: Programme, checks: Mapping[str, EligibilityCheck], typed: Mapping[str, str]
) -> list[Leg]:
    """The programme's legs with what was typed, and what is wrong with it at its field."""
    acts = _acts(programme)
    return [_typed(leg, acts, checks.get(leg["code"]), typed) for leg in _terms(programme)]


def answers_of(legs: Sequence[Leg]) -> list[LegAnswer]:
    """The answers of the legs that were answered."""
    return [
        LegAnswer(one.code, one.answer == YES, one.ground, one.act if one.answer == YES else "")
        for one in legs
        if one.answer
    ]


def typed_fields(programme: Programme, posted: Mapping[str, str]) -> dict[str, str]:
    """The fields of every leg as they were sent."""
    fields = [
        f"{kind}-{leg['code']}" for leg in _terms(programme) for kind in ("answer", "act", "ground")
    ]
    return {field: posted.get(field, "").strip() for field in fields}


def field_label(programme: Programme, field: str) -> str:
    """What a field of a leg is called on the screen."""
    kind, _dash, code = field.partition("-")
    leg = next((one for one in _terms(programme) if one["code"] == code), None)
    words = {
        "answer": gettext("%(leg)s: the answer"),
        "act": gettext("%(leg)s: the act"),
        "ground": gettext("%(leg)s: the ground"),
    }[kind]
    return words % {"leg": named(leg["names"], language()) if leg else code}


def field_words(programme: Programme, field: str, value: str) -> str:
    """A value of a field of a leg in words."""
    if field.startswith("answer-"):
        return gettext("Yes") if value == YES else gettext("No")
    act = _acts(programme).get(value) if field.startswith("act-") else None
    return f"{named(act[2], language())} ({act[1]})" if act else value


def ways_of(programme: Programme, legs: Sequence[Leg]) -> list[InstrumentWay]:
    """Each kind of instrument of the programme, and whether the legs open it."""
    kinds: dict[str, Names] = {}
    for one in programme.terms.get("instruments", []):
        kinds.setdefault(one["kind"], one["names"])
    found = []
    for kind, names in kinds.items():
        own = [leg for leg in legs if not leg.kinds or kind in leg.kinds]
        refused = [leg for leg in own if leg.check is not None and not leg.check.met]
        found.append(InstrumentWay(kind, names, refused, [leg for leg in own if leg.check is None]))
    return found


def _terms(programme: Programme) -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = programme.terms.get("eligibility", [])
    return terms


def _acts(programme: Programme) -> dict[str, tuple[str, str, Names]]:
    acts = programme.terms.get("acts", [])
    return {one["code"]: (one["code"], one["number"], one["names"]) for one in acts}


def _recorded(
    leg: Mapping[str, Any],
    acts: Mapping[str, tuple[str, str, Names]],
    check: EligibilityCheck | None,
) -> Leg:
    return Leg(
        code=leg["code"],
        names=leg["names"],
        question=leg["question"],
        kinds=leg.get("instruments") or (),
        acts=[acts[code] for code in leg.get("acts", []) if code in acts],
        answer="" if check is None else YES if check.met else NO,
        act="" if check is None else check.act,
        ground="" if check is None else check.ground,
        check=check,
    )


def _typed(
    leg: Mapping[str, Any],
    acts: Mapping[str, tuple[str, str, Names]],
    check: EligibilityCheck | None,
    typed: Mapping[str, str],
) -> Leg:
    code = leg["code"]
    answer, act = typed.get(f"answer-{code}", ""), typed.get(f"act-{code}", "")
    ground = typed.get(f"ground-{code}", "").strip()
    known = {one for one in leg.get("acts", []) if one in acts}
    said = answer in (YES, NO)
    blank = _recorded(leg, acts, None)
    return Leg(
        code=code,
        names=blank.names,
        question=blank.question,
        kinds=blank.kinds,
        acts=blank.acts,
        answer=answer if said else "",
        act=act if act in known else "",
        ground=ground,
        check=check,
        answer_fault=gettext("Answer yes or no too.") if ground and not said else "",
        act_fault=(
            gettext("Choose the act.") if answer == YES and known and act not in known else ""
        ),
        ground_fault=(
            gettext("Write the ground: what the answer rests on.") if said and not ground else ""
        ),
    )
