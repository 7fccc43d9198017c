"""The sum that the needs come to: every line explained, adjusted with a reason (KEU-4, KEU-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from valinta.needs.actions import (
    AdjustmentNeedsReason,
    AllocationBelowZero,
    AllocationChanged,
)
from valinta.needs.answers import quantity_of
from valinta.needs.models import Allocation, AllocationLine, Assessment
from valinta.needs.states import AssessmentState
from valinta.processes.adjust_sum import PlanRestsOnSum, adjust_sum
from valinta.processes.allocate_budget import (
    NoAllocationRule,
    NoReferencePrice,
    allocate_budget,
)
from valinta.programmes.names import named
from valinta.programmes.queries import ProgrammeClosed
from valinta.rules.law import RuleError
from valinta.shared.money import Money
from valinta.users.permissions import Permission
from valinta.web.casework.opening import CasePage, open_case
from valinta.web.letter_words import shown_in_letters
from valinta.web.middleware import Request
from valinta.web.templatetags.wording import euros, language

PURPOSE = "assessment"
MORE, LESS = "more", "less"


class AdjustForm(forms.Form):
    """By how much the sum of a service changes, and why."""

    service = forms.ChoiceField(
        error_messages={
            "required": _("Choose the service."),
            "invalid_choice": _("Choose the service."),
        }
    )
    way = forms.ChoiceField(
        choices=[(MORE, _("more money")), (LESS, _("less money"))],
        error_messages={"required": _("Choose more or less.")},
    )
    amount = forms.CharField(max_length=12, error_messages={"required": _("Write a sum in euros.")})
    reason = forms.CharField(
        max_length=1000,
        validators=[shown_in_letters],
        error_messages={"required": _("Write why the sum changes; the client will read it.")},
    )
    seen_lines = forms.IntegerField(min_value=0)

    def __init__(self, services: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = list(services)
        chosen = self.fields["service"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = self.services

    def clean_amount(self) -> int:
        cents = quantity_of(self.cleaned_data["amount"].removesuffix("€").strip())
        if not cents:
            raise forms.ValidationError(gettext("Write a sum in euros, for example 40 or 40,50."))
        return cents

    @property
    def money(self) -> Money:
        """The change, less when money is taken off."""
        cents: int = self.cleaned_data["amount"]
        return Money(cents if self.cleaned_data["way"] == MORE else -cents)


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of the sum with its explanation: how it is counted, and what it rests on."""

    line: AllocationLine
    how: str
    because: Sequence[str] = field(default_factory=tuple)
    mandatory_reason: str = ""


@require_GET
def assessment_sum(request: Request, client_id: int) -> HttpResponse:
    """The sum of the newest completed assessment, every line of it explained."""
    page = open_case(request, client_id, PURPOSE)
    return _show(page, _newest(page))


@require_POST
def compute(request: Request, client_id: int) -> HttpResponse:
    """Count the sum of the newest completed assessment, when there is none yet."""
    page = open_case(request, client_id, PURPOSE)
    assessment = _newest(page) or page.missing("assessment", 0)
    if not assessment.allocations.exists():
        page.tell(make_sum(page, assessment) or "sum_made")
    return page.to("casework:assessment_sum")


@require_POST
def adjust(request: Request, client_id: int) -> HttpResponse:
    """Add a line of more or less money for a service, with the reason the client will read."""
    page = open_case(request, client_id, PURPOSE)
    assessment = _newest(page) or page.missing("assessment", 0)
    allocation = _allocation(assessment) or page.missing("allocation", 0)
    form = AdjustForm(_options(allocation), request.POST)
    if not form.is_valid():
        return _show(page, assessment, form, 422)
    given = form.cleaned_data
    service = assessment.enrolment.programme.services.get(code=given["service"])
    try:
        adjust_sum(
            allocation=allocation,
            service=service,
            amount=form.money,
            reason=given["reason"],
            seen_lines=given["seen_lines"],
            by=request.actor,
            at=page.at,
        )
    except AllocationBelowZero:
        form.add_error("amount", gettext("The sum would go below zero. Take off a smaller amount."))
    except AdjustmentNeedsReason:
        form.add_error("reason", gettext("Write why the sum changes; the client will read it."))
    except PlanRestsOnSum:
        form.add_error(
            None, gettext("A plan has been signed on this sum. Assess anew to change something.")
        )
    except AllocationChanged:
        words = gettext(
            "Somebody else has adjusted the sum meanwhile. Look at the lines: if yours is still"
            " needed, send it again."
        )
        form.add_error(None, words)
        return _show(page, assessment, form, 409)
    else:
        page.tell("sum_adjusted")
        return page.to("casework:assessment_sum")
    return _show(page, assessment, form, 422)


