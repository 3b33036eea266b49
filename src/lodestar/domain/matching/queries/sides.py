"""Who is on either side of a match?"""

from django.db.models import Q

from lodestar.domain.people.models import Person


def involving(person: Person, match: str = "") -> Q:
    """Return the condition that somebody is one of the two; `match` leads to the match, as in "match__"."""
    return Q(**{f"{match}mentor__person": person}) | Q(**{f"{match}mentee__person": person})


def between(a: Person, b: Person, match: str = "") -> Q:
    """Return the condition that these are the two, whoever of them is the mentor."""
    mentor, mentee = f"{match}mentor__person", f"{match}mentee__person"
    return Q(**{mentor: a, mentee: b}) | Q(**{mentor: b, mentee: a})
