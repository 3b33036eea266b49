"""How much of the directory may one person read in an hour? Enough to choose, too little to copy it."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.people.models import Person
from lodestar.web.portal.accounts import are_limits_on

AN_HOUR = 3600
MOST_PEOPLE, MOST_PAGES = 60, 300


def is_too_much(person: Person, what: str, most: int) -> bool:
    """Count one look, and tell if it is one too many within this hour."""
    if not are_limits_on():
        return False
    key = f"{what}:{person.public_id}:{int(now().timestamp()) // AN_HOUR}"
    cache.add(key, 0, AN_HOUR)
    return int(cache.incr(key)) > most


def slowly(request: HttpRequest) -> HttpResponse:
    """Ask somebody who reads more than people do to come back later."""
    sentence = _(
        "You have looked at many people within the hour. Nothing is lost: come back a little later. "
        "So nobody can copy the directory."
    )
    return render(request, "common/refused.html", {"sentence": sentence}, status=429)
