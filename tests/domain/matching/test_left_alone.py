"""Nobody is left without a word: a person writes it, looks at it, and sends it once."""

import re

import pytest
from django.test import Client

from lodestar.domain.applications.actions import take_along, take_place
from lodestar.domain.applications.models import Application
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.matching import actions, queries, rules
from lodestar.domain.matching.models import Unmatched
from lodestar.domain.messaging.models import Letter
from lodestar.web.common.ways import way_in_words
from lodestar.web.mail.writing import write
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import make_run
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db
SHORT, MENTORS = "mentee:places_short", "mentor:not_needed"


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


def left_out(run, name, reason="places_short", make=make_mentee, **details):
    participant = make(
        run.cohort, make_person(name, "Odhiambo", email=f"{name.lower()}@example.org")
    )
    return Unmatched.objects.create(
        run=run, participant=participant, reason=reason, details=details
    )


@pytest.fixture
def rows(cohort):
    run = make_run(cohort, status="published", published_at="2026-01-01T00:00Z")
    return [
        left_out(run, "Amina", mentees=8, mentors=5, places=5),
        left_out(run, "Brian", mentees=8, mentors=5, places=5),
        left_out(run, "Ruth", "not_needed", make_mentor, places=1),
    ]


def text_to(row):
    return write(Letter.objects.get(about_key=row.public_id), "somebody@example.org").body


def test_they_stand_by_role_and_reason_with_a_draft_to_begin_with(cohort, rows):
    groups = queries.groups_to_write_to(cohort)

    assert [(g.key, len(g.rows)) for g in groups] == [(SHORT, 2), (MENTORS, 1)]
    assert groups[0].words.startswith("I am sorry: this time we have nobody for you.")
    assert groups[1].words.startswith("Thank you for offering your time.")


def test_what_somebody_wrote_goes_once_to_each_of_the_group(cohort, rows, lena):
    words = "We looked hard.\n\nI call you in May."
    actions.word_unmatched(cohort, SHORT, by=lena, words=words, offers=["stay", "nonsense"])

    assert actions.tell_unmatched(cohort, SHORT, by=lena) == 2
    with pytest.raises(RefusedError, match="Nobody of these waits"):
        actions.tell_unmatched(cohort, SHORT, by=lena)

    assert Letter.objects.filter(kind="matching.unmatched").count() == 2
    assert [g.key for g in queries.groups_to_write_to(cohort)] == [MENTORS]
    told = text_to(rows[0])
    for sentence in ("Dear Amina", "We looked hard.", "I call you in May.", "8 people could only be helped", "You stay on our list", "Lena Berg"):  # fmt: skip
        assert sentence in told
    assert "Brian" not in told


def test_nothing_goes_before_somebody_wrote_it(cohort, rows, lena):
    with pytest.raises(RefusedError, match="Nothing is written yet"):
        actions.tell_unmatched(cohort, SHORT, by=lena)
    with pytest.raises(RefusedError, match="few words of your own"):
        actions.word_unmatched(cohort, SHORT, by=lena, words="  \n", offers=[])

    assert Letter.objects.count() == 0


def test_whoever_found_somebody_or_left_meanwhile_is_not_written_to(cohort, rows, lena):
    actions.word_unmatched(cohort, SHORT, by=lena, words="We looked hard.", offers=[])
    take_place(rows[0].participant)

    assert actions.tell_unmatched(cohort, SHORT, by=lena) == 1
    assert Letter.objects.get().person.given_name == "Brian"


def test_a_run_that_nobody_published_calls_for_no_letter(cohort, lena):
    left_out(make_run(cohort), "Amina")

    assert queries.groups_to_write_to(cohort) == []


def test_whoever_was_told_once_is_not_called_for_again_by_the_next_run(cohort, rows, lena):
    actions.word_unmatched(cohort, SHORT, by=lena, words="We looked hard.", offers=[])
    actions.tell_unmatched(cohort, SHORT, by=lena)
    later = make_run(cohort, status="published", published_at="2026-02-01T00:00Z")
    Unmatched.objects.create(run=later, participant=rows[0].participant, reason="places_short")
    newcomer = left_out(later, "Chidi")

    assert list(queries.unwritten(cohort)) == [newcomer]


