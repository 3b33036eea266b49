"""The doctor says in sentences what is wrong."""

import pytest
from django.db import connection

from lodestar.config import ready
from lodestar.domain.audit.actions import record, seal_entries
from lodestar.domain.audit.models import Entry
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_a_sound_installation_has_nothing_to_mend(capsys):
    assert (ready.examine(), capsys.readouterr().out) == (0, "Nothing is wrong.\n")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has this fault.")
def test_an_old_sqlite_is_named(monkeypatch, capsys):
    monkeypatch.setattr(ready, "sqlite_in_use", lambda: (3, 40, 1))

    status = ready.examine()

    sentence = "SQLite 3.40.1 can corrupt a database with two writers: install pysqlite3.\n"
    assert (status, capsys.readouterr().err) == (1, sentence)


def test_a_trail_that_somebody_altered_is_named(capsys):
    record("person.named", make_person())
    seal_entries()
    Entry.objects.update(verb="person.blessed")

    status = ready.examine()

    assert status == 1
    assert "audit trail was altered" in capsys.readouterr().err
