"""Addresses of sign-in, by the names under which the account library looks for them."""

from django.urls import path

from lodestar.web.portal.views import accounts, entering

urlpatterns = [
    path("sign-in/", accounts.sign_in, name="account_login"),
    path("sign-in/code/", accounts.enter_code, name="account_confirm_login_code"),
    path("sign-in/passkey/begin/", entering.begin, name="account_passkey_begin"),
    path("sign-in/passkey/", entering.enter, name="account_passkey"),
    path("sign-out/", accounts.sign_out, name="account_logout"),
    path("ended/", accounts.ended, name="account_inactive"),
]