def test_only_what_there_is_can_be_offered(cohort):
    circles, talks = offer("Circle", "peers"), offer("Talk", "flash")
    before = [way.key for way in queries.ways_on(cohort, today())]
    following = make_cohort(cohort.program, opens_in=-1)

    ways = queries.ways_on(cohort, today())

    assert before == ["stay", f"program:{circles.public_id}", f"program:{talks.public_id}"]
    assert [(way.key, way.cohort) for way in ways[:2]] == [("stay", None), ("next", following)]
    told = [way_in_words(way) for way in ways[1:]]
    assert told[0].startswith(f"Your application goes along to “{following.name}”")
    assert told[1].startswith("A place in a group: apply to Circle")
    assert told[2].startswith("One good conversation instead: apply to Talk")
    assert [way.is_for("mentor") for way in ways] == [True, True, False, True]


def offer(name, shape):
    """Return a public program of a shape that takes applications now."""
    program = make_program(name=name, slug=name.lower())
    type(program).objects.filter(pk=program.pk).update(is_public=True)
    make_cohort(program, design=make_design(program, format=shape))
    return program


def test_an_application_goes_along_to_the_next_cohort_from_the_letter_or_the_page(
    cohort, rows, lena
):
    following = make_cohort(cohort.program, opens_in=-1)
    actions.word_unmatched(cohort, SHORT, by=lena, words="We looked hard.", offers=["next"])
    actions.tell_unmatched(cohort, SHORT, by=lena)
    amina, brian = (row.participant for row in rows[:2])
    address = re.search(r"http://testserver(/m/\S+)", text_to(rows[0])).group(1)
    browser, page = signed_in(brian.person), f"/applications/{brian.application.public_id}/"

    looked = Client().get(address).content.decode()
    before = Application.objects.filter(cohort=following).count()
    Client().post(address, {"answer": "yes"})
    shown = browser.get(page).content.decode()
    browser.post(f"{page}along/")
    again = browser.post(f"{page}along/")

    assert ("You leave the list of" in looked, before) == (True, 0)
    assert "Take my application along" in shown
    assert again.status_code == 302
    found = Application.objects.filter(cohort=following).order_by("pk")
    assert [each.carried_from for each in found] == [amina.application, brian.application]
    for participant in (amina, brian):
        participant.refresh_from_db()
        assert participant.left_at is not None
        assert participant.application.status == "carried"
    assert queries.waiting_for_another(cohort) == []


def test_whoever_has_somebody_to_answer_by_now_goes_along_nowhere(cohort, rows, lena):
    make_cohort(cohort.program, opens_in=-1)
    amina, brian = (row.participant for row in rows[:2])
    take_place(amina)

    with pytest.raises(RefusedError, match="You have somebody here by now"):
        take_along(amina.application, by=amina.person)
    with pytest.raises(RefusedError, match="Only the person who applied"):
        take_along(brian.application, by=amina.person)

    amina.refresh_from_db()
    assert (amina.left_at, amina.application.status) == (None, "accepted")


def test_without_an_open_cohort_nothing_is_left(cohort, rows):
    amina = rows[0].participant

    with pytest.raises(RefusedError, match="takes no applications just now"):
        take_along(amina.application, by=amina.person)

    amina.refresh_from_db()
    assert amina.left_at is None


@pytest.mark.parametrize(
    ("details", "told"),
    [
        (
            {"common_language:1": 3, "max_hours_apart:2": 1, "banned": 2, "past_pair": 1},
            "What stood between: 3 mentors with a free place and no language in common with you; "
            "1 mentor too many hours away from you.",
        ),
        ({"banned": 2, "declined": 1}, ""),
        ({}, ""),
    ],
)
def test_what_concerns_single_people_is_never_told(details, told):
    row = Unmatched(reason="no_eligible_mentor", details={"rules": details}, created_at=0)

    assert rules.facts_to(row) == told


def test_a_run_for_those_who_wait_hides_nobody_of_the_whole_and_calls_no_mentor_again(cohort, rows):
    run = make_run(cohort, kind="rematch", status="published", published_at="2026-02-01T00:00Z")
    waits = left_out(run, "Chidi", "waits_shorter")
    left_out(run, "Zuri", "not_needed", make_mentor)

    assert set(queries.unwritten(cohort)) == {*rows, waits}
