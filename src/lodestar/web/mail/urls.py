"""Addresses of this door."""

from django.urls import path

from lodestar.web.mail.views import links

app_name = "mail"
urlpatterns = [
    path("<str:key>/<str:signature>/", links.link, name="link"),
]
