"""Root urls: each portal has its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("valinta.web.public.urls")),
    path("my/", include("valinta.web.client.urls")),
    path("casework/", include("valinta.web.casework.urls")),
    path("office/", include("valinta.web.office.urls")),
    path("api/v1/", include("valinta.api.v1.site")),
    path("provider/", include("valinta.web.provider.urls")),
]

handler403 = "valinta.web.errors.not_allowed"
handler404 = "valinta.web.errors.not_found"
handler500 = "valinta.web.errors.failed"
