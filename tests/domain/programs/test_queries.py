from datetime import date, timedelta

import pytest

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, today
from lodestar.domain.people.models import Education
from lodestar.domain.programs import queries
from lodestar.domain.programs.models import Audience
from lodestar.domain.programs.queries.reach import SMALLEST_ROLL
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db


def test_coordinators_see_their_own_programs_even_beside_like_named_ones():
    lena, other = make_person("Lena", "Berg"), make_person("Lena", "Berg")
    mine, theirs = make_program(coordinator=lena), make_program(coordinator=other)

    assert list(queries.programs_for(lena)) == [mine]
    assert queries.program_for(lena, mine.public_id) == mine
    with pytest.raises(NotFoundError):
        queries.program_for(lena, theirs.public_id)


def test_an_admin_sees_no_program_that_they_do_not_coordinate():
    admin = make_person()
    make_role(admin)
    cohort = make_cohort()

    assert list(queries.programs_for(admin)) == []
    assert queries.may_create_program(admin)
    with pytest.raises(NotFoundError):
        queries.cohort_for(admin, cohort.public_id)


@pytest.mark.parametrize("key", ["", "x" * 16, "0", "\x00", "9" * 400])
def test_a_guessed_key_finds_nothing(key):
    lena = make_person("Lena", "Berg")
    make_cohort(make_program(coordinator=lena))

    with pytest.raises(NotFoundError):
        queries.cohort_for(lena, key)


def test_a_coordinator_row_is_found_by_those_of_the_same_program_only():
    lena, eve = make_person("Lena", "Berg"), make_person("Eve", "Else")
    row = make_coordinator(make_program(), lena)

    assert queries.coordinator_for(lena, row.public_id) == row
    with pytest.raises(NotFoundError):
        queries.coordinator_for(eve, row.public_id)


def test_only_public_programs_are_shown():
    shown = make_program(name="B")
    hidden = make_program(name="A", is_public=False)

    assert list(queries.public_programs()) == [shown]
    assert queries.public_program(shown.slug) == shown
    with pytest.raises(NotFoundError):
        queries.public_program(hidden.slug)


def test_a_visitor_is_shown_the_open_cohort_else_the_next_else_the_last():
    program = make_program()
    shown = [queries.cohort_to_show(program, today())]
    for opens_in in (-400, -60, 60, 30, -5):
        make_cohort(program, opens_in=opens_in)
        shown.append(queries.cohort_to_show(program, today()))
    make_cohort(program, opens_in=-6, is_published=False)

    days = [cohort and (cohort.opens_on - today()).days for cohort in shown]
    assert days == [None, -400, -60, 60, 30, -5]
    assert queries.cohort_to_show(program, today()) == shown[-1]


def test_open_programs_come_first_on_the_front_page():
    make_cohort(make_program(name="Alpha"), opens_in=-60)
    make_cohort(make_program(name="Beta"))
    make_program(name="Gamma")

    assert [(o.program.name, o.state) for o in queries.offers(today())] == [
        ("Beta", "open"),
        ("Alpha", "running"),
        ("Gamma", None),
    ]


def test_programs_cost_the_same_for_one_and_for_thirty(django_assert_num_queries):
    lena = make_person("Lena", "Berg")
    for count in (1, 29):
        for _ in range(count):
            make_cohort(make_program(coordinator=lena))
        with django_assert_num_queries(2):
            found = [list(program.cohorts.all()) for program in queries.programs_for(lena)]

    assert len(found) == 30


@pytest.mark.parametrize(
    ("opens_in", "is_published", "due"), [(-22, True, 1), (-21, True, 0), (-22, False, 0)]
)
def test_cohorts_freeze_on_the_day_after_closing(opens_in, is_published, due):
    make_cohort(opens_in=opens_in, is_published=is_published)

    assert queries.cohorts_to_freeze(today()).count() == due


def test_contradictions_are_read_from_the_rows():
    cohort = make_cohort(is_published=False)

    codes = [each.code for each in queries.obstacles_of(cohort, today())]

    assert codes == ["nobody_looks_after_it"]
    assert len(queries.obstacles_of(cohort, today() + timedelta(days=60))) == 2


