"""Addresses of the members' door."""

from django.urls import URLPattern, path

from lodestar.web.portal.views import me, people

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", people.welcome, name="welcome"),
    path("home/", people.home, name="home"),
    path("me/", me.me, name="me"),
    path("me/name/", me.name, name="name"),
    path("me/address/", me.address, name="address"),
    path("me/address/code/", me.address_code, name="address-code"),
    path("me/sign-out-everywhere/", me.sign_out_everywhere, name="sign-out-everywhere"),
]
