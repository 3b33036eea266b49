"""How are the words kept by which a listing is found?"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from lodestar.domain.directory.queries.words import TABLE

Words = Sequence[str]


def keep_words(documents: Mapping[int, tuple[Words, Words]]) -> None:
    """Keep the words of some listings, by their key: all of them, and those of the short answers."""
    forget_words(documents)
    with connection.cursor() as cursor:
        rows: list[list[int | str]]
        if connection.vendor == "sqlite":
            sql = f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)"  # noqa: S608
            rows = [[key, " ".join(words)] for key, (words, _short) in documents.items()]
        else:
            sql = f"INSERT INTO {TABLE} (listing_id, words, short) VALUES (%s, %s::tsvector, %s)"  # noqa: S608
            rows = [
                [key, vector(words), " ".join(dict.fromkeys(short))]
                for key, (words, short) in documents.items()
            ]
        cursor.executemany(sql, rows)


def vector(words: Words) -> str:
    """Write the words with their places, as PostgreSQL keeps them; none of them holds a quote."""
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words, 1))


def forget_words(listings: Iterable[int]) -> None:
    """Forget the words of some listings."""
    key = "rowid" if connection.vendor == "sqlite" else "listing_id"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE {key} = %s",  # noqa: S608
            [[listing] for listing in listings],
        )
