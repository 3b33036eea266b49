"""The step of a design that says what happens when."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format

from lodestar.domain.programs.actions import set_milestones
from lodestar.domain.programs.queries import latest_design
from lodestar.domain.programs.rules.milestones import MilestoneWish
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_coordinator

pytestmark = pytest.mark.django_db

KICK_OFF = MilestoneWish("event", "Kick-off", "both", "starts_on", 3, text="We all meet.")
WELCOME = MilestoneWish("onboarding", "Welcome", "mentor", "matching_on", -7, 5)
BY_THE_WAY = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def address(program):
    return f"/console/programs/{program.public_id}/design/milestones/"


def row(name, **said):
    usual = {
        "kind": "event",
        "for_whom": "both",
        "days": "3",
        "side": "after",
        "anchor": "starts_on",
    }
    return {"name": name, "lasting_days": "1", "place": "", "text": ""} | usual | said


def posted(*rows, kept=0, **more):
    """Return a form with these rows, of which the first were there already."""
    management = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": kept}
    said = {f"milestones-{name}": str(number) for name, number in management.items()}
    for place, each in enumerate(rows):
        said |= {f"milestones-{place}-{name}": value for name, value in each.items()}
    return said | more


def told(program):
    rows = latest_design(program).milestones.all()
    return list(rows.values_list("name", "for_whom", "anchor", "offset_days", "lasting_days"))


def test_rows_are_added_changed_and_taken_out(lena, program, address):
    set_milestones(latest_design(program), by=lena, milestones=[WELCOME, KICK_OFF])

    answer = signed_in(lena).post(
        address,
        posted(
            row("Welcome, mentors", kind="onboarding", for_whom="mentor", anchor="closes_on"),
            row("Kick-off", DELETE="on"),
            row("Closing", days="7", side="before", anchor="ends_on", lasting_days="2"),
            row(""),
            kept=2,
        ),
    )

    assert (answer.status_code, answer.url) == (302, address.replace("milestones", "topics"))
    assert told(program) == [
        ("Welcome, mentors", "mentor", "closes_on", 3, 1),
        ("Closing", "both", "ends_on", -7, 2),
    ]


def test_a_row_that_was_kept_by_the_way_is_still_there_after_the_next_look(lena, program, address):
    browser = signed_in(lena)
    said = posted(row("Kick-off"), row(""))

    answers = [browser.post(address, said, **BY_THE_WAY).status_code for _ in range(2)]

    assert (answers, told(program)) == ([200, 200], [("Kick-off", "both", "starts_on", 3, 1)])


def test_whoever_adds_another_stays_at_the_step(lena, program, address):
    answer = signed_in(lena).post(address, posted(row("Kick-off"), stay="yes"), follow=True)

    assert answer.redirect_chain == [(address, 302)]
    assert [each.form.title() for each in answer.context["rows"]] == ["Kick-off", ""]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            row("", text="We all meet."),
            "Row 1 · What people call it · Give it a name, or take it out.",
        ),
        (row("Kick-off", days="-1"), "Kick-off · How many days · "),
        (row("Kick-off", days="401"), "Kick-off · How many days · "),
        (row("Kick-off", lasting_days="0"), "Kick-off · Days it lasts · "),
        (row("Kick-off", anchor="someday"), "Kick-off · Counted from the day on which · "),
        (row("Kick-off", for_whom="nobody"), "Kick-off · For whom · "),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_kept(lena, program, address, said, words):
    answer = signed_in(lena).post(address, posted(row("Welcome"), said))
    by_the_way = signed_in(lena).post(address, posted(said), **BY_THE_WAY)

    assert (answer.status_code, by_the_way.status_code) == (422, 422)
    assert words.replace("Row 1", "Row 2") in answer.content.decode()
    assert words in by_the_way.content.decode()
    assert told(program) == []


def test_a_form_without_its_count_of_rows_changes_nothing(lena, program, address):
    set_milestones(latest_design(program), by=lena, milestones=[KICK_OFF])

    answer = signed_in(lena).post(address, {"milestones-0-name": "Closing"})

    assert answer.status_code == 422
    assert told(program) == [("Kick-off", "both", "starts_on", 3, 1)]


def test_a_row_that_is_taken_out_need_not_be_right(lena, program, address):
    set_milestones(latest_design(program), by=lena, milestones=[KICK_OFF])

    signed_in(lena).post(address, posted(row("Kick-off", days="x", DELETE="on"), kept=1))

    assert told(program) == []


def test_each_row_has_its_day_in_the_planned_cohort(lena, program, address):
    set_milestones(latest_design(program), by=lena, milestones=[KICK_OFF])
    browser = signed_in(lena)

    before = browser.get(address).content.decode()
    cohort = make_cohort(program, is_published=False, opens_in=30, name="Spring")
    page = browser.get(address)

    day = cohort.starts_on + timedelta(days=3)
    assert "3 days after the mentorships start" in before
    assert "As soon as a cohort is planned" in before
    assert [each.days for each in page.context["rows"]] == [(day, day), None]
    assert (
        f"{date_format(day, 'j F Y')}: Kick-off, for mentors and mentees."
        in page.context["effects"]
    )
    assert "The days are those of “Spring”." in page.content.decode()


def test_what_is_typed_moves_the_day_beside_it(lena, program, address):
    cohort = make_cohort(program, is_published=False, opens_in=30)

    kept = signed_in(lena).post(address, posted(row("Kick-off", days="5")), **BY_THE_WAY)

    day = date_format(cohort.starts_on + timedelta(days=5), "Y-m-d")
    words = kept.content.decode()
    assert 'id="milestones-0-when" hx-swap-oob="true"' in words
    assert f'<time datetime="{day}">' in words


def test_of_two_who_change_the_step_the_second_is_told(lena, program, address):
    other = make_person("Per", "Lund")
    make_coordinator(program, other)
    mine, theirs = signed_in(lena), signed_in(other)
    seen = mine.get(address).context["seen"]

    theirs.post(address, posted(row("Kick-off"), seen=seen))
    answer = mine.post(address, posted(row("Closing"), seen=seen))

    assert answer.status_code == 422
    assert "Somebody else changed this step" in answer.content.decode()
    assert "Closing" in answer.content.decode()
    assert [name for name, *_ in told(program)] == ["Kick-off"]


def test_a_contradiction_stands_beside_the_step(lena, program, address):
    design = latest_design(program)
    late = MilestoneWish("event", "Party", "both", "ends_on", 1, text="Cake.", place="The hall")
    set_milestones(design, by=lena, milestones=[WELCOME, late])
    make_cohort(program, is_published=False, opens_in=30)

    page = signed_in(lena).get(address)

    found = {each.code: each.blocks for each in page.context["contradictions"]}
    assert found == {
        "goes_on_after_the_end": True,
        "nobody_is_welcomed": False,
        "milestone_without_words": False,
    }


def test_without_any_the_step_says_what_people_are_told(lena, program, address):
    page = signed_in(lena).get(address)

    assert page.context["effects"] == [
        "People are told the five days of the cohort and nothing else."
    ]
