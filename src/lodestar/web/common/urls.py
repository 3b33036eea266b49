"""Addresses every door shares: health, the association's colours."""

from django.urls import path

from lodestar.web.common.views import health

app_name = "common"
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]
