"""Notes and files of the room: who reads them, how they come and go."""

import pytest
from django.core.files.base import ContentFile

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import actions, jobs, queries, rules
from lodestar.domain.mentorships.models import Mentorship, Note, RoomFile
from tests.factories.mentorships import make_file, make_mentorship, the_two
from tests.factories.people import make_person
from tests.races import at_once, on_postgresql


@pytest.fixture
def pair(db):
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def put(mentorship, by, content=b"%PDF-1.7", name="cv.pdf"):
    return actions.add_file(mentorship, by=by, content=ContentFile(content), name=name)


def verbs():
    return [entry.verb for entry in Entry.objects.order_by("pk")]


def test_a_note_is_read_by_its_writer_or_by_both(pair):
    mentorship, mentor, mentee = pair
    actions.write_note(mentorship, by=mentor, text="mine")
    actions.write_note(mentorship, by=mentor, text="ours", is_shared=True)

    seen = {p: [n.text for n in queries.notes_seen_by(p, mentorship)] for p in (mentor, mentee)}

    assert seen == {mentor: ["ours", "mine"], mentee: ["ours"]}
    assert "mine" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_the_same_note_sent_twice_is_one(pair):
    mentorship, mentor, _ = pair

    first, again = (actions.write_note(mentorship, by=mentor, text=t) for t in ("x", " x "))

    assert (first, Note.objects.count(), verbs()) == (again, 1, ["note.written"])


def test_one_changes_and_removes_ones_own_notes_and_nobody_elses(pair):
    mentorship, mentor, mentee = pair
    note = actions.write_note(mentorship, by=mentor, text="ours", is_shared=True)

    with pytest.raises(RefusedError):
        actions.change_note(note, by=mentee, text="theirs", is_shared=True)
    with pytest.raises(RefusedError):
        actions.remove_note(note, by=mentee)
    with pytest.raises(NotFoundError):
        queries.own_note(mentee, mentorship, note.public_id)
    changed = actions.change_note(note, by=mentor, text="only mine", is_shared=False)
    assert list(queries.notes_seen_by(mentee, mentorship)) == []
    actions.remove_note(changed, by=mentor)
    assert Note.objects.count() == 0


@pytest.mark.parametrize("text", [" ", "x" * 4001])
def test_a_note_has_words_and_not_too_many(pair, text):
    with pytest.raises(RefusedError):
        actions.write_note(pair[0], by=pair[1], text=text)


def test_a_file_is_kept_under_a_name_that_tells_nothing(pair):
    mentorship, mentor, _ = pair

    row = put(mentorship, mentor, name="../secret.exe")

    assert (row.name, row.kind, row.size) == ("secret.pdf", "pdf", 8)
    assert "secret" not in row.stored.name
    assert row.stored.read() == b"%PDF-1.7"
    assert queries.file_in(mentorship, row.public_id) == row
    assert verbs() == ["file.added"]


def test_the_same_file_put_in_again_is_there_once(pair):
    mentorship, mentor, mentee = pair

    first, again, other = (
        put(mentorship, mentor),
        put(mentorship, mentee),
        put(mentorship, mentor, b"%PDF-1.8"),
    )

    assert first == again
    assert first != other


def test_a_room_holds_only_so_much(pair):
    mentorship, mentor, _ = pair
    make_file(mentorship)
    RoomFile.objects.update(size=rules.MOST_IN_ROOM - 4)

    with pytest.raises(RefusedError, match="Remove one"):
        put(mentorship, mentor)
    RoomFile.objects.update(removed_at=now(), removed_because="old")
    assert put(mentorship, mentor).size == 8


def test_only_who_put_a_file_in_takes_it_out_and_says_why(pair):
    mentorship, mentor, mentee = pair
    row = put(mentorship, mentor)
    storage, name = row.stored.storage, row.stored.name

    for by, reason in ((mentee, "old"), (mentor, ""), (mentor, "nonsense")):
        with pytest.raises(RefusedError):
            actions.remove_file(row, by=by, reason=reason)
    for _ in range(2):
        actions.remove_file(row, by=mentor, reason="private")

    assert verbs() == ["file.added", "file.removed"]
    with pytest.raises(NotFoundError):
        queries.file_in(mentorship, row.public_id)
    assert storage.exists(name)
    assert [jobs.forget_room_files(now()) for _ in range(2)] == [1, 0]
    assert not storage.exists(name)
    assert RoomFile.objects.get().removed_because == "private"


@pytest.mark.parametrize("who", ["stranger", "paused"])
def test_nobody_puts_anything_where_they_may_not(pair, who):
    mentorship, mentor, _ = pair
    by = make_person("Other") if who == "stranger" else mentor
    if who == "paused":
        Mentorship.objects.update(status="paused")

    with pytest.raises(RefusedError):
        put(mentorship, by)
    with pytest.raises(RefusedError):
        actions.write_note(mentorship, by=by, text="x")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_do_not_overfill_a_room():
    mentorship = make_mentorship()
    make_file(mentorship)
    RoomFile.objects.update(size=rules.MOST_IN_ROOM - 10)
    mentor, mentee = the_two(mentorship)

    told = at_once(
        lambda: put(mentorship, mentor, b"%PDF-1.7"), lambda: put(mentorship, mentee, b"%PDF-1.8")
    )

    assert len(told) == 1
    assert RoomFile.objects.count() == 2
