"""Addresses of this door."""

from django.urls import path

from lodestar.web.backstage.views import components

app_name = "backstage"
urlpatterns = [
    path("console/components/", components.components, name="components"),
]
