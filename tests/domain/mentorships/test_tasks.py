"""Steps of goals and other things to do: set, done once, put earlier, set aside, reminded of."""

from datetime import UTC, datetime, timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import actions, jobs, queries, rules
from lodestar.domain.mentorships.models import Goal, Mentorship, Task
from lodestar.domain.messaging.models import Letter
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.races import at_once, on_postgresql


def verbs():
    return [entry.verb for entry in Entry.objects.order_by("pk")]


@pytest.fixture
def pair(db):
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def steps_of(mentorship):
    return [step.text for step in queries.goals_seen(mentorship)[0].steps]


def test_a_goal_has_steps_done_by_either_and_says_how_far_it_is(pair):
    mentorship, mentor, mentee = pair
    goal = actions.set_goal(mentorship, by=mentee, text="A plan", step="Ask two people")
    actions.set_task(mentorship, by=mentor, goal=goal, text="Write it down", doer=mentee)
    before = queries.goals_seen(mentorship)[0].progress

    done = actions.finish_task(Task.objects.first(), by=mentor)

    seen = queries.goals_seen(mentorship)[0]
    assert (before.in_words, seen.progress.in_words) == ("0 of 2 steps done", "1 of 2 steps done")
    assert seen.progress.share == 0.5
    assert seen.next_step.text == "Write it down"
    assert (done.done_by, queries.tasks_of(mentorship)) == (mentor, [])
    assert verbs() == ["goal.set", "task.set", "task.set", "task.finished"]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ("d", "The one step is done"),
        ("o", "0 of 1 step done"),
        ("dd", "All 2 steps are done"),
        ("dox", "1 of 2 steps done"),
    ],
)
def test_progress_in_words(states, words):
    steps = [
        Task(done_at=now() if s == "d" else None, dropped_at=now() if s == "x" else None)
        for s in states
    ]

    assert rules.progress_of(steps).in_words == words


def test_the_same_words_again_change_who_and_when(pair):
    mentorship, mentor, mentee = pair
    first = actions.set_task(mentorship, by=mentor, text="Send the CV")

    again = actions.set_task(
        mentorship, by=mentor, text=" Send the CV ", doer=mentee, due_on=today() + timedelta(days=3)
    )

    assert (again.pk, again.doer, Task.objects.count()) == (first.pk, mentee, 1)


def test_done_twice_or_by_both_keeps_the_first_moment(pair):
    mentorship, mentor, mentee = pair
    task = actions.set_task(mentorship, by=mentor, text="Send the CV")

    first, again = (actions.finish_task(task, by=person) for person in (mentor, mentee))

    assert (first.done_at, again.done_by) == (again.done_at, mentor)
    assert verbs().count("task.finished") == 1


def test_what_is_done_or_set_aside_can_be_taken_up_again(pair):
    mentorship, mentor, mentee = pair
    task = actions.set_task(mentorship, by=mentor, text="Send the CV")
    for act in (actions.finish_task, actions.drop_task):
        act(Task.objects.get(), by=mentor)
        task = actions.take_up_task(Task.objects.get(), by=mentee)
        assert task.is_open

    assert verbs()[1:] == ["task.finished", "task.taken_up", "task.dropped", "task.taken_up"]


def test_what_is_done_is_not_set_aside_and_what_is_set_aside_not_done(pair):
    mentorship, mentor, _ = pair
    done = actions.finish_task(actions.set_task(mentorship, by=mentor, text="a"), by=mentor)
    aside = actions.drop_task(actions.set_task(mentorship, by=mentor, text="b"), by=mentor)

    with pytest.raises(RefusedError, match="done already"):
        actions.drop_task(done, by=mentor)
    with pytest.raises(RefusedError, match="set aside"):
        actions.finish_task(aside, by=mentor)


