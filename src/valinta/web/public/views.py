"""Pages open to anyone: the front page, signing in and out, and the choice of language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.users.brakes import BY_NAME
from valinta.users.models import User
from valinta.web.context import EASY_COOKIE
from valinta.web.cookies import keep
from valinta.web.languages import without_language
from valinta.web.public.brakes import TOO_MANY_REQUESTS, keys_of, let_try, succeeded
from valinta.web.public.demo_people import demo_people
from valinta.web.public.forms import SignInForm
from valinta.web.public.welcome import safe, speak, welcome


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """What Valinta is, and the ways in."""
    return render(request, "public/front.html")


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a username and a password; in the demo, choose a person."""
    target = request.POST.get("next") or request.GET.get("next", "")
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        answer = _try(request, form, target) if form.is_valid() else 422
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {"form": form, "next": target, "organisers": demo_people()}
    return render(request, "public/sign_in.html", context, status=status)


def _try(request: HttpRequest, form: SignInForm, target: str) -> HttpResponse | int:
    """The way into the site, or the status to show the form with again."""
    keys = keys_of(request, BY_NAME, form.cleaned_data["username"].casefold())
    if not let_try(keys, form, "username"):
        return TOO_MANY_REQUESTS
    user = authenticate(request, **form.cleaned_data)
    if isinstance(user, User):
        succeeded(keys)
        return welcome(request, user, target)
    form.add_error(
        "username",
        gettext("The username and the password do not match. Check both and try again."),
    )
    return 422


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people. There is no such page outside the demo."""
    if not settings.DEMO:
        raise Http404("People sign in by a click only in the demo.")
    number = request.POST.get("user", "")
    chosen = int(number) if number.isdecimal() and len(number) < 19 else 0
    user = get_object_or_404(User, pk=chosen, made_for_demo=True, is_active=True)
    return welcome(request, user, request.POST.get("next", ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and wipe what was kept on the device for working without a connection."""
    logout(request)
    answer = redirect("public:front")
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and stay on the page."""
    answer = redirect(without_language(safe(request.POST.get("next", ""))) or "/")
    return speak(answer, request.POST.get("language", ""))


@require_POST
def easy(request: HttpRequest) -> HttpResponse:
    """Turn easy language on or off and stay on the page."""
    answer = redirect(safe(request.POST.get("next", "")) or "/")
    if request.POST.get("easy") == "1":
        return keep(answer, EASY_COOKIE, "1")
    answer.delete_cookie(EASY_COOKIE, samesite="Lax")
    return answer
