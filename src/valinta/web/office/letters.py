"""The texts of letters by language: the house's own, the office's own, and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from valinta.processes.letter_parts import Language
from valinta.processes.letter_texts import (
    LONGEST,
    DayGoneBy,
    TextChanged,
    TextDoesNotFit,
    own_words,
    preview_letter,
    write_letter_text,
)
from valinta.processes.letter_words import CLAIM_ANSWER, DECISION, KINDS
from valinta.programmes.models import LetterText
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.day_fields import DayField
from valinta.web.middleware import Request
from valinta.web.office.opening import OfficePage, open_programme
from valinta.web.templatetags.wording import tongue

TEXTS_SHOWN = 10
NEEDS = Permission.LOAD_PROGRAMMES
NAMES: Mapping[str, str | Promise] = {
    DECISION: _("Decision"),
    CLAIM_ANSWER: _("Answer to a claim"),
}
FIT: Mapping[str, str | Promise] = {
    "places": _("These places in braces are missing or too many: %(places)s."),
    "braces": _("Braces are only around the places that the house's own text has."),
    "long": _("The text is too long: at most 2,000 signs."),
    "signs": _("A letter cannot show these signs: %(places)s. Take them out."),
}


class TextForm(forms.Form):
    """A text (empty: the house's own) from a day on, and the version it was opened with."""

    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("The text is too long: at most 2,000 signs.")},
    )
    starts_on = DayField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            name: _("Write the first day, for example 1.4.2019.")
            for name in ("required", "invalid")
        },
    )
    version = forms.IntegerField(min_value=0)


@require_GET
def letters(request: Request, programme_id: int) -> HttpResponse:
    """The texts of one kind of letter in one language."""
    page = open_programme(request, programme_id, NEEDS)
    kind, language = _chosen(request.GET)
    own = own_words(page.programme, kind, language, page.today)
    later = LetterText.objects.filter(
        programme=page.programme, kind=kind, language=language, starts_on__gt=page.today
    )
    coming = {one.key: one for one in later.order_by("-starts_on", "pk")}
    facts = {
        **_choices(kind, language),
        "texts": [
            (key, own.get(key, text), key in own, coming.get(key))
            for key, text in KINDS[kind][language].items()
        ],
    }
    return page.show("office/letters.html", facts)


@require_http_methods(["GET", "POST"])
def text(request: Request, programme_id: int, kind: str, language: str, key: str) -> HttpResponse:
    """Write one text, or see how it looks."""
    page = open_programme(request, programme_id, NEEDS)
    if key not in KINDS.get(kind, {}).get(language, {}):
        page.missing("letter text", 0)
    if request.method == "GET":
        return _show(page, (kind, language, key), None)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _show(page, (kind, language, key), form, 422)
    given = form.cleaned_data
    try:
        write_letter_text(
            programme=page.programme,
            kind=kind,
            language=language,
            key=key,
            by=request.actor,
            at=page.at,
            **given,
        )
    except TextDoesNotFit as fault:
        form.add_error("text", str(FIT[fault.what]) % {"places": ", ".join(sorted(fault.places))})
    except DayGoneBy:
        form.add_error("starts_on", _("Choose today or a later day."))
    except TextChanged as changed:
        return _show(page, (kind, language, key), form, 409, changed.newest)
    else:
        page.tell("text_saved")
        answer = page.to("office:letters")
        answer["Location"] += f"?kind={kind}&language={language}#{key}"
        return answer
    return _show(page, (kind, language, key), form, 422)


@require_GET
def preview(request: Request, programme_id: int) -> HttpResponse:
    """All texts of the kind as a letter with made-up facts."""
    page = open_programme(request, programme_id, NEEDS)
    kind, language = _chosen(request.GET)
    made = preview_letter(
        programme=page.programme, kind=kind, language=language, on=page.at, more={}
    )
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{kind}-{language}.pdf"'},
    )


def _chosen(given: Mapping[str, str]) -> tuple[str, Language]:
    kind, language = given.get("kind", ""), given.get("language", "")
    kind = kind if kind in KINDS else DECISION
    return kind, cast("Language", language if language in KINDS[kind] else "fi")


def _choices(kind: str, language: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "kind_name": NAMES.get(kind, kind),
        "language": language,
        "language_name": tongue(language),
        "kinds": [(one, NAMES.get(one, one)) for one in KINDS],
        "letter_languages": [
            (code, tongue(code)) for code, _own in settings.LANGUAGES if code in KINDS[kind]
        ],
    }


def _show(
    page: OfficePage,
    which: tuple[str, str, str],
    form: TextForm | None,
    status: int = 200,
    newest: LetterText | None = None,
) -> HttpResponse:
    kind, language, key = which
    rows = LetterText.objects.filter(
        programme=page.programme, kind=kind, language=language, key=key
    ).order_by("-pk")
    kept = page.part(
        rows, TEXTS_SHOWN, name="kept", of="office:letters_text",
        kind=kind, language=language, key=key,
    )  # fmt: skip
    who = dict(
        User.objects.filter(pk__in=[one.by_id for one in kept if one.by_id]).values_list(
            "pk", "display_name"
        )
    )
    latest = rows.first()
    own = KINDS[kind][language][key]
    facts = {
        **_choices(kind, language),
        "key": key,
        "own": own,
        "form": form or TextForm(),
        "typed": form["text"].value() if form else (latest.text if latest else ""),
        "day": form["starts_on"].value() if form else page.today.isoformat(),
        "version": latest.pk if latest else 0,
        "newest": newest,
        "part": kept,
        "kept": [(one, who.get(one.by_id or 0, "")) for one in kept],
    }
    return page.show("office/letters_text.html", facts, status)