def test_steps_change_places(pair):
    mentorship, mentor, _ = pair
    goal = actions.set_goal(mentorship, by=mentor, text="A plan", step="one")
    for text in ("two", "three"):
        actions.set_task(mentorship, by=mentor, goal=goal, text=text)

    actions.put_task_earlier(Task.objects.get(text="three"), by=mentor)
    actions.put_task_earlier(Task.objects.get(text="one"), by=mentor)

    assert steps_of(mentorship) == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": " "}, "what is to be done"),
        ({"in_days": -1}, "past"),
        ({"in_days": 900}, "Is the year right"),
        ({"doer": "stranger"}, "Only the two of you"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(pair, changes, said):
    mentorship, mentor, _ = pair
    if "doer" in changes:
        changes = {"doer": make_person("Other")}
    if "in_days" in changes:
        changes = {"due_on": today() + timedelta(days=changes["in_days"])}

    with pytest.raises(RefusedError, match=said):
        actions.set_task(mentorship, by=mentor, **{"text": "x", **changes})
    assert Task.objects.count() == 0


def test_a_closed_goal_gets_no_more_steps(pair):
    mentorship, mentor, _ = pair
    goal = actions.finish_goal(actions.set_goal(mentorship, by=mentor, text="A plan"), by=mentor)

    with pytest.raises(RefusedError, match="closed"):
        actions.set_task(mentorship, by=mentor, goal=goal, text="More")


@pytest.mark.parametrize("who", ["stranger", "ended", "paused"])
def test_nobody_changes_what_is_not_open_to_them(pair, who):
    mentorship, mentor, mentee = pair
    task = actions.set_task(mentorship, by=mentor, text="Send the CV")
    by = make_person("Other") if who == "stranger" else mentee
    if who != "stranger":
        Mentorship.objects.update(status="paused")

    for act in (
        actions.finish_task,
        actions.drop_task,
        actions.take_up_task,
        actions.put_task_earlier,
    ):
        with pytest.raises(RefusedError):
            act(task, by=by)


def test_tasks_stand_by_their_days_and_what_is_over_stands_last(pair):
    mentorship, mentor, _ = pair
    for text, days in (("none", None), ("late", 9), ("soon", 2), ("done", 1)):
        due = today() + timedelta(days=days) if days else None
        actions.set_task(mentorship, by=mentor, text=text, due_on=due)
    actions.finish_task(Task.objects.get(text="done"), by=mentor)

    assert [t.text for t in queries.tasks_of(mentorship)] == ["soon", "late", "none", "done"]


MORNING = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def due_tomorrow(mentorship, **fields):
    fields = {"text": "Send it", "due_on": MORNING.date() + timedelta(days=1), **fields}
    mentor, _ = the_two(mentorship)
    return Task.objects.create(mentorship=mentorship, set_by=mentor, **fields)


def reminded():
    rows = Letter.objects.filter(kind="mentorships.task_due").order_by("pk")
    return sorted(rows.values_list("person__given_name", flat=True))


def test_whoever_has_something_to_do_by_tomorrow_is_reminded_once(pair):
    mentorship, _, mentee = pair
    due_tomorrow(mentorship, doer=mentee)
    due_tomorrow(mentorship, doer=mentee, text="And this")

    for _ in range(2):
        jobs.remind_tasks(MORNING)

    letter = Letter.objects.get()
    assert reminded() == ["Amina"]
    assert letter.expires_at.date() == MORNING.date() + timedelta(days=2)


def test_what_is_for_either_reminds_both(pair):
    due_tomorrow(pair[0])

    jobs.remind_tasks(MORNING)

    assert reminded() == ["Amina", "Ruth"]


@pytest.mark.parametrize(
    "state", ["night", "later", "done", "dropped", "paused", "gone", "closed goal"]
)
def test_nobody_is_reminded_where_it_makes_no_sense(pair, state):
    mentorship, mentor, _ = pair
    goal = Goal.objects.create(mentorship=mentorship, text="A plan", set_by=mentor)
    task = due_tomorrow(mentorship, goal=goal)
    match state:
        case "later":
            Task.objects.update(due_on=MORNING.date() + timedelta(days=2))
        case "done":
            Task.objects.update(done_at=now())
        case "dropped":
            Task.objects.update(dropped_at=now())
        case "paused":
            Mentorship.objects.update(status="paused")
        case "gone":
            mentor.blocked_at = now()
            mentor.save()
        case "closed goal":
            Goal.objects.update(dropped_at=now())

    jobs.remind_tasks(MORNING.replace(hour=6) if state == "night" else MORNING)

    assert task.pk
    assert reminded() == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_both_finish_one_thing_at_once_and_it_is_done_once():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    task = actions.set_task(mentorship, by=mentor, text="Send the CV")

    told = at_once(*(lambda p=p: actions.finish_task(task, by=p) for p in (mentor, mentee)))

    assert told == []
    assert verbs().count("task.finished") == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_both_set_the_same_thing_at_once_and_it_stands_once():
    mentorship = make_mentorship()

    told = at_once(
        *(
            lambda p=p: actions.set_task(mentorship, by=p, text="Send the CV")
            for p in the_two(mentorship)
        )
    )

    assert (told, Task.objects.count()) == ([], 1)
