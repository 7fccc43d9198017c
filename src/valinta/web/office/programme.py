"""The programme in words: what its pack says, what is in force today, and what is assumed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from valinta.programmes.percent import percent_text
from valinta.programmes.queries import allocation_rule_on
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.middleware import Request
from valinta.web.office import pack_words, programme_picture
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.pieces import Piece

LOADS_SHOWN = 10


@require_GET
def programme(request: Request, programme_id: int) -> HttpResponse:
    """The programme in words."""
    page = open_programme(request, programme_id, Permission.LOAD_PROGRAMMES)
    content = programme_picture.content_in_use(page.programme)
    loads, versions = _loads(page)
    facts = {
        **_where(page, content),
        **_terms(page),
        **_money(page),
        "groups": _groups(page, content),
        "assumed": programme_picture.assumptions(content),
        "loads": versions,
        "part": loads,
    }
    return page.show("office/programme.html", facts)


def _where(page: OfficePage, content: dict[str, Any]) -> dict[str, Any]:
    towns = programme_picture.towns(page.programme, content)
    covered = programme_picture.coverage(towns, page.today)
    goal = (content.get("coverage") or {}).get("at_least_percent")
    return {
        "towns": [(one, one.state(page.today)) for one in towns],
        "covered": covered,
        "covered_today": next(one for one in covered if one.on == page.today),
        "goal": percent_text(str(goal)) if goal else "",
        "goal_is_met": goal is None
        or next(one for one in covered if one.on == page.today).hundredths >= float(goal) * 100,
        "places": programme_picture.places(page.programme, page.today, towns),
        "town_names": {one.code: one.names for one in towns},
        "phases": [
            (one, pack_words.STATUS.get(one.status, one.status), _when(one.valid, page))
            for one in page.programme.phases.order_by("valid")
        ],
    }


def _when(valid: Any, page: OfficePage) -> str:
    """`now`, `coming` or `past`."""
    if valid.lower > page.today:
        return "coming"
    return "past" if valid.upper is not None and valid.upper <= page.today else "now"


def _terms(page: OfficePage) -> dict[str, Any]:
    versions = [
        (one, _when(one.valid, page), pack_words.parameters_in_words(one.parameters))
        for one in page.programme.rulebooks.order_by("-valid")
    ]
    return {
        "rulebook": next((one for one in versions if one[1] == "now"), None),
        "rulebooks": versions,
    }


def _money(page: OfficePage) -> dict[str, Any]:
    rule = allocation_rule_on(page.programme, page.today)
    shares = page.programme.funding.filter(valid__overlap=(page.today, None))
    told = page.programme.terms.get("allocation", {}).get("names", {})
    return {
        "funding": [
            (one, pack_words.percent(one.share), _when(one.valid, page))
            for one in shares.order_by("valid", "source")
        ],
        "model": pack_words.MODELS.get(rule.model, rule.model) if rule else "",
        "model_names": told,
        "example": programme_picture.example(page.programme, rule.model, rule.parameters)
        if rule
        else "",
    }


def _groups(page: OfficePage, content: dict[str, Any]) -> list[tuple[Any, dict[str, str], Any]]:
    towns = {one["code"]: one["names"] for one in content.get("municipalities", [])}
    described = page.programme.terms.get("target_groups", {})
    return [
        (
            one.names,
            described.get(one.code, {}),
            [towns.get(code, {"fi": code}) for code in one.municipality_codes or ()],
        )
        for one in page.programme.target_groups.order_by("pk")
    ]


def _loads(page: OfficePage) -> tuple[Piece[Any], list[tuple[Any, str]]]:
    loads = page.programme.loads.defer("content").order_by("-pk")
    rows = page.part(loads, LOADS_SHOWN, name="loads", of="office:programme")
    who = dict(
        User.objects.filter(pk__in=[one.by_id for one in rows if one.by_id]).values_list(
            "pk", "display_name"
        )
    )
    return rows, [(one, who.get(one.by_id or 0, "")) for one in rows]
