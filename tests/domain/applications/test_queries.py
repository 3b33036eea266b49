import pytest

from lodestar.domain.applications import queries
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from tests.factories.applications import make_application, make_mentor
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


def test_a_coordinator_sees_what_was_sent_to_their_own_program(lena, cohort):
    twin = make_cohort(make_program(name=cohort.program.name, coordinator=make_person("Lena")))
    mine = make_application(cohort)
    draft = make_application(cohort, status="draft")
    theirs = make_application(twin)

    assert list(queries.applications_for(lena, cohort)) == [mine]
    assert list(queries.applications_for(lena, twin)) == []
    assert queries.application_for(lena, mine.public_id) == mine
    for hidden in (draft, theirs):
        with pytest.raises(NotFoundError):
            queries.application_for(lena, hidden.public_id)


@pytest.mark.parametrize("role", ["admin", "safeguarding"])
def test_roles_of_the_association_open_no_application(cohort, role):
    staff = make_person()
    make_role(staff, role)
    make_application(cohort)

    assert list(queries.applications_for(staff, cohort)) == []


def test_people_see_their_own_applications_and_no_namesakes(cohort):
    amina, namesake = make_person(), make_person()
    own, other = make_application(cohort, amina, status="draft"), make_application(cohort, namesake)

    assert list(queries.own_applications(amina)) == [own]
    assert queries.own_application_in(amina, cohort, "mentee") == own
    assert queries.own_application_in(amina, cohort, "mentor") is None
    with pytest.raises(NotFoundError):
        queries.own_application_for(amina, other.public_id)


def test_ticking_a_foreign_key_chooses_nobody(lena, cohort):
    mine, foreign = make_application(cohort), make_application(make_cohort(make_program()))

    chosen = queries.chosen_applications(lena, cohort, [mine.public_id, foreign.public_id, "\x00"])

    assert chosen == [mine]


def test_an_application_leads_to_its_participant(cohort):
    gone = make_mentor(cohort, left_at=now())
    make_mentor(cohort)

    assert queries.participant_of(gone.application) == gone


def test_counts_tell_roles_and_drafts_apart(cohort):
    make_application(cohort)
    make_application(cohort, role="mentor", status="accepted")
    make_application(cohort, status="draft")
    empty = make_cohort(cohort.program)

    counts, none = (queries.counts_by_cohort([cohort, empty])[c.pk] for c in (cohort, empty))

    assert (counts.sent, counts.waiting, counts.drafts) == (2, 1, 1)
    assert (counts.of("mentor"), counts.of("mentee"), counts.of(status="accepted")) == (1, 2, 1)
    assert (none.sent, none.waiting) == (0, 0)


def test_lists_cost_the_same_for_one_and_for_thirty(lena, cohort, django_assert_num_queries):
    for count in (1, 29):
        for _ in range(count):
            make_application(cohort)
        with django_assert_num_queries(1):
            found = [str(a.person) for a in queries.applications_for(lena, cohort)]
        with django_assert_num_queries(1):
            queries.counts_by_cohort([cohort])

    assert len(found) == 30


def test_people_of_the_same_name_are_pointed_out(cohort):
    application = make_application(cohort, make_person("Mei", "Tan"))
    twin, other = make_person("mei", "TAN"), make_person("Mei", "Tang")
    theirs = make_application(cohort, twin, role="mentor")
    make_application(cohort, other)
    make_application(cohort, twin, role="mentee", status="draft")

    assert queries.like_named(application) == [twin]
    assert list(queries.other_applications(application)) == [theirs]


@pytest.mark.parametrize("words", ["noemie", "MULLER", "mueller Noé", "oém", "Łucja", "lucja"])
def test_a_name_is_found_however_it_is_spelled(cohort, lena, words):
    wanted = "Łucja Müller" if "ucja" in words else "Noémie Müller"
    for name in (wanted, "Nico Moller"):
        make_application(cohort, make_person(*name.split()))

    found = queries.applications_for(lena, cohort, search=words)

    assert [str(each.person) for each in found] == [wanted]
