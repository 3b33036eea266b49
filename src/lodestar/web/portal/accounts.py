"""How does sign-in use our people and our letters?"""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signs people in by mailed code; its mail is queued like any other."""
