"""From a file to people and back."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people import jobs
from lodestar.domain.people.actions import staging
from lodestar.domain.people.actions.imports import (
    choose_columns,
    discard_import,
    request_import,
    request_undo,
    upload_import,
)
from lodestar.domain.people.actions.staging import preview_of, stage_import
from lodestar.domain.people.models import Address, Consent, Education, Import, Person, Position
from lodestar.domain.people.queries import import_rows
from tests import wakes
from tests.factories.people import make_account, make_address, make_person

pytestmark = pytest.mark.django_db

LIST = """First name,Last name,Email,City,Company,Job title,Class of,Languages
Ann,Lee,ann@example.org,Graz,Acme,Engineer,2004,German; English
Bo,Kay,bo@example.org,Linz,,,'99,
Cy,Day,,Wien,,,,
Ann,Lee,ANN@example.org,Wien,,,,
"""


def uploaded(text=LIST, *, by=None):
    upload_import(text.encode(), file_name="list.csv", by=by)
    jobs.stage_imports(now())
    return Import.objects.latest("pk")


def applied(text=LIST):
    source = request_import(uploaded(text), by=None)
    jobs.apply_imports(now())
    source.refresh_from_db()
    return source


def undone(source):
    request_undo(source, by=None)
    jobs.undo_imports(now())
    source.refresh_from_db()
    return source


def outcomes(source):
    return [(row.number, row.outcome, bool(row.reason)) for row in import_rows(source)]


def picture():
    """Return all that a list could change, without keys."""
    return (
        list(Person.objects.order_by("pk").values_list("pk", "given_name", "city", "class_year")),
        list(Address.objects.order_by("pk").values_list("normalised", "is_primary")),
        list(Education.objects.order_by("pk").values_list("person", "degree", "year")),
        list(Position.objects.order_by("pk").values_list("person", "title", "employer")),
    )


def test_nothing_is_imported_before_somebody_says_yes():
    source = uploaded()

    assert (source.status, Person.objects.count()) == (Import.Status.STAGED, 0)
    assert outcomes(source) == [
        (2, "created", False),
        (3, "created", False),
        (4, "refused", True),
        (5, "unchanged", True),
    ]
    assert {key: source.summary[key] for key in ("created", "changed", "unchanged", "refused")} == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
    }


def test_a_list_becomes_people():
    source = applied()

    ann = Person.objects.get(given_name="Ann")
    assert (ann.city, ann.class_year, ann.languages) == ("Wien", 2004, ["German", "English"])
    assert [(each.email, each.verified_at) for each in ann.addresses.all()] == [
        ("ann@example.org", None)
    ]
    assert [str(each) for each in ann.positions.all()] == ["Engineer, Acme"]
    assert (source.status, source.done_count, Person.objects.count()) == ("applied", 2, 2)


def test_the_same_list_again_changes_nothing():
    applied()
    before = picture()

    source = applied()

    assert picture() == before
    assert [row.outcome for row in import_rows(source)] == [
        "unchanged",
        "unchanged",
        "refused",
        "unchanged",
    ]


def test_a_newer_list_changes_imported_people():
    applied()

    source = applied("Email,City,Job title\nbo@example.org,Berlin,Teacher\n")

    bo = Person.objects.get(given_name="Bo")
    assert (bo.city, [str(each) for each in bo.positions.all()]) == ("Berlin", ["Teacher"])
    assert [row.outcome for row in import_rows(source)] == ["changed"]


def test_who_has_an_account_keeps_what_they_wrote_and_gains_what_is_missing():
    ann = make_person("Ann", "Lee", city="Paris")
    make_account(ann, "ann@example.org")

    applied()

    ann.refresh_from_db()
    assert (ann.city, ann.class_year, Person.objects.count()) == ("Paris", 2004, 2)


def test_an_address_that_is_only_claimed_attracts_no_import():
    claimer = make_person("Eve", "Poe")
    make_account(claimer, "eve@example.org")
    make_address(claimer, "ann@example.org", verified=False)

    applied()

    claimer.refresh_from_db()
    assert (claimer.class_year, Person.objects.filter(given_name="Ann").count()) == (None, 1)


def test_undo_puts_everything_back():
    known = make_person("Bo", "Kay", email="bo@example.org", city="Rome")
    before = picture()
    source = applied()

    source = undone(source)

    known.refresh_from_db()
    assert picture() == before
    assert source.status == Import.Status.UNDONE


def test_undo_keeps_who_has_joined_since():
    source = applied()
    make_account(Person.objects.get(given_name="Ann"), "ann@example.org")

    undone(source)

    assert [person.given_name for person in Person.objects.all()] == ["Ann"]
    assert import_rows(source).get(number=2).reason.startswith("Kept")


def test_undo_keeps_who_stands_on_a_later_list():
    source = applied()
    applied("Email,City\nbo@example.org,Berlin\n")

    undone(source)

    assert [person.given_name for person in Person.objects.all()] == ["Bo"]


def test_undo_keeps_what_was_changed_by_hand_since():
    make_person("Bo", "Kay", email="bo@example.org", city="Rome")
    source = applied()
    Person.objects.filter(given_name="Bo").update(city="Oslo")

    undone(source)

    assert Person.objects.get(given_name="Bo").city == "Oslo"


def test_after_seven_days_there_is_no_undo():
    source = applied()
    Import.objects.filter(pk=source.pk).update(applied_at=now() - timedelta(days=8))

    with pytest.raises(RefusedError, match="7 days"):
        request_undo(source, by=None)


def test_after_seven_days_the_file_is_forgotten():
    source = applied()

    assert jobs.forget_files(now()) == 0
    assert jobs.forget_files(now() + timedelta(days=8)) == 1
    source.refresh_from_db()
    assert source.content is None


def test_a_file_that_could_not_be_read_is_forgotten_too():
    source = uploaded("%PDF-1.7")
    early, late = (now() + timedelta(days=days) for days in (6, 8))

    forgotten = [jobs.forget_files(early), jobs.forget_files(late)]

    source.refresh_from_db()
    assert (source.status, forgotten, source.content) == ("failed", [0, 1], None)


def test_a_file_that_cannot_be_read_says_so():
    source = uploaded('Email,Name\nann@example.org,"Lee\n')

    assert (source.status, source.rows.count()) == (Import.Status.FAILED, 0)
    assert source.problem.startswith("A quotation mark that opens in row 2 is never closed.")


def test_columns_can_be_chosen_before_the_yes():
    source = uploaded("Email,Nick\nann@example.org,Annie\n")

    choose_columns(source, chosen={1: "given_name"}, by=None)
    jobs.stage_imports(now())

    assert import_rows(source).get().values == {
        "email": "ann@example.org",
        "given_name": "Annie",
        "full_name": "Annie",
    }


def test_a_field_that_does_not_exist_is_refused():
    source = uploaded()

    with pytest.raises(RefusedError, match="does not exist"):
        choose_columns(source, chosen={1: "is_superuser"}, by=None)


def test_a_list_is_applied_once():
    source = applied()
    before = picture()

    assert jobs.apply_imports(now()) == 0
    with pytest.raises(RefusedError, match="not waiting"):
        request_import(source, by=None)
    assert picture() == before


def test_a_list_somebody_works_on_is_left_alone_until_the_lease_runs_out():
    source = request_import(uploaded(), by=None)
    Import.objects.filter(pk=source.pk).update(lease_until=now() + timedelta(minutes=5))

    assert jobs.apply_imports(now()) == 0
    assert jobs.apply_imports(now() + timedelta(minutes=6)) == 1
    assert Person.objects.count() == 2


def test_a_list_set_aside_leaves_nothing():
    source = discard_import(uploaded(), by=None)

    assert (source.status, source.content, source.rows.count()) == ("discarded", None, 0)


def test_every_step_wakes_its_job_and_is_written_down(django_capture_on_commit_callbacks):
    wakes.woken.clear()
    with django_capture_on_commit_callbacks(execute=True):
        source = applied()
        undone(source)

    assert wakes.woken == ["stage_imports", "apply_imports", "undo_imports"]
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "import.uploaded",
        "import.requested",
        "import.applied",
        "import.undo_requested",
        "import.undone",
    ]


def test_a_dry_run_says_what_would_happen_and_keeps_nothing():
    make_person("Bo", "Kay", email="bo@example.org")

    result = preview_of(LIST.encode(), "list.csv")

    counts = {key: result[key] for key in ("created", "changed", "unchanged", "data_rows")}
    assert counts == {"created": 1, "changed": 1, "unchanged": 0, "data_rows": 4}
    assert [(each["row"], each["code"]) for each in result["refused"]] == [(4, "no_address")]
    assert (Import.objects.count(), Person.objects.count()) == (0, 1)


def test_who_was_kept_goes_once_nothing_needs_them():
    source = applied()
    consent = Consent.objects.create(
        person=Person.objects.get(given_name="Bo"), use="news", is_given=True, channel="test"
    )
    undone(source)
    assert [person.given_name for person in Person.objects.all()] == ["Bo"]

    consent.delete()
    jobs.undo_imports(now())

    assert (Person.objects.count(), Address.objects.count()) == (0, 0)


def test_a_list_set_aside_while_it_is_read_stays_set_aside(monkeypatch):
    source = upload_import(b"Email\namina@example.org\n", file_name="roll.csv", by=None)

    def set_aside(source):
        discard_import(source, by=None)

    monkeypatch.setattr(staging, "keep_claim", set_aside)
    stage_import(source)

    source.refresh_from_db()
    assert (source.status, source.content, source.rows.count()) == ("discarded", None, 0)
