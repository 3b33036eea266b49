"""Which listings hold these words? One question, asked of each database in its own index.

The words are folded before they are kept and before they are looked for (`engine.answers.searching`),
so both databases find the same. Only typing mistakes are forgiven by different means: SQLite
compares with the words of its index, PostgreSQL by trigrams where `pg_trgm` is installed.
"""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from lodestar.engine.answers.searching import nearest, typos_allowed

Asked = Sequence[tuple[str, ...]]
TABLE = "directory_words"
VOCABULARY = "directory_vocabulary"


class Index(Protocol):
    """How one kind of database finds the keys of listings by words."""

    def exact(self, ways: Sequence[Asked]) -> RawSQL:
        """Return those that hold every word of one of these ways of asking, or begin with it."""

    def near(self, asked: Asked) -> RawSQL | None:
        """Return those that hold every word or one that is spelled nearly so; None where nothing is near."""


def index() -> Index:
    return InSQLite() if connection.vendor == "sqlite" else InPostgreSQL()


def keys(sql: str, *params: object) -> RawSQL:
    return RawSQL(sql, params, output_field=BigIntegerField())  # noqa: S611  only fixed text


class InSQLite:
    """FTS5; its words contain letters and digits only, so nothing in a query can be an operator."""

    def exact(self, ways: Sequence[Asked]) -> RawSQL:
        return self._matching(" OR ".join(f"({self._all_of(way)})" for way in ways))

    def near(self, asked: Asked) -> RawSQL | None:
        ways = [[phrase, *self._meant_by(phrase)] for phrase in asked]
        either = [" OR ".join(map(self._one, each)) for each in ways]
        return self._matching(" AND ".join(f"({each})" for each in either))

    def _matching(self, query: str) -> RawSQL:
        return keys(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", query)  # noqa: S608

    def _all_of(self, way: Asked) -> str:
        return " AND ".join(map(self._one, way))

    def _one(self, phrase: tuple[str, ...]) -> str:
        return '"' + " ".join(phrase) + '" *'

    def _meant_by(self, phrase: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the words in the index that begin alike and are spelled nearly so."""
        word = phrase[0]
        if len(phrase) > 1 or not typos_allowed(word):
            return []
        after = chr(ord(word[0]) + 1)
        sql = f"SELECT term FROM {VOCABULARY} WHERE term >= %s AND term < %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [word[0], after])
            known = [term for (term,) in cursor.fetchall()]
        return [(term,) for term in nearest(word, known)]


class InPostgreSQL:
    """A text search vector that we write ourselves, and trigrams of the short answers."""

    def exact(self, ways: Sequence[Asked]) -> RawSQL:
        return self._matching(" | ".join(f"({self._all_of(way)})" for way in ways))

    def near(self, asked: Asked) -> RawSQL | None:
        if not has_trigrams():
            return None
        parts, params = [], []
        for phrase in asked:
            parts.append("words @@ %s::tsquery")
            params.append(self._one(phrase))
            if len(phrase) == 1 and typos_allowed(phrase[0]):
                parts[-1] = f"({parts[-1]} OR %s <%% short)"
                params.append(phrase[0])
        where = " AND ".join(parts)
        return keys(f"SELECT listing_id FROM {TABLE} WHERE {where}", *params)  # noqa: S608

    def _matching(self, query: str) -> RawSQL:
        sql = f"SELECT listing_id FROM {TABLE} WHERE words @@ %s::tsquery"  # noqa: S608
        return keys(sql, query)

    def _all_of(self, way: Asked) -> str:
        return " & ".join(map(self._one, way))

    def _one(self, phrase: tuple[str, ...]) -> str:
        *before, last = [f"'{token}'" for token in phrase]
        return "(" + " <-> ".join([*before, f"{last}:*"]) + ")"


def has_trigrams() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None
