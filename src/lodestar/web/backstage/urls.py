"""Addresses of this door."""

from django.urls import URLPattern

app_name = "backstage"
urlpatterns: list[URLPattern] = []