def make_sum(page: CasePage, assessment: Assessment) -> str:
    """Count the sum; a word for what prevents it, or nothing."""
    try:
        allocate_budget(assessment=assessment, by=page.request.actor, at=page.at)
    except ProgrammeClosed:
        return "sum_closed"
    except NoAllocationRule:
        return "sum_no_rule"
    except (NoReferencePrice, RuleError):
        return "sum_no_price"
    return ""


def _newest(page: CasePage) -> Assessment | None:
    return (
        Assessment.objects.filter(enrolment__client=page.client, state=AssessmentState.COMPLETED)
        .select_related("enrolment__programme")
        .prefetch_related("needs__service")
        .order_by("-completed_at", "-pk")
        .first()
    )


def _allocation(assessment: Assessment) -> Allocation | None:
    return assessment.allocations.select_related("rule").order_by("-pk").first()


def _options(allocation: Allocation) -> list[tuple[str, str]]:
    rows = allocation.lines.order_by("number").values_list("service__code", "service__names")
    return list({code: named(names, language()) for code, names in rows}.items())


def _lines(assessment: Assessment, allocation: Allocation) -> list[SumLine]:
    needs = {one.service_id: one for one in assessment.needs.all()}
    per_point = allocation.rule.parameters.get("cents_per_point")
    because = _items_by_service(assessment)
    found = []
    for line in allocation.lines.select_related("service").order_by("number"):
        need = needs.get(line.service_id)
        is_own = line.explanation != "adjustment" and need is not None
        how = ""
        if is_own and need is not None and need.points is not None and per_point is not None:
            words = gettext("%(points)s points × %(value)s a point")
            how = words % {"points": need.points, "value": euros(per_point)}
        items = because.get(line.service.code, ()) if is_own else ()
        reason = need.reason if is_own and need is not None else ""
        found.append(SumLine(line, how, items, reason))
    return found


def _items_by_service(assessment: Assessment) -> dict[str, list[str]]:
    """By service code: each item that the service answers to, the level and its points."""
    answers: Mapping[str, str] = assessment.answers
    found: dict[str, list[str]] = {}
    for item in assessment.enrolment.programme.terms.get("need_items", []):
        level = next(
            (one for one in item["levels"] if one["code"] == answers.get(f"item-{item['code']}")),
            None,
        )
        if level and level["points"]:
            words = gettext("%(item)s: %(level)s, %(points)s points")
            told = words % {
                "item": named(item["names"], language()),
                "level": named(level["names"], language()),
                "points": level["points"],
            }
            found.setdefault(answers.get(f"meets-{item['code']}", ""), []).append(told)
    return found


def _show(
    page: CasePage,
    assessment: Assessment | None,
    form: AdjustForm | None = None,
    status: int = 200,
) -> HttpResponse:
    allocation = _allocation(assessment) if assessment else None
    facts: dict[str, Any] = {
        "assessment": assessment,
        "allocation": allocation,
        "may_assess": page.may(Permission.ASSESS_NEEDS),
        "form": form,
    }
    if assessment and allocation:
        lines = _lines(assessment, allocation)
        kept = sum(one.line.cents for one in lines if one.line.mandatory)
        facts |= {
            "lines": lines,
            "kept": kept,
            "free": allocation.total_cents - kept,
            "model": assessment.enrolment.programme.terms.get("allocation", {}).get("names", {}),
            "form": form or AdjustForm(_options(allocation)),
        }
    return page.show("casework/assessment_sum.html", facts, status)
