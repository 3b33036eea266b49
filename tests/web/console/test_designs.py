"""The steps of a design, its effect beside each, and its versions."""

import re

import pytest

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import latest_design
from lodestar.domain.programs.rules.asked import ASKED
from lodestar.web.console.design_words import STEPS, steps_of
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db


def answers_of_the_form():
    return [asked.name for asked in ASKED]


def test_each_section_of_a_design_is_saved_by_itself(lena, program):
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/design/"
    fields = browser.get(f"{address}criteria/").context["form"].fields

    posts = {
        "goals": {
            "goals-TOTAL_FORMS": "2",
            "goals-INITIAL_FORMS": "0",
            "goals-0-metric": "met_share",
            "goals-0-target": "70",
            "goals-1-metric": "usefulness",
            "goals-1-target": "",
        },
        "criteria": dict.fromkeys(fields, "0") | {"weight_0": "40", "weight_1": "10"},
        "constraints": {"min_gap": "on", "min_gap_value": "4", "not_same": "on"},
        "pace": {
            "cadence_days": "21", "hours_per_month": "3", "capacity_default": "2",
            "capacity_maximum": "4", "reply_days": "6", "first_meeting_days": "10",
            "exploring_days": "14", "replacing": "look", "most_replacements": "1", "undo_minutes": "15",
            "pulse_first_days": "30", "pulse_every_days": "60", "objective": "total",
        },
        "milestones": {
            "milestones-TOTAL_FORMS": "1", "milestones-INITIAL_FORMS": "0", "milestones-0-name": "Kick-off",
            "milestones-0-kind": "event", "milestones-0-for_whom": "both", "milestones-0-days": "3",
            "milestones-0-side": "after", "milestones-0-anchor": "starts_on", "milestones-0-lasting_days": "1",
        },
        "topics": {"topics": "Work:\nInterviews\nPay\n\nLife:\nMoving\n"},
        "needs": {},
        "form": {"required": ["topics", "about"], "remove": "style"},
        "audience": {"mentee_class_year_from": "2020", "mentor_countries": "Kenya; Uganda,, Kenya"},
        "expectations": {"mentors": "An hour a fortnight.\n\nNo advice unasked.", "mentees": ""},
        "shape": {"format": "reverse", "mode": "online"},
        "eligibility": {
            "mentor_hours_per_month_least": "2", "mentor_hours_per_month": "binding",
            "mentee_verified": "remark",
        },
        "selection": {"mentee_0_name": "Why now", "mentee_5_name": "Need", "mentor_0_answer": "about"},
        "ways": {"ways": ["rank", "ask"], "most_choices": "4", "most_asks": "2", "window_days": "3", "asks_are_read": "on"},
        "visibility": dict.fromkeys(answers_of_the_form(), "paired") | {"gender": "office"},
    }  # fmt: skip
    answers = [browser.post(f"{address}{name}/", said).status_code for name, said in posts.items()]

    design = Design.objects.get()
    assert answers == [302] * len(steps_of(latest_design(program)))
    assert [str(each) for each in design.milestones.all()] == ["Kick-off"]
    mentee, mentor = (design.audiences.get(role=role) for role in ("mentee", "mentor"))
    assert (mentee.class_year_from, mentor.countries) == (2020, ["Kenya", "Uganda"])
    assert design.expected_of("mentor") == ["An hour a fortnight.", "No advice unasked."]
    assert list(design.goals.values_list("metric", "target")) == [("met_share", 70)]
    assert list(design.criteria.values_list("name", "weight")) == [("Topics", 40), ("Industry", 10)]
    assert list(design.constraints.values_list("kind", "value")) == [
        ("not_same", "employer"),
        ("min_gap", "4"),
    ]
    assert (design.format, design.mode) == ("reverse", "online")
    assert list(design.selection.values_list("role", "name")) == [
        ("mentee", "Why now"),
        ("mentee", "Need"),
    ]
    assert list(design.eligibility.values_list("role", "kind", "least", "is_binding")) == [
        ("mentee", "verified", None, False),
        ("mentor", "at_least", 2, True),
    ]
    assert (design.ways, design.most_choices, design.asks_are_read) == (["ask", "rank"], 4, True)
    assert (design.visibility["about"], design.visibility["gender"]) == ("paired", "office")
    assert (design.cadence_days, design.capacity_default, design.objective) == (21, 2, "total")
    assert design.topics == [
        {"group": "Work", "topics": ["Interviews", "Pay"]},
        {"group": "Life", "topics": ["Moving"]},
    ]


