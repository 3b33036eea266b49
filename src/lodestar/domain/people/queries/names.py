"""Who is called so, however it is spelled?"""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lodestar.engine.answers.searching import MOST_ASKED, folded

M = TypeVar("M", bound=Model)


def words_of(search: str) -> list[str]:
    """Return what is looked for, in the form in which two spellings of one word are equal."""
    return folded(search.replace("\0", "")).split()[:MOST_ASKED]


def named(rows: QuerySet[M], search: str, *people: str) -> QuerySet[M]:
    """Keep the rows in which each word stands in the name of one of these people; no words keep all.

    `people` lead from a row to them, as in "person__"; without any, the rows are people themselves.
    """
    for word in words_of(search):
        rows = rows.filter(is_named(word, *people))
    return rows


def is_named(word: str, *people: str) -> Q:
    found = Q()
    for each in people or ("",):
        found |= Q(**{f"{each}spellings__contains": word})
    return found
