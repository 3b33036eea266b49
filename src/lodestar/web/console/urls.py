"""Addresses of this door."""

from django.urls import URLPattern, path

from lodestar.web.console.views import association

app_name = "console"
urlpatterns: list[URLPattern] = [
    path("association/", association.association, name="association"),
]
