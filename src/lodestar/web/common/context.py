"""What does every page know of the house it belongs to?"""

from django.conf import settings
from django.http import HttpRequest

from lodestar.domain.people.queries import association


def house(request: HttpRequest) -> dict[str, object]:
    return {
        "association": association(),
        "person": getattr(request, "person", None),
        "is_demo": settings.DEMO,
    }