def test_nobody_coordinates_nothing():
    program = make_program()

    assert not queries.is_coordinator(None, program)
    assert not queries.coordinates_anything(None)
    assert not queries.may_create_program(make_person())


@pytest.fixture
def roll():
    """Three people: one within, one outside, one of whom the roll knows little."""
    inside = make_person("Amina", "Okoye", class_year=2021, country="Kenya")
    Education.objects.create(person=inside, field="Civil Engineering")
    Education.objects.create(person=inside, field="Software engineering")
    outside = make_person("Bo", "Lund", class_year=1998, country="kenya")
    Education.objects.create(person=outside, field="Civil Engineering")
    make_person("فاطمة", "الزهراء", country="Kenya")
    make_person("Shut", "Out", class_year=2021, blocked_at=now())


@pytest.mark.parametrize(
    ("rules", "counts"),
    [
        ({}, (3, 0, 3)),
        ({"class_year_from": 2020}, (1, 1, 3)),
        ({"class_year_to": 2000}, (1, 1, 3)),
        ({"countries": ["KENYA", "Uganda"]}, (3, 0, 3)),
        ({"countries": ["Uganda"]}, (0, 0, 3)),
        ({"fields_of_study": ["engineering"], "class_year_from": 2020}, (1, 1, 3)),
        ({"industries": ["Law"]}, (0, 3, 3)),
    ],
)
def test_the_roll_is_counted_by_what_it_knows(roll, rules, counts):
    audience = Audience(design=make_design(), role="mentee", **rules)

    reach = queries.reach_of(audience)

    assert (reach.inside, reach.unknown, reach.everybody) == counts


def test_a_roll_not_yet_imported_stands_in_nobodys_way():
    audience = Audience(design=make_design(), role="mentee", countries=["Atlantis"])
    for number in range(SMALLEST_ROLL - 1):
        make_person(f"Person {number}", "Okoye", country="Kenya")

    before = queries.possible_by_role([audience])
    make_person("Amina", "Okoye", country="Kenya")

    assert (before, queries.possible_by_role([audience])) == ({}, {"mentee": 0})


def test_the_next_cohort_is_proposed_like_the_last_a_year_on():
    program = make_program(template="flash")

    first = queries.proposed_phases(program, date(2027, 3, 3))
    make_cohort(program, opens_in=-400)
    later = queries.proposed_phases(program, today())
    clone = make_program(like=program)

    assert (first.opens_on, (first.ends_on - first.starts_on).days) == (date(2027, 3, 8), 42)
    assert 0 <= (later.opens_on - today()).days < 364
    assert (later.ends_on - later.opens_on).days == 222
    assert queries.proposed_phases(clone, today()) == later


OPEN, CLOSED, MATCHING, RUNNING, OVER = -7, -25, -30, -60, -300


@pytest.mark.parametrize(
    ("opens_in", "expected"),
    [
        ([], None),
        ([OVER], OVER),
        ([OVER - 300, OVER], OVER),
        ([OVER, 5], 5),
        ([30, 5], 5),
        ([5, RUNNING], RUNNING),
        ([RUNNING, OPEN], OPEN),
        ([OPEN, CLOSED], CLOSED),
        ([CLOSED, MATCHING, RUNNING], MATCHING),
    ],
)
def test_the_cohort_that_matters_is_the_one_the_office_works_on(opens_in, expected):
    program = make_program()
    made = {days: make_cohort(program, opens_in=days) for days in opens_in}
    make_cohort(make_program(), opens_in=OPEN)

    assert queries.cohort_that_matters(program, today()) == made.get(expected)


def test_the_trial_run_before_a_cohort_is_the_last_of_its_program():
    program = make_program()
    make_cohort(program, opens_in=OVER - 300, is_pilot=True)
    last = make_cohort(program, opens_in=OVER, is_pilot=True)
    make_cohort(program, opens_in=OVER)
    cohort = make_cohort(program)
    make_cohort(program, opens_in=30, is_pilot=True)

    assert queries.trial_run_before(cohort) == last
    assert queries.trial_run_before(make_cohort()) is None
