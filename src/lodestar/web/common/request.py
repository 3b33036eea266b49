"""What does a request carry once somebody is signed in?"""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from lodestar.domain.people.models import Person


class PersonRequest(HttpRequest):
    """A request with the person behind the account, or None for a visitor."""

    person: Person | None
    htmx: HtmxDetails


class MemberRequest(HttpRequest):
    """A request of somebody signed in; views that are not open to visitors receive it."""

    person: Person
    htmx: HtmxDetails
