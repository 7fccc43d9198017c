"""Calls of the verbs of joining and assessing."""

from __future__ import annotations

from tests.permissions.stage import Stage
from valinta.clients.models import Enrolment
from valinta.needs import assessment_actions, result_actions
from valinta.needs.models import Assessment
from valinta.needs.states import ConsentGiver
from valinta.processes import adjust_sum, join_programme
from valinta.shared.money import Money


def ask(s: Stage) -> object:
    group = s.enrolment.target_group.code
    Enrolment.objects.filter(client=s.client).update(state="ended", ended_on=s.at.date())
    return join_programme.ask_for_place(
        client=s.client, programme=s.side.programme, target_group=group, **s.who
    )


def join(s: Stage) -> object:
    items = [item["code"] for item in s.side.programme.terms.get("consent", [])]
    return join_programme.join_programme(
        enrolment=s.place_of("interested"), points=items, language="fi",
        given_by=ConsentGiver.CLIENT, **s.who,
    )  # fmt: skip


def close(s: Stage) -> object:
    return join_programme.close_without_place(
        enrolment=s.place_of("interested"), reason="Koe", **s.who
    )


def begun(s: Stage) -> Assessment:
    """An assessment under way, with everything that completing it asks for."""
    service = s.side.programme.services.order_by("pk")[0].code
    answers = {"with-client": "1", "goals": "Koe", f"quantity-{service}": "1"}
    for item in s.side.programme.terms.get("need_items", []):
        answers[f"item-{item['code']}"] = item["levels"][-1]["code"]
        answers[f"meets-{item['code']}"] = service
    return Assessment.objects.create(
        organiser=s.side.organiser, enrolment=s.enrolment, state="started", answers=answers,
        started_at=s.at,
    )  # fmt: skip


def save(s: Stage) -> object:
    return assessment_actions.save_assessment(
        assessment=begun(s), typed={"notes": "Koe"}, seen_version=1, **s.who
    )


def complete(s: Stage) -> object:
    return assessment_actions.complete_assessment(assessment=begun(s), seen_version=1, **s.who)


def adjust(s: Stage) -> object:
    old = s.allocation
    s.plan.__class__.objects.filter(allocation=old).update(state="draft")
    return adjust_sum.adjust_sum(
        allocation=old, service=old.lines.order_by("pk")[0].service, amount=Money(1),
        reason="Koe", seen_lines=old.lines.count(), **s.who,
    )  # fmt: skip


def take_in(s: Stage) -> object:
    (first, *_) = s.side.programme.terms["result_instruments"]
    score = first["scores"][0]
    day = s.at.date().isoformat()
    line = f"{first['code']};{first['version']};{day};Koe;{score['code']};{score['lowest']}"
    text = f"instrument;version;done_on;done_by;score;value\n{line}\n"
    return result_actions.take_in_results(enrolment=s.enrolment, text=text, **s.who)