@pytest.mark.parametrize(
    ("section", "said", "words"),
    [
        ("eligibility", {"mentor_capacity": "binding"}, "Say how many, or do not ask for it."),
        ("eligibility", {"mentor_capacity_least": "2"}, "Say whether it is remarked on"),
        ("pace", {"capacity_default": "5", "capacity_maximum": "2"}, "but may have at most 2"),
        ("constraints", {"min_gap": "on", "min_gap_value": ""}, "This rule needs a number."),
        ("criteria", {"weight_0": "0"}, "Please answer this one."),
        ("topics", {"topics": ":"}, "Write down at least one topic."),
        ("shape", {"format": "pod", "mode": "online"}, "pod"),
        ("selection", {"mentor_3_weak": "Nothing."}, "Give this one a name, or empty all of it."),
        ("selection", {"mentor_0_name": "x" * 61}, "60"),
        ("ways", {}, "Choose at least one way in which two people find each other."),
        ("ways", {"ways": ["dice"]}, "dice"),
        ("ways", {"ways": ["ask"], "most_choices": "11"}, "less than or equal to 10"),
        ("visibility", {"about": "everybody"}, "everybody"),
    ],
)
def test_what_makes_no_sense_is_asked_again(lena, program, section, said, words):
    answer = signed_in(lena).post(f"/console/programs/{program.public_id}/design/{section}/", said)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_weights_are_shown_as_shares_of_a_hundred(lena, program):
    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/criteria/")

    shares = [share for _field, _sentence, share, _part in page.context["weights"]]
    assert (sum(shares), shares[0]) == (100, 100)


def test_changing_a_design_in_use_makes_a_version_for_the_next_cohort(lena, program):
    cohort = make_cohort(program)
    browser = signed_in(lena)

    answer = browser.post(
        f"/console/programs/{program.public_id}/design/topics/", {"topics": "Pay"}, follow=True
    )

    cohort.refresh_from_db()
    assert (cohort.design.version, latest_design(program).version) == (1, 2)
    assert "Saved as version 2" in answer.content.decode()


@pytest.mark.parametrize("step", [step for step in STEPS if step != "groups"])
def test_each_step_is_a_page_that_says_what_it_does(lena, program, step):
    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/{step}/")

    assert page.status_code == 200
    assert page.context["effects"]
    assert all(sentence.endswith(".") for sentence in page.context["effects"])


def test_groups_are_designed_in_a_step_of_their_own_and_have_no_ways_of_pairs(lena, program):
    Design.objects.update(format="group", capacity_default=4, capacity_maximum=6)
    address = f"/console/programs/{program.public_id}/design/"
    browser = signed_in(lena)
    said = {
        "least": "3", "most": "5", "led_by": "turns", "most_employer": "1",
        "field_0": "gender", "value_0": "woman", "count_0": "2",
    }  # fmt: skip

    page = browser.get(f"{address}groups/")
    kept = browser.post(f"{address}groups/", said)
    refused = browser.post(f"{address}groups/", said | {"least": "6"})

    design = latest_design(program)
    assert (page.status_code, kept.status_code, refused.status_code) == (200, 302, 422)
    assert all(sentence.endswith(".") for sentence in page.context["effects"])
    assert (design.group_least, design.group_most, design.led_by) == (3, 5, "turns")
    assert [(r["kind"], r["field"], r["count"], r["value"]) for r in design.group_rules] == [
        ("at_most", "employer", 1, ""),
        ("not_alone", "gender", 2, "woman"),
    ]
    assert browser.get(f"{address}ways/").status_code == 404
    assert "objective" not in browser.get(f"{address}pace/").context["form"].fields


def test_a_step_that_is_none_does_not_exist(lena, program):
    assert (
        signed_in(lena).get(f"/console/programs/{program.public_id}/design/no/").status_code == 404
    )


def test_what_is_typed_is_kept_by_the_way_and_its_effect_shown(lena, program):
    address = f"/console/programs/{program.public_id}/design/topics/"
    by_the_way = {"HTTP_HX_REQUEST": "true"}
    browser = signed_in(lena)

    kept = browser.post(address, {"topics": "Pay\nInterviews"}, **by_the_way)
    refused = browser.post(address, {"topics": ":"}, **by_the_way)

    assert (kept.status_code, refused.status_code) == (200, 422)
    assert "2 topics to choose from." in kept.content.decode()
    assert "saved in version 1" in kept.content.decode()
    assert "<html" not in kept.content.decode()
    assert "Not saved yet" in refused.content.decode()
    assert latest_design(program).topics == [{"group": "", "topics": ["Pay", "Interviews"]}]


def test_the_overview_counts_what_contradicts_itself_beside_its_step(lena):
    program = make_program(coordinator=lena)
    make_design(program, with_goal=False)

    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/")

    lines = {line.key: line for line in page.context["overview"]}
    assert (lines["goals"].obstacles, lines["goals"].state) == (1, "now")
    assert lines["criteria"].state == "done"
    assert f"/console/programs/{program.public_id}/design/goals/" in page.content.decode()


