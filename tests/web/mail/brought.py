"""A mail as the mail server brings it."""

from django.test import Client

SECRET = "a secret of the mail server"


def bring(text: bytes, **more):
    headers = {"HTTP_AUTHORIZATION": f"Bearer {SECRET}"} | more
    return Client(enforce_csrf_checks=True).post(
        "/m/in/", text, content_type="message/rfc822", **headers
    )
