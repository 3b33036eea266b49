"""Who is found, by what, in which order; and who is not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, today
from lodestar.domain.directory.queries import (
    Reader,
    Wish,
    found_by,
    looking,
    promising,
    seen_for,
)
from lodestar.domain.directory.queries import found as finding
from lodestar.domain.matching.actions import bookmark
from lodestar.domain.matching.models import MatchRun, PairRule
from lodestar.domain.people.models import Person
from tests.factories.applications import make_mentor
from tests.factories.directory import make_listed, make_looking_cohort, make_reader, names, refresh
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_looking_cohort()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("okafor", True),
        ("oka", True),
        ("Noemie", False),
        ("interviews", True),
        ("intervews", True),
        ("wind energy", True),
        ("energy wind", True),
        ("aster", True),
        ("zymurgy", False),
        ("telegraph", False),
        ("two days", True),
        ('"* OR name', False),
        ("'", True),  # a sign alone asks for nothing
    ],
)
def test_somebody_is_found_by_any_word_that_they_let_be_read(cohort, text, found):
    make_listed(cohort, function="Wind energy engineer", employer="Aster Clinics")
    reader = make_reader(cohort)
    refresh()

    assert names(reader, text=text) == (["Ruth Okafor"] if found else [])


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Noémie Lefèvre", ["noemie", "LEFEVRE", "Noémie"]),
        ("Jürgen Groß", ["jurgen", "juergen", "gross"]),
        ("أحمد المنصوري", ["احمد", "منصوري", "المنصورى"]),
        ("文静 李", ["李", "文静", "静"]),
        ("İlse Yıldız", ["ilse", "yildiz"]),
        ("Brigid O’Halloran", ["o'halloran", "ohalloran"]),
    ],
)
def test_a_name_is_found_however_it_is_typed(cohort, name, texts):
    make_listed(cohort, name)
    make_listed(cohort, "Somebody Else")
    reader = make_reader(cohort)
    refresh()

    assert [names(reader, text=text) for text in texts] == [[name]] * len(texts)


class TestWhoIsThere:
    def test_who_is_not_free_is_found_only_where_that_is_asked(self, cohort):
        free, full, away, back = (
            make_listed(cohort, name)
            for name in ("Free Mentor", "Full Mentor", "Away Mentor", "Back Mentor")
        )
        change(full, places_taken=1)
        change(away, paused_until=today() + timedelta(days=3))
        change(back, paused_until=today())
        reader = make_reader(cohort)
        refresh()

        assert set(names(reader)) == {str(free), str(back)}
        assert set(names(reader, show="later")) == {str(full), str(away)}

    @pytest.mark.parametrize(
        "gone",
        [
            lambda: {"left_at": now()},
            lambda: {"hidden_at": now()},
            lambda: {"places_taken": 1},
            lambda: {"paused_until": today() + timedelta(days=9)},
        ],
    )
    def test_whoever_goes_is_gone_before_any_sweep(self, cohort, gone):
        mentor, reader = make_listed(cohort), make_reader(cohort)
        refresh()
        change(mentor, **gone())

        assert (
            names(reader) == names(reader, text="Okafor") == names(reader, topic="interviews") == []
        )

    def test_whoever_is_shut_out_is_not_found_and_finds_nobody(self, cohort):
        mentor, reader = make_listed(cohort), make_reader(cohort)
        refresh()
        Person.objects.update(blocked_at=now())

        assert names(reader) == []
        with pytest.raises(NotFoundError):
            seen_for(reader, mentor.public_id)
        assert looking(reader.participant.person, today()) == []

    def test_other_cohorts_mentees_and_oneself_are_not_found(self, cohort):
        make_listed(make_looking_cohort(), "Other Cohort")
        reader = make_reader(cohort)
        make_reader(cohort, make_person("Fellow", "Mentee"))
        own = make_mentor(cohort, reader.participant.person, answers=reader.participant.answers)
        refresh()

        assert names(reader) == []
        with pytest.raises(NotFoundError):
            seen_for(reader, own.public_id)

    def test_two_whom_a_coordinator_keeps_apart_do_not_find_each_other(self, cohort):
        mentor, reader = make_listed(cohort), make_reader(cohort)
        PairRule.objects.create(
            cohort=cohort, mentor=mentor, mentee=reader.participant, kind=PairRule.Kind.BAN
        )
        refresh()
        found = found_by(reader, Wish(), page=1)

        assert (found.people, found.left_out) == ([], [])
        with pytest.raises(NotFoundError):
            seen_for(reader, mentor.public_id)


class TestOrder:
    def test_those_who_go_best_with_the_reader_stand_first_with_the_reasons(self, cohort):
        make_listed(cohort, "No Overlap", topics={"Pay": 3}, industry="Law")
        make_listed(
            cohort, "Best Fit", topics={"Interviews": 3, "Finding work": 3}, industry="Nursing"
        )
        make_listed(cohort, "Some Fit", topics={"Interviews": 1}, industry="Law")
        reader = make_reader(cohort, industry="Nursing")
        refresh()

        found = found_by(reader, Wish(), page=1)

        assert [str(seen.person) for seen in found.people] == ["Best Fit", "Some Fit", "No Overlap"]
        assert "Best offers help with" in found.people[0].reasons[0]

    def test_a_dear_mentor_stands_behind_one_who_is_left_over(self, cohort):
        dear, spare = make_listed(cohort, "Dear Mentor"), make_listed(cohort, "Spare Mentor")
        MatchRun.objects.create(
            cohort=cohort, status="solved", solved_at=now(), prices={dear.public_id: 900_000}
        )
        reader = make_reader(cohort)
        refresh()

        assert names(reader) == [str(spare), str(dear)]

    def test_a_name_and_kept_people_come_first_and_set_aside_ones_not_at_all(self, cohort):
        kept, aside, other = (
            make_listed(cohort, f"{n} Mentor") for n in ("Kept", "Aside", "Other")
        )
        change_answers(kept, topics={"Pay": 1})
        reader = make_reader(cohort)
        person = reader.participant.person
        bookmark(reader.participant, by=person, about=kept, kind="kept")
        bookmark(reader.participant, by=person, about=aside, kind="not_for_me")
        refresh()

        assert names(reader) == [str(kept), str(other)]
        assert names(reader, text="mentor") == [str(kept), str(other)]
        assert names(reader, show="kept") == [str(kept)]
        assert names(reader, show="not-for-me") == [str(aside)]

    def test_whom_a_rule_forbids_is_left_out_and_counted_unless_too_few_to_tell(self, cohort):
        cohort.design.constraints.create(kind="common_language")
        for number in range(6):
            make_listed(cohort, f"Mentor {number}", languages=["is"])
        reader = make_reader(cohort)
        refresh()
        found = found_by(reader, Wish(), page=1)

        assert found.people == []
        assert found.left_out == ["6 people are not shown: they share no language with you."]
        Participant.objects.filter(person__family_name__in=["0", "1"]).update(left_at=now())
        assert found_by(reader, Wish(), page=1).left_out == [
            "A few more are not shown, because a rule of this program forbids it."
        ]


class TestFilters:
    @pytest.mark.parametrize(
        ("wish", "found"),
        [
            ({"topic": "interviews"}, True),
            ({"topic": "Interviews"}, True),
            ({"topic": "pay"}, False),
            ({"industry": "health"}, True),
            ({"industry": "health > care"}, True),
            ({"place": "africa > kenya"}, True),
            ({"place": "europe"}, False),
            ({"language": "sw"}, True),
            ({"together": 11}, True),
            ({"hours": 3}, True),
            ({"hours": 4}, False),
            ({"style": "teaches"}, True),
            ({"study": "computing", "work": "technology"}, True),
            ({"topic": "interviews", "language": "fr"}, False),
            ({"topic": "x\x00'\"%"}, False),
            ({"place": "a" * 500}, False),
        ],
    )
    def test_each_filter_keeps_those_who_named_it(self, wish, found):
        cohort = make_looking_cohort(
            visibility=dict.fromkeys(("style", "hours_per_month"), "proposal")
        )
        make_listed(
            cohort, country="Kenya", city="Nairobi", industry="Nursing", languages=["sw"],
            time_zone="Africa/Nairobi", hours_per_month=3, style=["teaches"],
            field_of_study="Computer science", function="Software engineer",
        )  # fmt: skip
        reader = make_reader(cohort)
        refresh()

        assert bool(names(reader, **wish)) is found

    def test_what_one_can_choose_is_what_is_there(self, cohort):
        make_listed(cohort, topics={"Interviews": 3}, languages=["sw"])
        reader = make_reader(cohort)
        refresh()

        choices = found_by(reader, Wish(), page=1).choices

        assert [(c.value, c.label, c.count) for c in choices["topic"]] == [
            ("interviews", "Interviews", 1)
        ]
        assert [c.value for c in choices["language"]] == ["sw"]
        assert "style" not in choices


def test_words_mean_what_the_tables_know(cohort):
    make_listed(cohort, "Ruth Okafor", topics={"JavaScript": 3}, country="United States")
    reader = make_reader(cohort)
    refresh()

    assert names(reader, text="js") == names(reader, text="USA") == ["Ruth Okafor"]
    assert found_by(reader, Wish(text="js"), page=1).spelling == "wider"


@pytest.mark.parametrize("most", [360, 2])
def test_who_wrote_the_words_comes_before_who_means_the_same(cohort, monkeypatch, most):
    monkeypatch.setattr(promising, "MOST_WEIGHED", most)
    for number in range(3):
        make_listed(cohort, f"Script {number}", topics={"JavaScript": 3, "Interviews": 3})
    make_listed(cohort, "Ruth Okafor", topics={"Cooking": 1}, about="I teach js at night.")
    reader = make_reader(cohort, topics=["Interviews"])
    refresh()

    found = found_by(reader, Wish(text="js"), page=1)

    assert found.spelling == "wider"
    assert str(found.people[0].person) == "Ruth Okafor"
    assert len(found.people) == min(4, most)


def test_pages_end_where_the_people_end(cohort):
    for number in range(26):
        make_listed(cohort, f"Mentor {number}")
    reader = make_reader(cohort)
    refresh()

    pages = [names(reader, page=page) for page in (1, 2)]

    assert [len(page) for page in pages] == [18, 8]
    assert len(set(pages[0] + pages[1])) == 26
    assert names(reader, page=10**9) == pages[1]


def test_more_people_ask_the_database_nothing_more(cohort, django_assert_num_queries):
    make_listed(cohort, "First Mentor")
    reader = make_reader(cohort)
    refresh()
    with CaptureQueriesContext(connection) as one:
        found_by(Reader(Participant.objects.get(pk=reader.participant.pk), today()), Wish(), page=1)
    for number in range(30):
        make_listed(cohort, f"Mentor {number}")
    refresh()

    with django_assert_num_queries(len(one)):
        found_by(Reader(Participant.objects.get(pk=reader.participant.pk), today()), Wish(), page=1)


def test_of_very_many_the_most_promising_are_weighed(cohort, monkeypatch):
    monkeypatch.setattr(promising, "MOST_WEIGHED", 2)
    monkeypatch.setattr(finding, "FEW_ENOUGH", 1)
    for number in range(4):
        make_listed(cohort, f"Other {number}", topics={"Pay": 1})
    best = [make_listed(cohort, f"Best {n}", topics={"Interviews": 3}) for n in range(2)]
    reader = make_reader(cohort)
    refresh()

    assert set(names(reader)) == set(names(reader, text="answer")) == set(map(str, best))


def change(participant, **fields):
    Participant.objects.filter(pk=participant.pk).update(**fields)


def change_answers(participant, **answers):
    change(participant, answers=participant.answers | answers)
