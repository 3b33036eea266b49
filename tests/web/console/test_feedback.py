"""Who reads what was told in confidence, and who never does."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.feedback.models import Concern
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Role
from tests.factories.feedback import make_concern
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """Two like-named programs, each with a coordinator; a lead, an admin and a mentorship."""
    people = {name: make_person(name.title()) for name in ("coordinator", "other", "lead", "admin")}
    program = make_program("First Steps", coordinator=people["coordinator"])
    make_program("First Steps", coordinator=people["other"])
    make_role(people["lead"], Role.Kind.SAFEGUARDING)
    make_role(people["admin"], Role.Kind.ADMIN)
    mentorship = make_mentorship(make_cohort(program))
    people["mentor"], people["mentee"] = the_two(mentorship)
    return people, mentorship


def pages(person, concern):
    """Everything in the console that could show a concern to this person."""
    client = signed_in(person)
    cohort = concern.mentorship.match.mentor.cohort
    addresses = [
        "/console/",
        "/console/concerns/",
        "/console/safety/",
        f"/console/concerns/{concern.public_id}/",
        f"/console/safety/{concern.public_id}/",
        f"/console/cohorts/{cohort.public_id}/",
        f"/console/cohorts/{cohort.public_id}/insights/",
        f"/console/cohorts/{cohort.public_id}/insights/funnel.csv",
        f"/console/cohorts/{cohort.public_id}/mentorships/",
        f"/mentorships/{concern.mentorship.public_id}/",
        "/home/",
        "/me/",
    ]
    return {address: client.get(address).content.decode() for address in addresses}


@pytest.mark.parametrize(("kind", "readers"), [("contact", {"coordinator"}), ("safety", {"lead"})])
def test_only_its_readers_meet_the_words(office, kind, readers):
    people, mentorship = office
    concern = make_concern(mentorship, kind=kind, text="CANARY-words", closing_note="CANARY-note")

    met = {
        name
        for name, person in people.items()
        if "CANARY" in "".join(pages(person, concern).values())
    }

    assert met == readers


def test_that_there_is_a_safety_report_is_not_to_be_guessed(office):
    people, mentorship = office
    concern = make_concern(make_mentorship(mentorship.match.mentor.cohort))
    before = {name: pages(people[name], concern) for name in ("coordinator", "other", "admin")}
    make_concern(concern.mentorship, kind="safety")

    after = {name: pages(people[name], concern) for name in ("coordinator", "other", "admin")}

    assert strip_tokens(before) == strip_tokens(after)


def strip_tokens(found):
    import re

    hidden = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
    return {
        name: {address: hidden.sub("", page) for address, page in each.items()}
        for name, each in found.items()
    }


def test_a_coordinator_who_is_one_of_the_two_reads_nothing(office):
    people, _ = office
    second = make_person("Second")
    program = make_program(coordinator=people["coordinator"])
    make_coordinator(program, second)
    mentorship = make_mentorship(make_cohort(program), mentor=people["coordinator"])
    concern = make_concern(mentorship, text="CANARY-accused")

    assert "CANARY" not in "".join(pages(people["coordinator"], concern).values())
    assert "CANARY" in "".join(pages(second, concern).values())


def test_an_accused_lead_reads_nothing(office):
    people, _ = office
    second = make_person("Second")
    make_role(second, Role.Kind.SAFEGUARDING)
    mentorship = make_mentorship(mentor=people["lead"])
    report = make_concern(mentorship, kind="safety", text="CANARY-accused")

    assert "CANARY" not in "".join(pages(people["lead"], report).values())
    assert "CANARY" in "".join(pages(second, report).values())


def test_a_concern_is_looked_after_until_it_is_closed(office):
    people, mentorship = office
    concern = make_concern(mentorship)
    client = signed_in(people["coordinator"])
    page = f"/console/concerns/{concern.public_id}/"

    client.get(page)
    for step in ("acknowledge", "acknowledge", "act"):
        client.post(f"{page}{step}/")
    unanswered = client.post(f"{page}close/", {"note": ""})
    client.post(f"{page}close/", {"note": "They talked."})

    concern.refresh_from_db()
    assert unanswered.status_code == 422
    assert (concern.status, concern.closing_note) == ("closed", "They talked.")
    assert Entry.objects.filter(verb="concern.read").count() == 1
    assert "They talked." in client.get(page).content.decode()


@pytest.mark.parametrize("step", ["acknowledge", "act", "close"])
@pytest.mark.parametrize("name", ["other", "lead", "admin", "mentor", "mentee"])
def test_nobody_else_takes_a_concern_further(office, name, step):
    people, mentorship = office
    concern = make_concern(mentorship)

    answer = signed_in(people[name]).post(
        f"/console/concerns/{concern.public_id}/{step}/", {"note": "x"}
    )

    assert answer.status_code == 404
    assert Concern.objects.get().status == "new"


@pytest.mark.parametrize("step", ["acknowledge", "act", "close", "hold", "release"])
@pytest.mark.parametrize("name", ["coordinator", "other", "admin", "mentor", "mentee"])
def test_nobody_but_the_lead_takes_a_report_further(office, name, step):
    people, mentorship = office
    report = make_concern(mentorship, kind="safety")

    answer = signed_in(people[name]).post(
        f"/console/safety/{report.public_id}/{step}/", {"note": "x"}
    )

    assert answer.status_code == 404
    assert Concern.objects.get().status == "new"
    assert Mentorship.objects.get().held_at is None


def test_an_unknown_step_is_no_address(office):
    people, mentorship = office
    concern = make_concern(mentorship)

    answer = signed_in(people["coordinator"]).post(f"/console/concerns/{concern.public_id}/eat/")

    assert answer.status_code == 404


def test_the_lead_pauses_a_pair_and_lets_it_go_on(office):
    people, mentorship = office
    report = make_concern(mentorship, kind="safety")
    client = signed_in(people["lead"])

    client.post(f"/console/safety/{report.public_id}/hold/")
    held = signed_in(people["mentor"]).get(f"/mentorships/{mentorship.public_id}/")
    refused = signed_in(people["mentor"]).post(f"/mentorships/{mentorship.public_id}/resume/")
    client.post(f"/console/safety/{report.public_id}/release/")
    resumed = signed_in(people["mentor"]).post(f"/mentorships/{mentorship.public_id}/resume/")

    assert "The association has paused this mentorship" in held.content.decode()
    assert people["mentee"].addresses.get().email not in held.content.decode()
    assert (refused.status_code, resumed.status_code) == (409, 302)


@pytest.mark.parametrize("name", ["admin", "mentor", "mentee", "lead"])
def test_the_inbox_of_concerns_is_the_coordinators(office, name):
    assert signed_in(office[0][name]).get("/console/concerns/").status_code == 404


@pytest.mark.parametrize("name", ["admin", "mentor", "mentee", "coordinator"])
def test_the_inbox_of_safety_is_the_leads(office, name):
    assert signed_in(office[0][name]).get("/console/safety/").status_code == 404


def test_a_report_waits_in_the_inbox_though_no_letter_can_leave(office, settings):
    people, mentorship = office
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1

    answer = signed_in(people["mentee"]).post(
        f"/mentorships/{mentorship.public_id}/concern/", {"kind": "safety", "text": "CANARY-down"}
    )

    assert answer.status_code == 302
    report = Concern.objects.get()
    client = signed_in(people["lead"])
    assert str(report.raised_by) in client.get("/console/safety/").content.decode()
    assert "CANARY-down" in client.get(f"/console/safety/{report.public_id}/").content.decode()
