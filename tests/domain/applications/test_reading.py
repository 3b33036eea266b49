"""Applications go to two readers without a name, and come back with scores."""

import pytest

from lodestar.domain.applications import jobs, queries
from lodestar.domain.applications.actions import (
    Mark,
    accept_application,
    appoint_reviewer,
    ask_one_more,
    assess_application,
    give_reading,
    hand_back,
    pass_on,
    release_reviewer,
)
from lodestar.domain.applications.models import Application, Assessment, Reading
from lodestar.domain.applications.queries import reading as q
from lodestar.domain.applications.rules.reading import answers_to_read, fields_to_read
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person, Position
from tests.factories.applications import make_application, make_reading
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person
from tests.factories.programs import (
    make_cohort,
    make_coordinator,
    make_program,
    make_reviewer,
    make_selection,
)
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db


@pytest.fixture
def criterion(cohort):
    return make_selection(cohort.design, answer="about")


@pytest.fixture
def application(cohort):
    return make_application(cohort, make_person("Amina", "Odhiambo"))


@pytest.fixture
def rosa(cohort, criterion):
    return make_reviewer(cohort.program, make_person("Rosa", "Lindt")).person


@pytest.fixture
def kofi(cohort, criterion):
    return make_reviewer(cohort.program, make_person("Kofi", "Boateng")).person


def give_out():
    return jobs.give_out_readings(now())


def readers(status="open"):
    rows = Reading.objects.filter(status=status).order_by("reader__given_name")
    return [each.reader.given_name for each in rows]


def marks(criterion, score):
    return {criterion.public_id: Mark(score)}


def test_each_application_goes_to_two_readers_once(rosa, kofi, application):
    ida = make_reviewer(application.cohort.program, make_person("Ida", "Odhiambo"))
    Position.objects.create(person=kofi, employer="Acme", is_current=True)

    counts = [give_out(), give_out()]

    assert counts == [2, 0]
    assert readers() == ["Kofi", "Rosa"]
    assert ida.person not in q.possible_readers(application)
    letters = Letter.objects.filter(kind="applications.to_read")
    assert {each.person for each in letters} == {rosa, kofi}


def test_a_colleague_a_rival_and_one_shut_out_read_nothing(rosa, kofi, application):
    program = application.cohort.program
    application.answers["employer"] = "Acme Ltd"
    application.save()
    Position.objects.create(person=kofi, employer=" acme ltd", is_current=True)
    rival, gone = make_person("Una", "Marsh"), make_person("Gus", "Holm", blocked_at=now())
    make_application(application.cohort, rival)
    for person in (rival, gone):
        make_reviewer(program, person)

    assert q.possible_readers(application) == [rosa]


def test_without_a_rubric_or_a_reviewer_nothing_is_given_out(cohort, application):
    assert give_out() == 0
    make_reviewer(cohort.program)
    assert give_out() == 0


def test_what_is_new_goes_to_who_has_least(rosa, kofi, cohort, application):
    give_out()
    third = appoint_reviewer(
        cohort.program,
        person=make_person("Ida", "Moss"),
        by=cohort.program.coordinators.get().person,
    )
    make_application(cohort, make_person("Bo"))
    give_out()

    assert q.loads_of(cohort)[third.person_id] == 1


def test_a_page_costs_the_same_for_one_and_for_thirty(
    rosa, kofi, cohort, django_assert_max_num_queries
):
    for number in range(30):
        make_application(cohort, make_person(f"Ann {number}"))
    rows = q.applications_to_give_out(cohort)

    with django_assert_max_num_queries(5):
        q.engine_subjects(rows)
        q.engine_readers(cohort)


def test_a_reader_sees_what_the_rubric_needs_and_no_name(cohort, rosa, criterion):
    amina = make_person("Amina", "Odhiambo")
    answers = {
        "about": "I am Amina, amina@example.org", "gender": "woman", "city": "Nairobi",
        "employer": "Acme", "topics": ["Interviews"],
    }  # fmt: skip
    application = make_application(cohort, amina, answers=answers)
    whole = make_selection(cohort.design, "Whole")

    page = q.page_of(make_reading(application, rosa))

    assert answers_to_read(answers, [criterion], amina) == {"about": "I am [left out], [left out]"}
    assert page.answers == {"about": "I am [left out], [left out]", "topics": ["Interviews"]}
    assert not {"gender", "employer", "city"} & fields_to_read([whole])


def test_a_reader_sees_answers_to_questions_that_are_for_reviewers(cohort, rosa, criterion):
    ask(cohort.design, make_question(is_for_reviewers=True), make_question("runs", "Do you run?", "yes_no"))  # fmt: skip
    application = make_application(cohort, answers={"q_sport": "Chess", "q_runs": "yes"})

    assert q.page_of(make_reading(application, rosa)).answers == {"q_sport": "Chess"}


def test_scores_come_back_whole_and_may_change_until_it_is_decided(
    lena, rosa, criterion, application
):
    second = make_selection(application.cohort.design, "Will do their part")
    reading = make_reading(application, rosa)
    both = marks(criterion, 3) | marks(second, 2)
    with pytest.raises(RefusedError, match="criteria have changed"):
        give_reading(reading, by=rosa, marks=marks(criterion, 3))
    with pytest.raises(RefusedError, match="Choose a level for each"):
        give_reading(reading, by=rosa, marks=marks(criterion, 3) | marks(second, None))

    give_reading(reading, by=rosa, marks=both, sentence=" A clear step.\x00 ")
    give_reading(reading, by=rosa, marks=both | marks(second, 1), sentence="A clear step.")
    application.refresh_from_db()

    assert (application.score, application.is_disputed) == (200, False)
    assert Reading.objects.get().sentence == "A clear step."
    accept_application(application, by=lena)
    with pytest.raises(RefusedError, match="decided, so its scores stay"):
        give_reading(reading, by=rosa, marks=both)
    assert Assessment.objects.filter(score=1).count() == 1