def test_of_two_who_change_one_step_the_second_is_told(lena, program):
    other = make_person("Per", "Lund")
    make_coordinator(program, other)
    address = f"/console/programs/{program.public_id}/design/topics/"
    mine, theirs = signed_in(lena), signed_in(other)
    seen = mine.get(address).context["seen"]

    first = theirs.post(address, {"topics": "Pay", "seen": seen})
    second = mine.post(address, {"topics": "Interviews", "seen": seen})
    third = mine.post(address, {"topics": "Interviews", "seen": second.context["seen"]})

    assert [each.status_code for each in (first, second, third)] == [302, 422, 422]
    assert "Somebody else changed this step" in second.content.decode()
    assert "Interviews" in second.content.decode()
    assert latest_design(program).topics == [{"group": "", "topics": ["Pay"]}]


def test_what_is_kept_by_the_way_goes_on_from_what_was_kept(lena, program):
    address = f"/console/programs/{program.public_id}/design/topics/"
    browser, by_the_way = signed_in(lena), {"HTTP_HX_REQUEST": "true"}
    first = browser.get(address).context["seen"]

    kept = browser.post(address, {"topics": "Pay", "seen": first}, **by_the_way)
    then = re.search(r'id="seen" value="(\w+)"', kept.content.decode())[1]
    again = browser.post(address, {"topics": "Pay\nWork", "seen": then}, **by_the_way)

    assert first != then
    assert (kept.status_code, again.status_code) == (200, 200)


def test_other_steps_do_not_stand_in_each_others_way(lena, program):
    browser = signed_in(lena)
    address = f"/console/programs/{program.public_id}/design/"
    seen = browser.get(f"{address}expectations/").context["seen"]

    browser.post(f"{address}topics/", {"topics": "Pay"})
    answer = browser.post(
        f"{address}expectations/", {"mentors": "Listen.", "mentees": "", "seen": seen}
    )

    assert answer.status_code == 302


def test_versions_are_told_with_their_cohorts(lena, program):
    first = latest_design(program)
    make_cohort(program, design=first, name="Spring")
    second = make_design(program, cadence_days=7)

    page = signed_in(lena).get(f"/console/programs/{program.public_id}/versions/")

    stories = page.context["stories"]
    assert [story.design for story in stories] == [second, first]
    words = page.content.decode()
    assert "Days between two talks: 7 instead of 14." in words
    assert "The first version." in words
    assert "No cohort keeps it." in words
    assert ">Spring</a>" in words


def test_weights_of_nothing_are_refused_with_their_shares_as_typed(lena, program):
    address = f"/console/programs/{program.public_id}/design/criteria/"
    browser = signed_in(lena)
    names = list(browser.get(address).context["form"].fields)

    nothing = browser.post(address, dict.fromkeys(names, "0"))
    below = browser.post(address, dict.fromkeys(names, "0") | {names[0]: "-5"})

    assert nothing.status_code == below.status_code == 422
    assert "Give at least one criterion a weight above 0." in nothing.content.decode()
    assert {share for _field, _words, share, _part in nothing.context["weights"]} == {0}
    assert below.context["refusals"] == [
        "Topics · Ensure this value is greater than or equal to 0."
    ]


def test_a_country_that_the_roll_does_not_know_is_named(lena, program):
    make_person("Amina", "Odhiambo", country="Kenya")
    address = f"/console/programs/{program.public_id}/design/audience/"
    browser = signed_in(lena)

    browser.post(address, {"mentor_countries": "kenya, Narnia"})

    assert "Nobody on the roll lives in “Narnia”." in browser.get(address).content.decode()


def test_the_two_numbers_of_the_rules_are_told_apart(lena, program):
    page = signed_in(lena).get(f"/console/programs/{program.public_id}/design/constraints/")

    labels = re.findall(r"<span>([^<]+)</span> <input", page.content.decode())
    assert labels == ["Hours apart at most", "Years ahead at least"]


def test_who_sees_what_names_the_reviewers_and_what_they_read(lena, program):
    address = f"/console/programs/{program.public_id}/design/visibility/"
    make_cohort(program)
    latest_design(program).selection.all().delete()
    before = signed_in(lena).get(address).content.decode()
    latest_design(program).selection.create(
        role="mentee", name="Why now", answer="about", position=0
    )
    after = signed_in(lena).get(address).content.decode()

    assert "No partner reads, only the office and the matching:" in before
    assert "Reviewers read as well" not in before
    assert "Reviewers read as well, without names: Own words." in after
