"""What people outside read, through which links, and who decides it."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, set_clock, today
from lodestar.domain.insights import queries
from lodestar.domain.insights.actions import revoke_link, share_roadmap
from lodestar.domain.insights.models import RoadmapLink
from lodestar.domain.insights.rules import MOST_LINKS, tellable
from lodestar.domain.mentorships.actions import log_meeting
from tests.factories.applications import make_mentee
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(lena):
    return make_cohort(make_program(coordinator=lena), opens_in=-60)


@pytest.mark.parametrize(
    ("nested", "expected"),
    [
        ([], []),
        ([0], [0]),
        ([4], [None]),
        ([5], [5]),
        ([12, 12, 12], [12, 12, 12]),
        ([12, 11, 6], [12, None, 6]),
        ([12, 7, 3], [12, 7, None]),
        ([12, 7, 5], [12, 7, None]),
        ([12, 7, 0], [12, 7, 0]),
        ([4, 0], [None, 0]),
        ([10, 8, 5, 0], [10, None, 5, 0]),
    ],
)
def test_no_count_points_at_fewer_than_five(nested, expected):
    assert tellable(nested) == expected


def shared(cohort):
    return {stage.name: stage.sentence for stage in queries.shared_roadmap(cohort).stages}


def meet(mentorship):
    log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())


def test_of_a_few_people_no_number_is_told(cohort):
    for _ in range(2):
        mentorship = make_mentorship(cohort)
        meet(mentorship)
        make_pulse(mentorship, answered_at=now())

    said = shared(cohort)

    assert said["Needs"] == "Wishes and offers of some mentees and some mentors are on record"
    assert said["Match"] == "Some mentees have had a mentor"
    assert said["Portal"].startswith("Some mentees have met their mentor; ")
    assert said["Publicity"].startswith("Some mentees and some mentors take part; ")
    assert said["Feedback"] == "Some pulses asked of both sides"


def test_of_many_people_counts_are_told_but_not_the_few_who_are_left(cohort):
    made = [make_mentorship(cohort) for _ in range(10)]
    for mentorship in made[:9]:
        meet(mentorship)
    for _ in range(5):
        make_mentee(cohort, make_person())
    for mentorship in made:
        make_pulse(mentorship, answered_at=now() if mentorship in made[:5] else None)

    said = shared(cohort)

    assert said["Match"] == "10 mentees have had a mentor"
    assert said["Portal"].startswith("Some mentees have met their mentor; ")
    assert said["Publicity"].startswith("15 mentees and 10 mentors take part; ")
    assert said["Feedback"] == "10 pulses asked of both sides, 5 answered"


def test_a_stage_ahead_tells_its_day():
    said = shared(make_cohort(is_published=False, opens_in=7))

    assert said["Match"].startswith("Begins on ")
    assert said["Portal"].startswith("Mentorships start on ")
    assert said["Success"].startswith("Measured from ")
    assert said["Trial run"] == "None is planned."


def test_an_end_without_people_is_told():
    said = shared(make_cohort(opens_in=-300))

    assert [said[name] for name in ("Needs", "Match", "Portal", "Feedback")] == [
        "Nobody took part, so nobody told what they need.",
        "Nobody was matched.",
        "No mentorship ever began.",
        "Nobody was asked.",
    ]


def test_a_cohort_without_goals_shares_none(cohort):
    cohort.design.goals.all().delete()

    assert shared(cohort)["Success"] == ""


def test_no_name_no_topic_and_no_concern_is_shared(cohort, lena):
    make_concern(make_mentorship(cohort))
    make_mentee(cohort, make_person(), answers={"topics": ["Canary"]})

    office = " ".join(stage.sentence for stage in queries.roadmap_of(cohort, reader=lena).stages)
    outside = " ".join(shared(cohort).values())

    assert "Canary" in office
    assert [word for word in ("Canary", "Ruth", "Amina", "concern") if word in outside] == []


def test_a_link_opens_its_cohort_until_its_last_moment(cohort, lena):
    link = share_roadmap(cohort, by=lena, days=7)

    opened = queries.cohort_behind(link.secret)
    set_clock(lambda: link.expires_at)

    assert opened == cohort
    with pytest.raises(NotFoundError):
        queries.cohort_behind(link.secret)


@pytest.mark.parametrize("secret", ["", "x", "\x00", "a" * 32])
def test_a_forged_link_opens_nothing(cohort, lena, secret):
    share_roadmap(cohort, by=lena, days=7)

    with pytest.raises(NotFoundError):
        queries.cohort_behind(secret)


def test_a_revoked_link_opens_nothing_and_is_not_listed(cohort, lena):
    kept, revoked = (share_roadmap(cohort, by=lena, days=days) for days in (30, 7))
    revoke_link(revoked, by=lena)
    revoke_link(revoked, by=lena)

    assert list(queries.live_links(cohort, now())) == [kept]
    with pytest.raises(NotFoundError):
        queries.cohort_behind(revoked.secret)
    assert list(Entry.objects.values_list("verb", "key").order_by("pk")) == [
        ("roadmap_link.made", kept.public_id),
        ("roadmap_link.made", revoked.public_id),
        ("roadmap_link.revoked", revoked.public_id),
    ]


def test_the_secret_is_long_random_and_in_no_trail(cohort, lena):
    made = [share_roadmap(cohort, by=lena, days=7) for _ in range(3)]

    trail = str(list(Entry.objects.values_list("key", "details")))
    assert {len(link.secret) for link in made} == {32}
    assert len({link.secret for link in made}) == 3
    assert [link for link in made if link.secret in trail] == []


def test_an_expired_link_is_not_listed(cohort, lena):
    link = share_roadmap(cohort, by=lena, days=7)

    assert list(queries.live_links(cohort, now())) == [link]
    assert list(queries.live_links(cohort, now() + timedelta(days=7))) == []


def test_only_a_coordinator_of_the_program_shares_and_revokes(cohort, lena):
    other = make_person()
    make_program(coordinator=other)
    link = share_roadmap(cohort, by=lena, days=7)

    with pytest.raises(RefusedError):
        share_roadmap(cohort, by=other, days=7)
    with pytest.raises(RefusedError):
        revoke_link(link, by=other)
    with pytest.raises(NotFoundError):
        queries.link_for(other, link.public_id)
    assert queries.link_for(lena, link.public_id) == link
    assert RoadmapLink.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize("days", [0, -1, 8, 10_000])
def test_a_link_opens_for_one_of_the_times_offered(cohort, lena, days):
    with pytest.raises(RefusedError):
        share_roadmap(cohort, by=lena, days=days)

    assert RoadmapLink.objects.count() == 0


def test_links_do_not_pile_up(cohort, lena):
    for _ in range(MOST_LINKS):
        share_roadmap(cohort, by=lena, days=7)

    with pytest.raises(RefusedError, match="20 links already"):
        share_roadmap(cohort, by=lena, days=7)