def test_two_who_differ_are_found_and_a_third_is_asked(
    lena, rosa, kofi, cohort, criterion, application
):
    give_out()
    for person, score in ((rosa, 3), (kofi, 1)):
        give_reading(Reading.objects.get(reader=person), by=person, marks=marks(criterion, score))
    third = make_reviewer(cohort.program, make_person("Ida", "Moss")).person

    assert list(queries.applications_for(lena, cohort, readers="differ")) == [application]
    assert give_out() == 0
    ask_one_more(application, to=third, by=lena)
    assert readers() == ["Ida"]
    with pytest.raises(RefusedError, match="has had it"):
        ask_one_more(application, to=third, by=lena)


def test_nobody_reads_others_scores_before_giving_their_own(lena, rosa, criterion, application):
    make_coordinator(application.cohort.program, rosa)
    reading = make_reading(application, rosa)
    assess_application(application, by=lena, marks=marks(criterion, 1))

    def seen():
        return [a.score for each in queries.scored_for(rosa, application) for a in each.others]

    before = seen()
    give_reading(reading, by=rosa, marks=marks(criterion, 3))

    assert (before, seen()) == ([], [1])
    assert q.page_of(reading).marked[0].own.score == 3


def test_what_is_handed_back_goes_to_somebody_else_and_never_returns(rosa, kofi, application):
    reading = make_reading(application, rosa)

    hand_back(reading, by=rosa)
    give_out()

    assert readers() == ["Kofi"]
    assert list(q.open_readings(rosa)) == []
    with pytest.raises(RefusedError, match="stays with you"):
        hand_back(reading, by=rosa)
    with pytest.raises(NotFoundError):
        q.reading_for(rosa, reading.public_id)


def test_the_office_passes_on_what_is_not_read_and_not_what_is(
    lena, rosa, kofi, criterion, application
):
    reading = make_reading(application, rosa)
    with pytest.raises(RefusedError, match="Only a coordinator"):
        pass_on(reading, to=kofi, by=rosa)
    passed = pass_on(reading, to=kofi, by=lena)
    give_reading(passed, by=kofi, marks=marks(criterion, 2))

    assert (readers(), readers("ended"), readers("given")) == ([], ["Rosa"], ["Kofi"])
    with pytest.raises(RefusedError, match="Ask one more instead"):
        pass_on(passed, to=rosa, by=lena)
    with pytest.raises(RefusedError, match="Somebody else reads"):
        give_reading(reading, by=rosa, marks=marks(criterion, 2))


def test_whoever_is_released_gives_back_what_they_had_not_read(
    lena, rosa, kofi, criterion, cohort, application
):
    give_out()
    give_reading(Reading.objects.get(reader=kofi), by=kofi, marks=marks(criterion, 2))
    for person in (rosa, kofi):
        release_reviewer(cohort.program.reviewers.get(person=person), by=lena)

    assert (readers(), readers("given")) == ([], ["Kofi"])
    with pytest.raises(NotFoundError):
        q.readings_for(rosa)


def test_only_coordinators_of_the_program_appoint(rosa, cohort):
    for by in (rosa, make_coordinator(make_program("First Steps"), make_person()).person):
        with pytest.raises(RefusedError, match="Only a coordinator"):
            appoint_reviewer(cohort.program, person=make_person(), by=by)


def test_the_reading_of_a_cohort_is_summed_up(lena, rosa, kofi, criterion, cohort):
    for number in range(3):
        make_application(cohort, make_person(f"Ann {number}"))
    give_out()
    for reading in Reading.objects.filter(reader=rosa)[:2]:
        give_reading(reading, by=rosa, marks=marks(criterion, 3))
    for reading in Reading.objects.filter(reader=kofi)[:2]:
        give_reading(reading, by=kofi, marks=marks(criterion, 1))

    found = q.reading_of(cohort)

    lines = {each.person.given_name: (each.given, each.left, each.mean) for each in found.lines}
    assert lines == {"Rosa": (2, 1, 3.0), "Kofi": (2, 1, 1.0)}
    assert (found.agreement.comparisons, found.agreement.far, found.disputed) == (2, 2, 2)
    assert (found.total, found.lacking) == (2.0, 0)


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_scored_while_it_is_decided_either_counts_or_is_told(_round):
    lena = make_person("Lena", "Berg")
    cohort = make_cohort(make_program(coordinator=lena))
    criterion = make_selection(cohort.design)
    rosa = make_reviewer(cohort.program).person
    application = make_application(cohort)
    reading = make_reading(application, rosa)

    told = at_once(
        lambda: give_reading(reading, by=rosa, marks=marks(criterion, 3)),
        lambda: accept_application(application, by=lena),
    )

    application = Application.objects.get(pk=application.pk)
    counted = Assessment.objects.count()
    assert application.status == "accepted"
    assert (counted, len(told)) in ((1, 0), (0, 1))
    assert application.score == (300 if counted else None)
    assert Person.objects.filter(pk=rosa.pk).exists()
