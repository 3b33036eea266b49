"""Addresses of this door."""

from django.urls import path

from lodestar.web.backstage.views import clock, components, outbox

app_name = "backstage"
urlpatterns = [
    path("console/components/", components.components, name="components"),
    path("demo/outbox/", outbox.outbox, name="outbox"),
    path("demo/outbox/<str:name>/", outbox.letter, name="letter"),
    path("demo/outbox/<str:name>/html/", outbox.letter_html, name="letter-html"),
    path("demo/clock/", clock.clock, name="clock"),
    path("demo/clock/set/", clock.set_clock, name="clock-set"),
    path("demo/clock/reset/", clock.reset_clock, name="clock-reset"),
    path("demo/clock/limits/", clock.set_limits, name="clock-limits"),
]
