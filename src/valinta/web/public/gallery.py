"""The gallery: every component of the pages in its states, for those who build them. Demo only."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from valinta.web.picture import segments
from valinta.web.public.forms import SignInForm

COMPONENTS = Path(__file__).parents[1] / "templates" / "cotton"
OPTIONS = [
    ("first", "Hoiva Helmi Oy", "38.50 an hour"),
    ("second", "Hyvinkään kotipalvelu ry", "35.00 an hour"),
    ("third", "Naapuriapu osk", ""),
]


def components() -> list[str]:
    """The names of all components there are, whether the gallery shows them or not."""
    return sorted(path.stem for path in COMPONENTS.glob("*.html"))


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, each from its own example in `public/gallery`. 404 outside the demo."""
    if not settings.DEMO:
        raise Http404("The gallery is a part of the demo.")
    faulty = SignInForm({"username": "", "password": ""})
    context = {
        "components": [(one, f"public/gallery/{one}.html") for one in components()],
        "options": OPTIONS,
        "pairs": [one[:2] for one in OPTIONS],
        "chosen": ["first", "third"],
        "form": faulty,
        "parts": segments((("paid", 4800), ("booked", 2400), ("kept", 1900), ("free", 3100))),
    }
    return render(request, "public/gallery.html", context)
