import tomllib

import pytest

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumption_tables import assumptions_from
from lodestar.engine.simulation.assumptions import (
    Assumptions,
    Chance,
    Procedure,
    Side,
    StaffHours,
)


def read(text: str):
    return assumptions_from(tomllib.loads(text))


def test_an_empty_file_states_the_usual_assumptions():
    assert read("") == (Assumptions(), Procedure())


def test_everything_can_be_stated():
    found = read(
        """
        reply_time = [50, 50]
        [mentee]
        drop_out = 0.3
        [mentor]
        silence = { usual = 0.1, low = 0.05, high = 0.4, source = "2024", by_person = { "M-1" = 1 } }
        [hours]
        rematch = 2
        [procedure]
        reply_days = 7
        rematch_after_no_show = false
        """
    )

    assert found == (
        Assumptions(
            mentee=Side(drop_out=Chance(0.3, 0.0, 0.3, "given")),
            mentor=Side(silence=Chance(0.1, 0.05, 0.4, "2024", {"M-1": 1})),
            reply_time=(50, 50),
            reply_source="given",
            hours=StaffHours(rematch=2, source="given"),
        ),
        Procedure(reply_days=7, rematch_after_no_show=False),
    )


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("usual = 0.1, low = 0.3, high = 0.2", "low 0.3, usual 0.1 and high 0.2"),
        ("usual = 0.1, low = 0.2", "low 0.2, usual 0.1 and high 0.2"),
        ("usual = 0.3, high = 0.2", "low 0, usual 0.3 and high 0.2"),
        ("low = 0.4", "low 0.4, usual 0.05 and high 0.2"),
        ("high = 0.01", "low 0, usual 0.05 and high 0.01"),
    ],
)
def test_bounds_that_do_not_hold_the_usual_chance_are_refused(stated, said):
    with pytest.raises(MatchingError) as refused:
        read(f"[mentee]\nsilence = {{ {stated} }}\n")

    assert str(refused.value) == (
        f"[mentee] silence: {said} must rise in this order. Correct one of them, or leave the bounds out."
    )


def test_bounds_alone_leave_the_usual_chance_and_its_source():
    usual = Assumptions().mentor.decline

    found, _ = read("[mentor]\ndecline = { high = 0.5 }\n")

    assert found.mentor.decline == Chance(usual.usual, usual.low, 0.5, usual.source)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mentees]\n", "assumptions: mentees is not known here. Known are: mentee, mentor,"),
        ("mentee = 0.1\n", "[mentee] must be a table of settings."),
        ("[mentee]\nghosting = 0.1\n", "[mentee]: ghosting is not known here. Known are: drop_out"),
        ("[mentee]\nsilence = 1.5\n", "[mentee] silence: 1.5 is not a chance from 0 to 1: write"),
        ("[mentee]\nsilence = '5 %'\n", "[mentee] silence: '5 %' is not a chance from 0 to 1"),
        ("[mentee]\nsilence = { mean = 1 }\n", "[mentee] silence: mean is not known here."),
        ("[mentee]\nsilence = { by_person = 1 }\n", "[mentee] silence, by_person: write each"),
        ("reply_time = 3\n", "reply_time needs 1 to 60 numbers"),
        ("reply_time = 'soon'\n", "reply_time needs 1 to 60 numbers"),
        ("[hours]\nmanual_case = 'long'\n", "[hours] manual_case: 'long' is not a number of hours"),
        ("[hours]\ncoffee = 1\n", "[hours]: coffee is not known here."),
        ("[procedure]\nrematches = 9\n", "[procedure] rematches: 9 is not a whole number"),
        ("[procedure]\nrounds = 1\n", "[procedure]: rounds is not known here."),
    ],
)
def test_a_fault_is_one_sentence_that_names_section_key_and_mend(text, said):
    with pytest.raises(MatchingError) as refused:
        read(text)

    assert str(refused.value).startswith(said)
