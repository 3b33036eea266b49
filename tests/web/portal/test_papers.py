"""Notes and files on their page: who opens them, what is refused, and how they are handed out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lodestar.domain.mentorships import actions, rules
from lodestar.domain.mentorships.models import Note, RoomFile
from lodestar.domain.people.models import Role
from tests.factories.mentorships import make_file, make_mentorship, the_two
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def address(mentorship, rest=""):
    return f"/mentorships/{mentorship.public_id}/{rest}"


def text_of(answer):
    return answer.content.decode()


def upload(browser, mentorship, content=b"%PDF-1.7 words", name="cv.pdf", **extra):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return browser.post(address(mentorship, "files/"), {"file": file, **extra})


def test_a_file_of_one_is_opened_by_the_other_as_an_attachment_only(pair):
    mentorship, mentor, mentee = pair

    upload(signed_in(mentor), mentorship, name="<b>cv.html")
    row = RoomFile.objects.get()
    page = text_of(signed_in(mentee).get(address(mentorship, "papers/")))
    answer = signed_in(mentee).get(address(mentorship, f"files/{row.public_id}/"))

    assert "bcv.pdf" in page
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 words"
    assert answer["Content-Disposition"] == 'attachment; filename="bcv.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("who", ["stranger", "coordinator", "lead", "admin"])
def test_nobody_else_finds_a_file_or_a_note(pair, who):
    mentorship, mentor, _ = pair
    row = make_file(mentorship)
    note = actions.write_note(mentorship, by=mentor, text="CANARY", is_shared=True)
    person = make_person("Other")
    match who:
        case "coordinator":
            make_coordinator(mentorship.match.mentor.cohort.program, person)
        case "lead":
            make_role(person, Role.Kind.SAFEGUARDING)
        case "admin":
            make_role(person, Role.Kind.ADMIN)
    browser = signed_in(person)

    answers = [
        browser.get(address(mentorship, rest))
        for rest in ("papers/", f"files/{row.public_id}/", f"notes/{note.public_id}/", "takeaway/")
    ]
    answers.append(upload(browser, mentorship))

    assert {answer.status_code for answer in answers} == {404}
    assert RoomFile.objects.count() == 1


def test_twenty_megabytes_are_answered_with_a_sentence_and_nothing_is_kept(pair, monkeypatch):
    mentorship, mentor, _ = pair
    kept = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk",
        lambda _self, raw, _start: kept.append(len(raw)),
    )

    answer = upload(signed_in(mentor), mentorship, b"%PDF" + b"x" * 20 * 1024 * 1024)

    assert answer.status_code == 422
    assert "This file is larger than 10.0" in text_of(answer)
    assert sum(kept) <= rules.MOST_BYTES
    assert RoomFile.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "status", "said"),
    [
        (b"MZ\x90\x00", "cv.pdf", 409, "By its content this is no PDF"),
        (b"", "cv.pdf", 422, "empty"),
    ],
)
def test_what_is_not_taken_is_told(pair, content, name, status, said):
    mentorship, mentor, _ = pair

    answer = upload(signed_in(mentor), mentorship, content, name)

    assert answer.status_code == status
    assert said in text_of(answer)
    assert RoomFile.objects.count() == 0


def test_an_upload_needs_the_form_token_like_every_form(pair):
    mentorship, mentor, _ = pair
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(signed_in(mentor).session and mentor.account)

    assert upload(browser, mentorship).status_code == 403
    browser.get(address(mentorship, "papers/"))
    token = browser.cookies["csrftoken"].value
    assert upload(browser, mentorship, csrfmiddlewaretoken=token).status_code == 302


def test_a_file_is_taken_out_with_a_reason_and_then_not_found(pair):
    mentorship, mentor, mentee = pair
    row = make_file(mentorship)
    place = address(mentorship, f"files/{row.public_id}/")

    refused = signed_in(mentee).post(place + "remove/", {"reason": "old"})
    signed_in(mentor).post(place + "remove/", {"reason": "old"})

    assert refused.status_code == 409
    assert signed_in(mentee).get(place).status_code == 404
    assert "cv.pdf" not in text_of(signed_in(mentee).get(address(mentorship, "papers/")))


def test_a_file_that_the_disk_lost_is_told_in_a_sentence(pair):
    mentorship, mentor, _ = pair
    row = make_file(mentorship)
    row.stored.storage.delete(row.stored.name)

    answer = signed_in(mentor).get(address(mentorship, f"files/{row.public_id}/"))

    assert answer.status_code == 409
    assert "be found on the server" in text_of(answer)


def test_each_note_says_who_reads_it(pair):
    mentorship, mentor, mentee = pair
    browser = signed_in(mentor)
    for text, scope in (("Mine alone", "me"), ("لنا نحن الاثنين", "both")):
        browser.post(address(mentorship, "notes/"), {"text": text, "scope": scope})

    own, partners = (
        text_of(signed_in(p).get(address(mentorship, "papers/"))) for p in (mentor, mentee)
    )

    assert "Your own note: nobody else reads it" in own
    assert "From you, for both of you" in own
    assert "Mine alone" not in partners
    assert '<p class="said long" dir="auto">لنا نحن الاثنين</p>' in partners
    assert "From Ruth, for both of you" in partners


def test_ones_own_note_is_changed_and_thrown_away(pair):
    mentorship, mentor, mentee = pair
    note = actions.write_note(mentorship, by=mentor, text="Before", is_shared=True)
    place = address(mentorship, f"notes/{note.public_id}/")
    browser = signed_in(mentor)

    form = text_of(browser.get(place))
    unfinished = browser.post(place, {"text": "", "scope": "me"})
    browser.post(place, {"text": "After", "scope": "me"})
    changed = Note.objects.get()
    theirs = signed_in(mentee).post(place + "remove/")
    browser.post(place + "remove/")

    assert "Before</textarea>" in form
    assert unfinished.status_code == 422
    assert (changed.text, changed.is_shared) == ("After", False)
    assert theirs.status_code == 404
    assert Note.objects.count() == 0


def test_an_empty_note_opens_its_form_again(pair):
    mentorship, mentor, _ = pair

    answer = signed_in(mentor).post(address(mentorship, "notes/"), {"scope": "me"})

    assert answer.status_code == 422
    assert "<details open>" in text_of(answer)


def test_what_has_ended_is_still_there_to_be_read(pair):
    mentorship, mentor, mentee = pair
    row = make_file(mentorship)
    note = actions.write_note(mentorship, by=mentee, text="Kept")
    actions.complete_mentorship(mentorship, by=mentor)
    browser = signed_in(mentee)

    page = text_of(browser.get(address(mentorship, "papers/")))

    assert "Kept" in page
    assert 'type="file"' not in page
    assert browser.get(address(mentorship, f"files/{row.public_id}/")).status_code == 200
    assert "<textarea" not in text_of(browser.get(address(mentorship, f"notes/{note.public_id}/")))
