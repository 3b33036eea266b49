"""A coordinator makes the application form: the list, one question, and how it looks on a phone."""

import pytest

from lodestar.domain.forms.rules import USUAL_FORM, form_from
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import state_of_step
from lodestar.domain.programs.rules.asked import form_of, shown_from
from lodestar.web.common.asking.parts import Asking
from tests.factories.applications import MENTEE_ANSWERS, make_application
from tests.factories.forms import ask, make_question
from tests.factories.people import signed_in
from tests.factories.programs import make_cohort, make_criterion, make_design, make_program

pytestmark = pytest.mark.django_db
SPORT = make_question(use="match")
RUNS = make_question("runs", "Do you run?", "yes_no", step="you")
FRAGMENT = {"HX-Request": "true"}
A_QUESTION = {
    "label": "Which instrument do you play?", "help": "One is enough.", "kind": "one", "step": "topics", "role": "both",
    "use": "match", "shown": "proposal", "option_0": "Piano", "option_1": "Violin", "is_lasting": "on",
}  # fmt: skip


@pytest.fixture
def design(lena):
    return make_design(make_program(coordinator=lena))


@pytest.fixture
def browser(lena):
    return signed_in(lena)


def place(design, end=""):
    return f"/console/programs/{design.program.public_id}/design/form/{end}"


def latest(design):
    return design.program.designs.order_by("-version").first()


def own_of(design):
    return [question for question in form_of(latest(design)) if question.is_own]


def test_a_question_of_one_s_own_is_added_and_weighed(design, browser):
    empty = browser.get(place(design, "new/") + "?step=topics")
    answer = browser.post(place(design, "new/"), A_QUESTION)
    criteria = browser.get(f"/console/programs/{design.program.public_id}/design/criteria/")

    (question,) = own_of(design)
    assert empty.context["form"].initial["step"] == "topics"
    assert answer["Location"] == place(design) + "#row-q_which_instrument_do_you"
    assert (question.key, question.step, question.use, question.is_lasting) == (
        "q_which_instrument_do_you", "topics", "match", True,
    )  # fmt: skip
    assert question.option_keys == ("Piano", "Violin")
    assert shown_from(latest(design), question.key) == "proposal"
    assert ("Which instrument do you play?", "category", "q_which_instrument_do_you") in [
        (wish.name, wish.kind, wish.field) for wish in criteria.context["form"].wishes
    ]
    assert "Your own question: both gave the same answer" in criteria.content.decode()


def test_the_list_says_what_each_question_does(design, browser):
    ask(
        design,
        SPORT,
        RUNS,
        make_question("far", "How far?", "short", only_if=("runs", "yes")),
        sport="paired",
    )
    make_criterion(design, "Sport", "category", "q_sport", 10)
    cohort = make_cohort(design.program, design=design)
    for answers in ({"q_sport": "Chess"}, {}):
        make_application(cohort, answers=MENTEE_ANSWERS | answers)

    page = browser.get(place(design)).content.decode()
    chosen = browser.get(place(design, "q_sport/")).context["chosen"]

    assert chosen == [("Running", 0), ("Chess and go", 1), ("Sailing", 0)]
    for sentence in (
        "Matching weighs it at 25 of 100.",
        "Shown to the partner once both said yes.",
        f"1 of 2 answered it in “{cohort.name}”.",
        "Asked only of those who answer “Yes” to “Do you run?”.",
    ):
        assert sentence in page


def test_a_better_wording_keeps_those_who_chose_it(design, browser):
    ask(design, SPORT)
    said = browser.get(place(design, "q_sport/")).context["form"].initial
    typed = {name: value for name, value in said.items() if value not in (None, False, [])}

    browser.post(
        place(design, "q_sport/"),
        typed
        | {
            "option_0": "Running and walking",
            "option_1": "",
            "option_2": "Sailing",
            "more": "Golf\nPolo\n",
        },
    )

    (question,) = own_of(design)
    assert [(o.key, o.label) for o in question.options] == [
        ("Running", "Running and walking"), ("Sailing", "Sailing"), ("Golf", "Golf"), ("Polo", "Polo"),
    ]  # fmt: skip


