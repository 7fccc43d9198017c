"""Pages open to anyone: the front page, signing in and out, and the choice of language."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from valinta.organisers import tenancy
from valinta.users.models import User
from valinta.users.permissions import Permission
from valinta.web.middleware import actor_today
from valinta.web.public.demo_people import demo_people
from valinta.web.public.forms import SignInForm

YEAR_IN_SECONDS = 365 * 24 * 60 * 60


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """What Valinta is, and the ways in."""
    return render(request, "public/front.html")


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a username and a password; in the demo, choose a person."""
    target = request.POST.get("next") or request.GET.get("next", "")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _welcome(request, user, target)
        form.add_error(
            "username",
            gettext("The username and the password do not match. Check both and try again."),
        )
    context = {"form": form, "next": target, "organisers": demo_people()}
    return render(request, "public/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people. There is no such page outside the demo."""
    if not settings.DEMO:
        raise Http404("People sign in by a click only in the demo.")
    number = request.POST.get("user", "")
    chosen = int(number) if number.isdecimal() and len(number) < 19 else 0
    user = get_object_or_404(User, pk=chosen, made_for_demo=True, is_active=True)
    return _welcome(request, user, request.POST.get("next", ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("public:front")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language and stay on the page."""
    answer = redirect(_safe(request.POST.get("next", "")) or "/")
    return _speak(answer, request.POST.get("language", ""))


def _welcome(request: HttpRequest, user: User, target: str) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return _speak(redirect(_safe(target) or _first_page(user)), user.language)


def _first_page(user: User) -> str:
    with tenancy.scope((), user.pk):
        actor, _ = actor_today(user.pk)
    if actor.organisers_where(Permission.SEE_CLIENTS):
        return "casework:clients"
    if actor.organisers_where(Permission.SEE_OWN_BUDGET):
        return "client:start"
    return "public:front"


def _safe(target: str) -> str:
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def _speak(answer: HttpResponse, code: str) -> HttpResponse:
    """Keep the language in a cookie of our own, when it is one of ours."""
    if code in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR_IN_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer
