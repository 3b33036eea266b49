import numpy as np

from lodestar.engine.matching.defaults import CRITERIA, default_design
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
)
from lodestar.engine.measures.rates import share_of
from lodestar.engine.simulation.bottlenecks import (
    EVERYONE,
    MIXED,
    NO_MENTOR,
    OF_VALUE,
    Bottleneck,
    Label,
    bottlenecks,
    fields_told,
    label_of,
    steps_of,
    values_told,
)
from lodestar.engine.simulation.feasibility import Feasibility
from lodestar.engine.simulation.seating import ShortGroup
from lodestar.engine.simulation.spreads import Gain, Spread

PEOPLE = [
    *(Mentee(f"b{n}", {"industry": "Health > Biotech", "country": "Peru"}) for n in range(3)),
    *(Mentee(f"c{n}", {"industry": "Health > Care", "country": "Chile"}) for n in range(3)),
    *(Mentee(f"l{n}", {"industry": "Law", "languages": ("English", "French")}) for n in range(6)),
]
TOLD = values_told(PEOPLE, ["industry", "country", "languages"])
NONE = Spread(None, None, None, None, 0)


def drawn(*short: tuple[ShortGroup, ...]) -> Feasibility:
    """Return draws in which everybody was there and these groups were short."""
    here, counts = np.full(len(short), len(PEOPLE)), np.zeros((len(short), 3), dtype=np.int64)
    return Feasibility(
        len(PEOPLE), 0, len(short), NONE, NONE, NONE, Gain(0, None, None, 0), counts, here, short
    )


def labelled(mentees: tuple[int, ...], mentors: tuple[int, ...] = (0,)) -> Label:
    return label_of(ShortGroup(mentees, mentors, 1), TOLD, len(PEOPLE))[0]


def test_a_group_is_told_by_the_answer_that_fits_it_best():
    assert labelled((0, 1, 2)) == Label(OF_VALUE, "industry", "Health > Biotech")
    assert labelled((0, 1, 2, 3, 4, 5)) == Label(OF_VALUE, "industry", "Health")
    assert labelled((6, 7, 8, 9)) == Label(OF_VALUE, "industry", "Law")


def test_a_group_of_nearly_everybody_is_everyone_and_one_without_likeness_is_mixed():
    assert labelled(tuple(range(12))) == Label(EVERYONE)
    assert labelled((0, 3, 6, 7)) == Label(MIXED)


def test_what_nearly_everybody_answered_tells_nothing():
    people = [*(Mentee(f"a{n}", {"field": "Law"}) for n in range(9)), Mentee("b")]

    label, _, _ = label_of(ShortGroup((0, 1, 2, 3), (0,), 1), values_told(people, ["field"]), 10)

    assert label == Label(MIXED)


def test_those_without_any_mentor_are_told_apart():
    assert labelled((0, 1), ()) == Label(NO_MENTOR, "industry", "Health > Biotech")
    assert labelled((0, 6), ()) == Label(NO_MENTOR)
    assert labelled(tuple(range(12)), ()) == Label(NO_MENTOR)


def test_counts_and_lift_say_how_well_the_answer_fits():
    label, alike, lift = label_of(ShortGroup((0, 1, 2, 6), (0,), 1), TOLD, len(PEOPLE))

    assert (label.value, alike, lift) == ("Health > Biotech", 3, 3 / 4 * 12 / 3)


def test_an_answer_of_one_person_tells_nobody_and_spelling_does_not_matter():
    people = [
        Mentee("a", {"field": "Law"}),
        Mentee("b", {"field": " LAW"}),
        Mentee("c", {"field": "Art"}),
    ]

    found = values_told(people, ["field"])

    assert (found.names, found.gave.tolist()) == ((("field", "LAW"),), [[1, 1, 0]])


def test_of_two_steps_that_hold_the_same_people_the_longer_one_is_told():
    people = [
        *(Mentee(f"a{n}", {"field": "Law > Tax"}) for n in range(3)),
        Mentee("b"),
        Mentee("c"),
    ]

    label, _, _ = label_of(ShortGroup((0, 1, 2), (0,), 1), values_told(people, ["field"]), 5)

    assert label == Label(OF_VALUE, "field", "Law > Tax")


def test_the_steps_of_a_path_are_answers_too():
    assert steps_of(("Health > Care", "health > Biotech")) == (
        "Health",
        "Health > Care",
        "health > Biotech",
    )
    assert steps_of({"Work > Pay": 3}) == ("Work", "Work > Pay")
    assert steps_of(None) == ()


def test_what_is_opt_in_never_tells_a_group_even_where_another_criterion_weighs_it():
    twice = Criterion("again", CriterionKind.CATEGORY, "identity", "identity", 1)
    design = Design(criteria=(*CRITERIA, twice))

    assert "identity" not in fields_told(design)
    assert "identity" not in fields_told(default_design())


def test_fields_of_rules_come_first():
    rules = (
        Constraint("clock", ConstraintKind.MAX_HOURS_APART, 3),
        Constraint("site", ConstraintKind.MUST_SHARE, "campus"),
        Constraint("tongue", ConstraintKind.COMMON_LANGUAGE, mentee_field="speaks"),
        Constraint("past", ConstraintKind.PAST_PAIR),
    )
    design = Design(criteria=CRITERIA, constraints=rules)

    assert fields_told(design)[:4] == ("time_zone", "campus", "speaks", "topics")


def test_bottlenecks_are_counted_by_draw_the_most_frequent_first():
    bio, law = ShortGroup((0, 1, 2), (4,), 1), ShortGroup((6, 7, 8, 9, 10, 11), (5, 6), 5)
    alone = ShortGroup((3,), (), 0)

    found = bottlenecks(PEOPLE, default_design(), drawn((bio, law), (bio,), (alone,), (bio,), ()))

    assert found[0] == Bottleneck(
        label=Label(OF_VALUE, "industry", "Health > Biotech"),
        share=share_of(3, 5),
        mentees=3.0,
        alike=3.0,
        lift=4.0,
        mentors=1.0,
        places=1.0,
        short=2.0,
        short_over_all=6 / 5,
        members=(0, 1, 2),
        mentor_members=(4,),
    )
    assert [(each.label.code, each.share.count) for each in found[1:]] == [
        (NO_MENTOR, 1),
        (OF_VALUE, 1),
    ]


def test_two_groups_with_one_label_in_one_draw_are_one_draw():
    first, second = ShortGroup((6, 7), (0,), 1), ShortGroup((8, 9, 10), (1,), 1)

    (found,) = bottlenecks(PEOPLE, default_design(), drawn((first, second), ()))

    assert (found.share.count, found.mentees, found.places, found.short) == (1, 5, 2, 3)


def test_no_shortage_is_no_bottleneck():
    assert bottlenecks(PEOPLE, default_design(), drawn((), ())) == ()
