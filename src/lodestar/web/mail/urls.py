"""Addresses of this door."""

from django.urls import path

from lodestar.web.mail.views import incoming, links

app_name = "mail"
urlpatterns = [
    path("in/", incoming.incoming, name="incoming"),
    path("<str:key>/<str:signature>/", links.link, name="link"),
]