def test_it_is_asked_only_of_some_and_in_another_language(design, browser):
    ask(design, RUNS)
    said = A_QUESTION | {
        "step": "words",
        "condition": ["q_runs=yes"],
        "add_language": "de",
        "stay": "yes",
    }
    answer = browser.post(place(design, "new/"), said)
    key = own_of(design)[-1].key
    browser.post(
        answer["Location"],
        A_QUESTION
        | {
            "step": "words",
            "condition": ["q_runs=yes"],
            "de_label": "Welches Instrument?",
            "de_option_0": "Klavier",
        },
    )

    question = own_of(design)[-1]
    assert answer["Location"] == place(design, f"{key}/")
    assert (question.condition.question, question.condition.values) == ("q_runs", ("yes",))
    assert question.words["de"].label == "Welches Instrument?"
    assert question.words["de"].options == {"Piano": "Klavier"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"label": ""}, "Write the question."),
        ({"option_1": ""}, "needs at least two things"),
        ({"option_1": "piano"}, "the same choice twice"),
        ({"kind": "number"}, "matching compares neither"),
        (
            {"condition": ["q_runs=yes", "style=listens"]},
            "A question follows from one other question",
        ),
        ({"kind": "nonsense"}, "Select a valid choice"),
        ({"most": "99999999999999999999"}, "less than or equal"),
    ],
)
def test_what_is_no_question_is_asked_again_with_nothing_lost(design, browser, changes, words):
    ask(design, RUNS)

    answer = browser.post(place(design, "new/"), A_QUESTION | changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="One is enough."' in answer.content.decode()
    assert len(own_of(design)) == 1


def test_what_is_typed_is_kept_by_the_way_and_the_effect_is_said(design, browser):
    ask(design, SPORT)
    seen = state_of_step(design, "form")
    typed = A_QUESTION | {"label": "Which sport?", "seen": seen, "use": "brief", "shown": "office"}

    answer = browser.post(place(design, "q_sport/"), typed, headers=FRAGMENT)
    page = answer.content.decode()

    assert "<html" not in page
    assert "saved in version" in page
    assert "“Which sport?” is asked for the partner, who never reads the answer." in page
    assert f'value="{state_of_step(latest(design), "form")}"' in page


def test_somebody_else_changed_the_form_meanwhile(design, browser):
    ask(design, SPORT)
    seen = state_of_step(design, "form")
    ask(design, SPORT, RUNS)

    answers = [
        browser.post(place(design, end), said | {"seen": seen})
        for end, said in (("q_sport/", A_QUESTION), ("", {"remove": "q_sport"}))
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("Somebody else changed this step" in a.content.decode() for a in answers)
    assert len(own_of(design)) == 2


def keys(design):
    return [question.key for question in form_of(latest(design))]


def must(design):
    return [question.key for question in form_of(latest(design)) if question.is_required]


def test_questions_move_by_their_buttons_across_pages_too(design, browser):
    required = {"required": [q.key for q in USUAL_FORM if q.is_required]}
    up = browser.post(place(design), required | {"move": "time_zone:up"})
    browser.post(place(design), required | {"move": "topics:up"})
    browser.post(place(design), required | {"move": "gender:down"})
    browser.post(place(design), required | {"move": "gender:before:place"})
    browser.post(place(design), required | {"move": "nobody:up"})

    assert up["Location"] == place(design) + "#row-time_zone"
    assert keys(design)[:4] == ["time_zone", "gender", "place", "languages"]
    assert [(q.key, q.step) for q in form_of(latest(design))][6:9] == [
        ("field_of_study", "you"), ("topics", "you"), ("capacity", "topics"),
    ]  # fmt: skip


def test_a_usual_question_is_left_out_and_asked_again(design, browser):
    required = {"required": ["topics", "style"]}
    browser.post(place(design), required | {"remove": "style"})
    without = browser.get(place(design)).context["form"].left_out
    browser.post(place(design), {"required": ["topics"], "put": "style"})

    assert without == [("style", "Way of working")]
    assert keys(design)[-1] == "style"
    assert must(design) == ["topics"]


def test_what_matching_weighs_is_not_left_out(design, browser):
    answer = browser.post(place(design), {"remove": "topics"})

    assert answer.status_code == 422
    assert "“Topics” stays: “Topics”, which matching weighs needs it." in answer.content.decode()
    assert design.form == []


def test_a_usual_question_is_worded_one_s_own_way(design, browser):
    page = browser.get(place(design, "about/")).content.decode()
    browser.post(
        place(design, "about/"), {"label": "Why now?", "help": "", "step": "you", "shown": "paired"}
    )

    (about,) = [question for question in form_of(latest(design)) if question.key == "about"]
    assert "How it is answered" not in page
    assert (about.label, about.step, about.is_required, about.use) == (
        "Why now?",
        "you",
        False,
        "match",
    )
    assert shown_from(latest(design), "about") == "paired"


def test_a_form_in_use_becomes_the_next_version(design, browser):
    cohort = make_cohort(design.program, design=design)

    page = browser.post(place(design, "new/"), A_QUESTION, follow=True).content.decode()

    cohort.refresh_from_db()
    assert "Saved as version 2." in page
    assert (cohort.design.form, latest(design).version) == ([], 2)


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_the_preview_is_the_form_and_keeps_nothing(design, browser, role):
    ask(design, RUNS, make_question("far", "How far?", "short", only_if=("runs", "yes")))
    empty = browser.get(place(design, f"preview/{role}/"))
    filled = browser.post(place(design, f"preview/{role}/"), {"q_runs": "yes"})
    fragment = browser.post(
        place(design, f"preview/{role}/"), {"q_runs": "yes", "look": "yes"}, headers=FRAGMENT
    )

    assert "How far?" not in [str(field.label) for field in empty.context["form"]]
    assert "Asked only of those who answer “Yes” to “Do you run?”." in empty.content.decode()
    assert "q_far" in filled.context["form"].fields
    assert "<html" not in fragment.content.decode()
    assert Design.objects.count() == 1
    assert form_from(latest(design).form) == form_of(design)


def test_the_preview_is_read_in_each_language_and_unknown_ones_are_ignored(design, browser):
    words = {"de": {"label": "Laufen Sie?", "help": "", "options": {}}}
    design.form = [
        {"key": "q_runs", "kind": "yes_no", "step": "you", "label": "Do you run?", "words": words}
    ]
    design.save()

    told = [
        browser.get(place(design, f"preview/mentee/?in={code}")).content.decode()
        for code in ("de", "xx")
    ]

    assert ["Laufen Sie?" in page for page in told] == [True, False]


@pytest.mark.parametrize("end", ["q_nobody/", "preview/nobody/", "x/y/"])
def test_what_is_not_there_is_not_found(design, browser, end):
    assert browser.get(place(design, end)).status_code == 404


@pytest.mark.parametrize(
    ("shown", "office", "applicant"),
    [
        ("office", "The office, the matching and reviewers read it.",
         "The office, the matching, and those who read applications without names see this."),
        ("proposal", "Shown to the partner with the proposal. Reviewers read it.",
         "Your partner sees this with the proposal. Those who read applications without names see it too."),
    ],
)  # fmt: skip
def test_that_reviewers_read_an_answer_is_kept_and_told_to_both(
    design, browser, shown, office, applicant
):
    browser.post(place(design, "new/"), A_QUESTION | {"shown": shown, "is_for_reviewers": "on"})

    (question,) = own_of(design)
    assert question.is_for_reviewers
    assert office in browser.get(place(design)).content.decode()
    assert Asking(latest(design), "mentee").seen(question) == applicant


def test_what_a_rubric_is_read_off_is_never_said_to_be_the_office_s_alone(design, browser):
    design.selection.create(role="mentee", name="Drive", answer="hours_per_month")
    hours = next(each for each in form_of(design) if each.key == "hours_per_month")

    told = [Asking(design, role).seen(hours) for role in ("mentee", "mentor")]

    assert told == [
        "The office, the matching, and those who read applications without names see this.",
        "Only the office and the matching see this.",
    ]
    assert "The office, the matching and reviewers read it." in browser.get(place(design)).content.decode()  # fmt: skip


@pytest.mark.parametrize(
    ("role", "fields", "says"),
    [
        ("mentor", (), True),
        ("mentor", ("q_sport", "q_sport"), True),
        ("mentor", ("industry", "q_sport"), False),
        ("both", (), False),
    ],
)
def test_a_question_for_matching_that_one_side_is_asked_says_that_it_cannot_count(
    design, browser, role, fields, says
):
    ask(design, make_question(use="match", role=role))
    for mentee_field, mentor_field in [fields] if fields else []:
        criterion = make_criterion(design, "Sport", "category", mentee_field, 10)
        type(criterion).objects.filter(pk=criterion.pk).update(mentor_field=mentor_field)

    page = browser.get(place(design)).content.decode()

    assert ("there is nothing to compare it with. Ask both." in page) == says


def test_answers_for_the_numbers_are_counted_with_them_from_five_on(design, browser):
    ask(design, make_question(use="report"), make_question("runs", "Do you run?", "yes_no"))
    cohort = make_cohort(design.program, design=design)
    said = ["Chess"] * 7 + ["Running"] * 2
    for answer in said:
        make_application(cohort, answers=MENTEE_ANSWERS | {"q_sport": answer})

    numbers = f"/console/cohorts/{cohort.public_id}/insights/"
    mentees, mentors = (
        browser.get(numbers, {"role": role}).context["answers"] for role in ("mentee", "mentor")
    )
    page = browser.get(numbers).content.decode()

    assert [(each.name, each.tally.answered, each.tally.asked) for each in mentees] == [
        ("Which sport do you do?", 9, 9)
    ]
    assert dict(mentees[0].counts)["Running"] == "fewer than 5"
    chosen = browser.get(place(design, "q_sport/")).context["chosen"]
    assert dict(chosen)["Running"] == "fewer than 5"
    assert "What mentees answered for the numbers" in page
    assert "9 of 9 answered it." in page
    assert "Do you run?" not in page
    assert [each.tally.answered for each in mentors] == [0]
