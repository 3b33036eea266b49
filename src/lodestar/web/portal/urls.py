"""Addresses of the members' door."""

from django.urls import URLPattern, path

from lodestar.web.portal.views import people

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", people.welcome, name="welcome"),
    path("home/", people.home, name="home"),
]
