"""What is the full address of one of our pages?"""

from django.conf import settings


def absolute(path: str) -> str:
    """Return a path as a full address; only ever under BASE_URL, never the request's host."""
    return f"{settings.BASE_URL}{path}"
