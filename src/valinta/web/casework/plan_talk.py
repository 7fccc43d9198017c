"""What the client has written and said about the plan, as the case manager reads it.

A draft of the support plan is the client's own and is not shown here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from valinta.clients.models import Client
from valinta.plans.models import PlanComment, ServicePlan, SupportPlan
from valinta.plans.states import PlanState, Signer
from valinta.web.names import names_of


class AnswerForm(forms.Form):
    """An answer in the talk about the plan."""

    text = forms.CharField(
        max_length=4000,
        error_messages={
            "required": _("Write what you want to say about the plan."),
            "max_length": _("The text is too long. Write at most 4,000 characters."),
        },
    )


@dataclass(frozen=True, slots=True)
class Said:
    """One comment: who said it, as what, when, on which version."""

    name: str
    written_as: Signer
    at: datetime
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written under one prompt; `question` is empty when the prompt is no more."""

    question: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class PlanTalk:
    """The newest finished support plan with its writer, the comments, and the plan to answer on."""

    support: SupportPlan | None
    writer: str
    answers: list[Answer]
    helpers: list[str]
    comments: list[Said]
    plan_id: int | None


def plan_talk(client: Client) -> PlanTalk:
    """Read what was finished and said, in four queries."""
    support = (
        SupportPlan.objects.filter(enrolment__client=client, finished_at__isnull=False)
        .select_related("enrolment__programme")
        .order_by("-finished_at", "-pk")
        .first()
    )
    newest = (
        ServicePlan.objects.filter(enrolment__client=client)
        .exclude(state=PlanState.SUPERSEDED)
        .order_by("-enrolment", "-version")
        .first()
    )
    said = list(
        PlanComment.objects.filter(plan__enrolment__client=client)
        .select_related("plan")
        .order_by("written_at", "pk")
    )
    writers = [support.written_by_id] if support else []
    names = names_of([*writers, *(one.written_by_id for one in said)])
    return PlanTalk(
        support=support,
        writer=names.get(support.written_by_id or 0, "") if support else "",
        answers=_answers(support),
        helpers=[one["name"] for one in support.helpers if one.get("name")] if support else [],
        comments=[
            Said(
                names.get(one.written_by_id, ""),
                Signer(one.written_as),
                one.written_at,
                one.text,
                one.plan.version,
            )
            for one in said
        ],
        plan_id=newest.pk if newest else None,
    )


def _answers(support: SupportPlan | None) -> list[Answer]:
    if support is None:
        return []
    prompts = support.enrolment.programme.terms.get("prompts") or []
    questions = {one["code"]: one["question"] for one in prompts}
    order = [*(code for code in questions if code in support.sections)]
    order += [code for code in support.sections if code not in questions]
    return [Answer(questions.get(code, {}), support.sections[code]) for code in order]
