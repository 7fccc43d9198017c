"""Addresses that are open to anyone."""

from __future__ import annotations

from django.urls import path

from valinta.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
]
