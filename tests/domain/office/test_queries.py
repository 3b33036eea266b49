"""Who reads what somebody writes to the office, and what stands where in an inbox?"""

from datetime import timedelta

import pytest

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.actions import keep_wishes, note_read
from lodestar.domain.office import queries
from lodestar.domain.office.actions import answer_from_office, close_thread, write_to_office
from lodestar.domain.people.actions.blocking import block
from lodestar.domain.people.models import Person
from tests.factories.applications import make_application
from tests.factories.groups import make_group_cohort, mentees_of, mentor_of, running_group
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.office import make_thread
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_coordinator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program(coordinator=make_person("Lena", "Berg"))


def lena_of(program):
    return program.coordinators.order_by("pk").first().person


def names(people):
    return [person.first_name for person in people]


def test_all_coordinators_read_and_nobody_else(program):
    second = make_coordinator(program, make_person("Per", "Lund")).person
    other = make_coordinator(make_program("Other")).person
    admin, member = make_person("Noor"), make_person("Amina")
    make_role(admin)

    thread = make_thread(member, program)

    assert names(queries.readers_for(member, program)) == ["Lena", "Per"]
    assert queries.thread_for(second, thread.public_id) == thread
    for stranger in (other, admin, member, make_person("Jonas")):
        with pytest.raises(NotFoundError):
            queries.thread_for(stranger, thread.public_id)


def test_admins_read_what_is_for_the_association_and_coordinators_do_not(program):
    admin = make_person("Noor")
    make_role(admin)

    thread = make_thread(make_person("Amina"))

    assert list(queries.threads_for(admin)) == [thread]
    assert list(queries.threads_for(lena_of(program))) == []


def test_a_partner_who_coordinates_reads_nothing():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    program = mentorship.match.mentor.cohort.program
    make_coordinator(program, mentor)
    outside = make_coordinator(program, make_person("Per", "Lund")).person

    thread = make_thread(mentee, program)

    assert queries.readers_for(mentee, program) == [outside]
    assert list(queries.threads_for(mentor)) == []
    assert list(queries.threads_for(outside)) == [thread]


def test_somebody_of_the_same_group_reads_nothing():
    group = running_group(make_group_cohort())
    mentor, mentee = mentor_of(group).person, mentees_of(group)[0].person
    make_coordinator(group.cohort.program, mentor)

    assert mentor not in queries.readers_for(mentee, group.cohort.program)


def test_a_block_keeps_a_coordinator_from_reading_both_before_and_after(program):
    member, lena = make_person("Amina"), lena_of(program)
    per = make_coordinator(program, make_person("Per", "Lund")).person
    make_thread(member, program)

    block(lena, by=member)

    assert queries.readers_for(member, program) == [per]
    assert list(queries.threads_for(lena)) == []


def test_one_finds_the_offices_one_knows(program):
    hidden = make_program("Hidden", coordinator=make_person("Per"), is_public=False)
    empty = make_program("Nobody there")
    member = make_person("Amina")
    make_application(make_cohort(hidden), member)
    make_role(make_person("Noor"))

    found = [office.program for office in queries.offices_for(member)]

    assert found == [program, hidden, None]
    assert empty not in found
    assert [office.program for office in queries.offices_for(make_person("Jo"))] == [program, None]
    with pytest.raises(NotFoundError):
        queries.office_for(make_person("Jo"), hidden.slug)


def test_a_coordinator_finds_that_the_office_is_their_own(program):
    office = queries.office_for(lena_of(program), program.slug)

    assert (office.is_own, office.thread) == (True, None)


def test_who_waits_longest_stands_first_and_closed_ones_stand_apart(program):
    lena = lena_of(program)
    people = [make_person(name) for name in ("Ada", "Bo", "Cy", "Di")]
    start, threads = now(), []
    for hours, person in enumerate(people):
        set_clock(lambda hours=hours: start + timedelta(hours=hours))
        threads.append(make_thread(person, program))
    set_clock(lambda: start + timedelta(hours=9))
    answer_from_office(threads[0], by=lena, text="Yes.")
    close_thread(threads[1], by=lena, seen=queries.newest_in(threads[1]))
    write_to_office(people[3], program, text="And one thing more.")

    assert list(queries.open_threads(lena)) == [threads[2], threads[3], threads[0]]
    assert list(queries.closed_threads(lena)) == [threads[1]]
    assert queries.waiting_count(lena) == 2


def test_whoever_answers_has_read_what_they_answer(program):
    lena = lena_of(program)
    thread = make_thread(make_person("Amina"), program)

    answer_from_office(thread, by=lena, text="Yes.")

    assert queries.lines_of([thread], lena)[0].is_unread is False


def test_unread_is_what_came_since_one_looked_for_each_reader(program):
    lena, member = lena_of(program), make_person("Amina")
    per = make_coordinator(program, make_person("Per", "Lund")).person
    thread = make_thread(member, program)
    newest = thread.messages.get().pk

    note_read(lena, thread, up_to=newest, now=now())

    seen = {each: queries.lines_of([thread], each)[0].is_unread for each in (lena, per)}
    assert seen == {lena: False, per: True}
    assert queries.unread_answers(member) == []


def test_an_answer_is_unread_until_its_person_has_opened_it(program):
    member = make_person("Amina")
    thread = make_thread(member, program)
    answer = answer_from_office(thread, by=lena_of(program), text="Yes.")
    before = queries.unread_answers(member)

    note_read(member, thread, up_to=answer.pk, now=now())

    assert (before, queries.unread_answers(member)) == ([thread], [])
    assert queries.office_for(member, program.slug).is_unread is False


def test_each_side_learns_how_far_the_other_has_read_who_lets_it_be_known(program):
    lena, member = lena_of(program), make_person("Amina")
    thread = make_thread(member, program)
    question = thread.messages.get()
    answer = answer_from_office(thread, by=lena, text="Yes.")
    note_read(member, thread, up_to=answer.pk, now=now())

    mine, theirs = (queries.page_of(thread, each) for each in (member, lena))

    assert (mine.read_key, mine.read_by) == (question.pk, lena)  # who answers has read
    assert (theirs.read_key, theirs.read_by) == (answer.pk, member)
    keep_wishes(member, by=member, reminder_kinds=[], shows_reading=False)
    assert queries.page_of(thread, lena).read_key == 0


@pytest.mark.parametrize("count", [1, 3])
def test_an_inbox_takes_as_many_questions_for_one_thread_as_for_three(
    program, count, django_assert_max_num_queries
):
    lena = lena_of(program)
    for number in range(count):
        make_thread(make_person(f"Ada{number}"), program)

    with django_assert_max_num_queries(8):
        lines = queries.lines_of(queries.open_threads(lena), lena)
        told = [(str(line.thread.person), str(line.thread.program)) for line in lines]

    assert len(told) == count


def test_whoever_is_shut_out_stands_in_no_inbox(program):
    member = make_person("Amina")
    make_thread(member, program)
    Person.objects.filter(pk=member.pk).update(blocked_at=now())

    assert list(queries.threads_for(lena_of(program))) == []
