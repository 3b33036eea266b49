"""Addresses every door shares: health, the association's colours and mark, the icons."""

from django.urls import path

from lodestar.web.common.views import assets, health

app_name = "common"
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("association.css", assets.association_css, name="association-css"),
    path("association/mark", assets.association_mark, name="association-mark"),
    path("icons.svg", assets.icon_sprite, name="icons"),
]
