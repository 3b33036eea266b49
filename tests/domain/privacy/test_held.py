"""A copy of one's own data: whole, one's own, and nobody else's."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.privacy import actions, queries, rules
from lodestar.domain.privacy.actions.forgetting import ABOUT_THEMSELVES, BLANKED, DELETED
from lodestar.domain.privacy.jobs import forget_copies
from lodestar.domain.privacy.models import DataRequest
from lodestar.domain.privacy.queries.held import LEFT_OUT, PARTS, WORK_OF_THE_OFFICE
from lodestar.web.portal.copies import zipped
from lodestar.web.portal.jobs import make_copies
from tests.factories.people import make_account, make_person, signed_in
from tests.world import make_side

pytestmark = pytest.mark.django_db
STEPS = 4


def models_about_people():
    """Return every model of the rooms that leads to a person within a few steps."""
    found, reached = set(), {Person}
    models = [m for m in apps.get_models() if m.__module__.startswith("lodestar.domain")]
    for _step in range(STEPS):
        for model in models:
            links = {f.related_model for f in model._meta.local_fields if f.related_model}
            if links & reached:
                found.add(model)
        reached |= {m for m in found if m.__name__ in ("Application", "Participant", "Account")}
    return {f"{m._meta.app_label}.{m.__name__}" for m in found}


def test_every_kind_of_row_about_people_is_told_or_says_why_not():
    told = {part.model for part in PARTS} | set(LEFT_OUT)

    untold = {
        label for label in models_about_people() - told if not label.startswith(WORK_OF_THE_OFFICE)
    }

    assert len(models_about_people()) > 40
    assert untold == set()


def test_what_is_told_of_somebody_is_forgotten_or_kept_on_purpose():
    gone = {model for model, *_rest in (*DELETED, *BLANKED)}
    by_hand = {"people.Person", "people.Address", "people.Account", "feedback.Concern"}
    kept = {
        "people.Consent",
        "applications.Wait",
    }  # that they agreed, and that they waited: no words

    assert {part.model for part in PARTS} - gone - by_hand == kept


def test_every_field_of_a_person_is_told_and_forgotten_or_says_nothing_about_them():
    fields = {field.name for field in Person._meta.local_fields}
    told = next(set(part.columns.split()) for part in PARTS if part.model == "people.Person")
    by_hand = {"class_year", "languages", "extra", "said"}
    kept = {"id", "public_id", "created_at", "blocked_at", "leaving_at", "forgotten_at"}
    computed = {"spellings"}  # of the two names, whenever they are kept

    assert fields - told == kept - {"created_at"} | {"photo_key"} | computed
    assert fields - {*ABOUT_THEMSELVES} - by_hand - computed == kept


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_copy_holds_what_is_ones_own_and_no_secret_of_anybody():
    side = make_side("a")
    mentor = side.people["mentor"]

    archive = opened(zipped(mentor, now()))
    told = archive.read("your-data.json").decode()
    page = archive.read("your-data.html").decode()

    assert set(archive.namelist()) == {"your-data.json", "your-data.html", "photo.webp"}
    seen = {word for word in ("private", "pair", "photo", "decision", "decline", "assessment", "concern", "safety", "needs", "forecast", "keptback", "list") if side.canary(word) in told}  # fmt: skip
    assert seen == {"private", "pair", "photo"}
    assert side.canary("private") in page
    assert json.loads(told)["You"][0]["given_name"] == mentor.given_name


def test_the_partner_s_copy_does_not_hold_the_private_note():
    side = make_side("a")

    told = opened(zipped(side.people["mentee"], now())).read("your-data.json").decode()

    assert side.canary("pair") in told
    assert side.canary("private") not in told


def test_a_copy_is_made_by_a_job_told_by_letter_and_forgotten_after_a_week():
    person = make_person()
    first, again = (actions.ask_for_copy(person, by=person) for _time in range(2))

    assert (make_copies(now()), make_copies(now())) == (1, 0)
    copy = DataRequest.objects.get()

    assert first == again == copy
    assert copy.status == "ready"
    assert opened(copy.content).testzip() is None
    assert [letter.kind for letter in Letter.objects.all()] == ["privacy.copy"]
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["copy.requested", "copy.made"]
    assert forget_copies(now()) == 0
    assert forget_copies(now() + rules.COPY_KEPT) == 1
    assert DataRequest.objects.get().content is None


def test_a_worker_that_was_killed_leaves_a_copy_to_the_next():
    person = make_person()
    actions.ask_for_copy(person, by=person)
    lost = actions.claim_copy(now())
    later = now() + timedelta(seconds=rules.SECONDS + 61)

    found = actions.claim_copy(later)

    assert found == lost
    assert not actions.store_copy(lost, b"late")
    assert actions.store_copy(found, b"in time")


def test_a_copy_that_breaks_is_tried_again_and_then_given_up(monkeypatch):
    person = make_person()
    actions.ask_for_copy(person, by=person)
    monkeypatch.setattr("lodestar.web.portal.copies.zipped", lambda *_a: 1 / 0)

    for attempt in range(5):
        make_copies(now() + timedelta(minutes=attempt))

    copy = DataRequest.objects.get()
    assert (copy.status, copy.attempt_count) == ("failed", 3)
    assert queries.waiting_request(person, "copy") is None


def test_only_its_person_fetches_a_copy_and_only_while_it_lasts():
    person, other = make_person(), make_person("Ivo")
    make_account(person)
    browser = signed_in(person)
    browser.post("/me/copy/")
    waiting = browser.get("/me/copy/").content.decode()
    make_copies(now())

    fetched = browser.get("/me/copy/file/")
    stranger = signed_in(other).get("/me/copy/file/")
    DataRequest.objects.update(expires_at=now())
    late = browser.get("/me/copy/file/")

    assert "Your copy is being made" in waiting
    assert (fetched["Content-Type"], fetched["Content-Disposition"]) == ("application/zip", 'attachment; filename="your-data.zip"')  # fmt: skip
    assert [answer.status_code for answer in (stranger, late)] == [302, 302]
