"""The index of words: FTS5 on SQLite; a text search vector, and trigrams where they are there, on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE directory_words USING fts5(
        words, prefix='2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
    )""",
    "CREATE VIRTUAL TABLE directory_vocabulary USING fts5vocab('directory_words', 'row')",
]
SQLITE_BACK = ["DROP TABLE directory_vocabulary", "DROP TABLE directory_words"]
POSTGRESQL = [
    """CREATE TABLE directory_words (
        listing_id bigint PRIMARY KEY, words tsvector NOT NULL, short text NOT NULL
    )""",
    "CREATE INDEX directory_words_found ON directory_words USING gin (words)",
    """DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
    EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE 'pg_trgm is not there: words must be spelled right to be found';
    END $$""",
    """DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
            CREATE INDEX directory_words_near ON directory_words USING gin (short gin_trgm_ops);
        END IF;
    END $$""",
]
POSTGRESQL_BACK = ["DROP TABLE directory_words"]


def run(editor, sqlite, postgresql):
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
        editor.execute(statement)


def make(_apps, editor):
    run(editor, SQLITE, POSTGRESQL)


def drop(_apps, editor):
    run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):

    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
