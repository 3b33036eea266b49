import csv
from dataclasses import replace

import numpy as np
import pytest

from lodestar.engine.learning.choices import (
    Meetings,
    learn_choices,
    leave_one_event_out,
    mutual_choice,
)
from lodestar.engine.matching.problem import MatchingError
from tests.real_data import real_data


def mixer(events=4, side=8, seed=2, taste=1.5) -> Meetings:
    """Everybody meets everybody of the other side and writes down what they think."""
    random = np.random.default_rng(seed)
    rows = []
    for event in range(events):
        charm = random.normal(size=(2, side))
        chemistry = random.normal(size=(2, side, side))
        for own in (0, 1):
            for me in range(side):
                for other in range(side):
                    felt = taste * (charm[1 - own, other] + chemistry[own, me, other])
                    liking = np.clip(round(5 + felt), 0, 10)
                    expects = np.clip(round(5 + charm[own, me] + random.normal()), 0, 10)
                    names = f"{own}-{me}", f"{1 - own}-{other}"
                    rows.append(
                        (f"E{event}", *names, liking, expects, felt + random.normal() > 0.5)
                    )
    columns = list(zip(*rows, strict=True))
    numbers = np.array(columns[3:5], dtype=float)
    return Meetings(*columns[:3], numbers[0], numbers[1], np.array(columns[5], dtype=bool))


def rows_of(meetings: Meetings, rows) -> Meetings:
    return Meetings(
        *(
            tuple(column[row] for row in rows)
            for column in (meetings.events, meetings.people, meetings.met)
        ),
        meetings.liking[rows],
        meetings.expects[rows],
        meetings.says_yes[rows],
    )


def row(meetings: Meetings, event, person, met) -> int:
    return list(zip(meetings.events, meetings.people, meetings.met, strict=True)).index(
        (event, person, met)
    )


def test_a_mutual_yes_is_both_own_yeses_together():
    meetings = mixer()

    chances = mutual_choice(learn_choices(meetings), meetings)

    forth, back = row(meetings, "E0", "0-1", "1-3"), row(meetings, "E0", "1-3", "0-1")
    assert chances.mutual[forth] == pytest.approx(chances.own[forth] * chances.own[back])
    assert chances.mutual[forth] == chances.mutual[back]


def test_where_the_other_wrote_nothing_this_side_has_to_do():
    meetings = mixer()
    model = learn_choices(meetings)
    forth, back = row(meetings, "E0", "0-1", "1-3"), row(meetings, "E0", "1-3", "0-1")
    silent = rows_of(meetings, [n for n in range(len(meetings)) if n != back])

    chances = mutual_choice(model, silent)

    place = forth - (back < forth)
    assert chances.mutual[place] == pytest.approx(chances.own[place] * chances.other[place])


def test_the_others_own_answers_never_tell_on_the_other():
    meetings = mixer()
    model = learn_choices(meetings)
    forth = row(meetings, "E0", "0-1", "1-3")
    liking, expects = meetings.liking.copy(), meetings.expects.copy()
    theirs = [n for n in range(len(meetings)) if meetings.people[n] == "1-3"]
    liking[theirs], expects[theirs] = 10 - liking[theirs], 10 - expects[theirs]

    before = mutual_choice(model, meetings).other[forth]
    after = mutual_choice(model, replace(meetings, liking=liking, expects=expects)).other[forth]

    assert after == pytest.approx(before)


def test_a_blank_counts_at_the_persons_usual():
    meetings = mixer()
    model = learn_choices(meetings)
    mine = [
        n for n in range(len(meetings)) if (meetings.events[n], meetings.people[n]) == ("E0", "0-1")
    ]
    liking = meetings.liking.copy()
    liking[mine[0]] = liking[mine[1:]].mean()
    blank = liking.copy()
    blank[mine[0]] = np.nan

    filled = mutual_choice(model, replace(meetings, liking=liking)).own
    left = mutual_choice(model, replace(meetings, liking=blank)).own

    assert left == pytest.approx(filled)


def test_the_order_of_the_rows_does_not_matter():
    meetings = mixer()
    order = np.random.default_rng(0).permutation(len(meetings))

    one = mutual_choice(learn_choices(meetings), meetings)
    other = mutual_choice(learn_choices(rows_of(meetings, order)), rows_of(meetings, order))

    assert other.mutual == pytest.approx(one.mutual[order])


def test_liking_that_means_nothing_foretells_nothing_at_unseen_events():
    meetings = mixer(events=6)
    coins = np.random.default_rng(3).random(len(meetings)) < 0.5

    told, untold = (
        leave_one_event_out(replace(meetings, says_yes=yes)) for yes in (meetings.says_yes, coins)
    )

    assert told.own.low > 0.8
    assert untold.own.value < 0.55
    assert (told.events, told.meetings) == (6, 768)


def test_unseen_events_are_foretold_by_the_others_alone():
    meetings = mixer(events=3)
    event = np.array(meetings.events)
    own = np.zeros(len(meetings))
    for name in ("E0", "E1", "E2"):
        seen, unseen = np.flatnonzero(event != name), np.flatnonzero(event == name)
        model = learn_choices(rows_of(meetings, seen))
        own[unseen] = mutual_choice(model, rows_of(meetings, unseen)).own
    yes = meetings.says_yes
    wins = np.sign(own[yes][:, None] - own[~yes][None, :]).mean() / 2 + 0.5

    assert leave_one_event_out(meetings).own.value == pytest.approx(wins)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: replace(m, liking=m.liking[1:]), "differ in length"),
        (lambda m: rows_of(m, []), "differ in length"),
        (lambda m: rows_of(m, [0, 0]), "listed twice"),
        (lambda m: replace(m, expects=m.expects + 9), "between 0 and 10"),
        (lambda m: rows_of(m, range(99)), "There are 99 answers"),
    ],
)
def test_meetings_that_cannot_be_learned_from_are_refused(change, sentence):
    with pytest.raises(MatchingError, match=sentence):
        learn_choices(change(mixer()))


def test_two_events_are_too_few_to_leave_one_out():
    with pytest.raises(MatchingError, match="There are 2 events"):
        leave_one_event_out(mixer(events=2))


def test_four_minutes_foretell_a_mutual_yes_at_real_events():
    with (real_data("mixer-decisions") / "meetings.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    number = {
        name: np.array([float(row[name]) if row[name] else np.nan for row in rows])
        for name in ("rating_appeal", "expects_yes", "says_yes")
    }
    names = [tuple(row[name] for row in rows) for name in ("event", "person_id", "met_id")]
    liking, expects = number["rating_appeal"], number["expects_yes"]

    found = leave_one_event_out(Meetings(*names, liking, expects, number["says_yes"] == 1))

    assert found.own.value > found.plain_own + 0.04
    assert found.other.value > found.plain_other + 0.1
    assert found.mutual.value > 0.83
    assert found.mean_chance == pytest.approx(found.mutual_share, abs=0.005)
