"""Forms as plain data: what is asked, what is missing, how answers are kept, what a change does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.forms.asking import (
    counted,
    is_answered,
    missing,
    possible,
    seconds_of,
    visible,
)
from lodestar.engine.forms.changes import held
from lodestar.engine.forms.cleaning import cleaned
from lodestar.engine.forms.inventing import invented
from lodestar.engine.forms.questions import (
    Condition,
    Kind,
    Option,
    Question,
    Use,
    Words,
    as_data,
    form_from,
    in_order,
)
from tests.tried_on import tried_on

SPORTS = (
    Option("Running", "Running"),
    Option("Chess", "Chess and go"),
    Option("Sailing", "Sailing"),
)


def own(key, kind=Kind.SHORT, **fields):
    fields.setdefault("label", key)
    if kind in (Kind.ONE, Kind.SEVERAL, Kind.RANKED):
        fields.setdefault("options", SPORTS)
    return Question(f"q_{key}", kind, **fields)


def only_if(key, *values):
    return Condition(f"q_{key}", values)


BRANCHING = (
    own("works", Kind.YES_NO, is_required=True),
    own("where", condition=only_if("works", "yes"), is_required=True),
    own("sports", Kind.SEVERAL, condition=only_if("works", "no")),
    own("boat", condition=only_if("sports", "Sailing"), is_required=True),
    own("mentors_only", role="mentor"),
)


def keys(questions):
    return [question.key.removeprefix("q_") for question in questions]


@pytest.mark.parametrize(
    ("answers", "asked", "wanting"),
    [
        ({}, ["works"], ["works"]),
        ({"q_works": "yes"}, ["works", "where"], ["where"]),
        ({"q_works": "yes", "q_where": "Graz"}, ["works", "where"], []),
        ({"q_works": "no"}, ["works", "sports"], []),
        (
            {"q_works": "no", "q_sports": ["Chess", "Sailing"]},
            ["works", "sports", "boat"],
            ["boat"],
        ),
        ({"q_works": "yes", "q_sports": ["Sailing"]}, ["works", "where"], ["where"]),
    ],
)
def test_what_is_asked_follows_from_what_was_answered(answers, asked, wanting):
    assert keys(visible(BRANCHING, "mentee", answers)) == asked
    assert keys(missing(BRANCHING, "mentee", answers)) == wanting


def test_a_role_is_asked_its_own_questions():
    assert keys(visible(BRANCHING, "mentor", {})) == ["works", "mentors_only"]


def test_usual_answers_lead_too():
    form = (
        Question("topics", step="topics"),
        own("law", condition=Condition("topics", ("Law",))),
    )

    asked = [visible(form, role, {"topics": topics}) for role, topics in
             (("mentee", ["Work", "law"]), ("mentor", {"Law": 3}), ("mentee", ["Work"]))]  # fmt: skip

    assert [len(each) for each in asked] == [2, 2, 1]


def test_a_condition_on_something_later_or_on_itself_never_holds():
    form = (
        own("first", Kind.YES_NO, condition=only_if("second", "yes")),
        own("second", Kind.YES_NO, condition=only_if("second", "yes")),
    )

    assert visible(form, "mentee", {"q_first": "yes", "q_second": "yes"}) == []
    assert possible(form, "mentee") == set()


def test_what_can_never_be_asked_is_known_beforehand():
    form = (
        own("sport", Kind.ONE),
        own("gone", condition=only_if("sport", "Fencing")),
        own("words", Kind.SHORT),
        own("after_words", condition=only_if("words", "yes")),
        own("fine", condition=only_if("sport", "Chess")),
    )

    assert possible(form, "mentor") == {"q_sport", "q_words", "q_fine"}


def test_only_what_is_asked_counts_and_what_a_file_told_stays():
    answers = {
        "q_works": "yes", "q_where": "Graz", "q_sports": ["Sailing"], "q_boat": "Laser",
        "q_long_gone": "x", "employer": "Acme", "topics": ["Work"],
    }  # fmt: skip

    assert counted(BRANCHING, "mentee", answers) == {
        "q_works": "yes", "q_where": "Graz", "employer": "Acme", "topics": ["Work"],
    }  # fmt: skip


def test_a_usual_question_that_is_hidden_does_not_count_either():
    form = (own("shy", Kind.YES_NO), Question("gender", condition=only_if("shy", "no")))
    answers = {"q_shy": "yes", "gender": "woman", "gender_matters": True}

    assert counted(form, "mentee", answers) == {"q_shy": "yes"}


@pytest.mark.parametrize(
    ("question", "value", "kept"),
    [
        (own("a"), "  Two \n words ", "Two words"),
        (own("a"), "\x00", None),
        (own("a"), True, None),
        (own("a"), "x" * 900, "x" * 200),
        (own("a", Kind.LONG), " One\n\nTwo ", "One\n\nTwo"),
        (own("a", Kind.ONE), "chess", "Chess"),
        (own("a", Kind.ONE), "CHESS AND GO", "Chess"),
        (own("a", Kind.ONE), ["Chess", "Running"], "Chess"),
        (own("a", Kind.ONE), [], None),
        (own("a", Kind.ONE), "Fencing", None),
        (own("a", Kind.ONE, words={"de": Words(options={"Chess": "Schach"})}), "schach", "Chess"),
        (own("a", Kind.SEVERAL), ["Sailing", "nothing", "Running"], ["Running", "Sailing"]),
        (own("a", Kind.SEVERAL, most=1), ["Sailing", "Running"], ["Running"]),
        (own("a", Kind.RANKED), ["Sailing", "Running", "sailing"], ["Sailing", "Running"]),
        (own("a", Kind.RANKED, most=1), ["Sailing", "Running"], ["Sailing"]),
        (own("a", Kind.RANKED), ["Fencing"], None),
        (own("a", Kind.SCALE), "4", 4),
        (own("a", Kind.SCALE), "6", None),
        (own("a", Kind.SCALE, most=7), 6, 6),
        (own("a", Kind.NUMBER), "0", 0),
        (own("a", Kind.NUMBER), "-1", None),
        (own("a", Kind.NUMBER, least=-5), "-1", -1),
        (own("a", Kind.NUMBER, most=3), 4, None),
        (own("a", Kind.NUMBER), "nan", None),
        (own("a", Kind.NUMBER), "1e400", None),
        (own("a", Kind.DATE), "2026-02-28", "2026-02-28"),
        (own("a", Kind.DATE), "2026-02-30", None),
        (own("a", Kind.YES_NO), "on", "yes"),
        (own("a", Kind.YES_NO), False, "no"),
        (own("a", Kind.YES_NO), "perhaps", None),
    ],
)  # fmt: skip
def test_an_answer_is_kept_in_one_form(question, value, kept):
    assert cleaned(question, value) == kept


kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.USUAL])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["Running", "chess and go", "yes", "2026-01-01", "3"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@st.composite
def forms(draw):
    """Forms of any shape, sensible or not: conditions point forwards, backwards and nowhere."""
    names = ["a", "b", "c", "d", "e"]
    values = ["yes", "no", "Running", "Chess", "Fencing", "3"]
    return tuple(
        own(
            name,
            draw(kinds),
            role=draw(st.sampled_from(["both", "mentee", "mentor"])),
            is_required=draw(st.booleans()),
            condition=draw(
                st.none()
                | st.builds(
                    lambda key, told: only_if(key, *told),
                    st.sampled_from([*names, "nowhere"]),
                    st.lists(st.sampled_from(values), min_size=1, max_size=2),
                )
            ),
        )
        for name in names
    )


def answered(form, said):
    found = {each.key: cleaned(each, said.get(each.key)) for each in form}
    return {key: value for key, value in found.items() if value is not None}


said_to = st.dictionaries(st.sampled_from([f"q_{each}" for each in "abcde"]), anything)


@tried_on(200)
@given(kinds, anything)
def test_what_is_clean_stays_as_it_is(kind, value):
    question = own("a", kind)
    once = cleaned(question, value)

    assert cleaned(question, once) == once or once is None


@tried_on(150)
@given(forms(), said_to, st.sampled_from(["mentor", "mentee"]))
def test_laws_of_branching(form, said, role):
    """Only what can be asked is asked, in the order of the form; what counts decides the same again."""
    answers = answered(form, said)
    asked = visible(form, role, answers)
    kept = counted(form, role, answers)

    assert {each.key for each in asked} <= possible(form, role)
    assert [each for each in form if each in asked] == asked
    assert visible(form, role, kept) == asked
    assert counted(form, role, kept) == kept
    assert set(kept) <= {each.key for each in asked}
    assert all(
        each.is_required and not is_answered(each, kept) for each in missing(form, role, kept)
    )


@tried_on(150)
@given(forms(), forms(), said_to, st.sampled_from(["mentor", "mentee"]))
def test_a_changed_form_loses_nothing(old, new, said, role):
    """Every answer is counted, hidden by branching, set aside, or no longer to be chosen."""
    answers = answered(old, said)
    found = held(new, role, answers)
    asked = {each.key for each in new if each.is_asked_of(role)}

    assert set(answers) == (set(answers) & asked) | set(found.aside)
    assert all(answers[key] == value for key, value in found.aside.items())
    assert set(found.gone) <= set(answers) & asked
    assert all(each.is_required for each in found.wanting)


@tried_on(100)
@given(forms())
def test_a_form_is_written_down_and_read_back(form):
    assert form_from(as_data(form)) == form


def test_a_form_with_everything_in_it_is_read_back():
    form = (
        own("a", Kind.ONE, help="Why", step="you", use=Use.MATCH, is_lasting=True, is_for_reviewers=True, least=1, most=2,
            words={"de": Words("Sport?", "", {"Chess": "Schach"})}, condition=only_if("b", "yes")),
        Question("gender"),
    )  # fmt: skip

    assert form_from(as_data(form)) == form


def test_questions_stand_step_by_step():
    form = (
        own("a", step="words"),
        own("b", step="you"),
        own("c", step="words"),
        own("d", step="nowhere"),
    )

    assert keys(in_order(form)) == ["b", "a", "c"]


def test_a_change_is_told_with_all_that_it_does():
    answers = {"q_sport": ["Running", "Fencing"], "q_old": "Long ago", "topics": ["Work"]}
    form = (own("sport", Kind.SEVERAL, is_required=True), own("new", is_required=True))

    found = held(form, "mentee", answers)

    assert found.aside == {"q_old": "Long ago"}
    assert found.gone == {"q_sport": ("Fencing",)}
    assert keys(found.wanting) == ["new"]
    assert not found.is_whole


def test_a_question_whose_only_choice_is_gone_wants_an_answer_again():
    found = held((own("sport", Kind.ONE, is_required=True),), "mentee", {"q_sport": "Fencing"})

    assert (found.gone, keys(found.wanting)) == ({"q_sport": ("Fencing",)}, ["sport"])


def test_a_long_form_takes_longer():
    short = (own("a", Kind.YES_NO), own("b", Kind.LONG, role="mentor"))

    assert [seconds_of(short, role) for role in ("mentee", "mentor")] == [4, 79]


@tried_on(100)
@given(forms(), st.sampled_from(["mentor", "mentee"]), st.randoms(use_true_random=False))
def test_made_up_people_answer_what_they_must(form, role, dice):
    answers = invented(form, role, {"topics": ["Work"]}, dice)

    assert missing(form, role, answers) == []
    assert counted(form, role, answers) == answers
