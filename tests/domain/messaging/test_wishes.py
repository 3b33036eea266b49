"""Letters come when their reader wishes, and none is lost on the way."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lodestar.domain.messaging import queries, rules
from lodestar.domain.messaging.actions import (
    claim_letter,
    gather,
    keep_wishes,
    note_read,
    write_digest,
    write_digests,
)
from lodestar.domain.messaging.models import Letter, LetterWishes, ReadMark, Subscription
from lodestar.domain.messaging.queries.threads import furthest_mark
from tests.factories.messaging import make_letter
from tests.factories.people import make_person

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
Status = Letter.Status


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def night(begins=22, ends=7) -> LetterWishes:
    return LetterWishes(quiet_from=begins, quiet_until=ends)


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "quiet"),
    [
        (22, 7, 21, False), (22, 7, 22, True), (22, 7, 23, True), (22, 7, 0, True), (22, 7, 6, True), (22, 7, 7, False),
        (12, 14, 11, False), (12, 14, 12, True), (12, 14, 13, True), (12, 14, 14, False),
        (0, 23, 22, True), (0, 23, 23, False), (9, 9, 9, False), (None, None, 3, False),
    ],
)  # fmt: skip
def test_which_hours_are_quiet(begins, ends, hour, quiet):
    assert rules.is_quiet(night(begins, ends), hour) is quiet


@pytest.mark.parametrize(
    ("zone", "now", "until"),
    [
        ("Africa/Nairobi", "2026-11-30 23:10", "2026-12-01 07:00"),
        ("Africa/Nairobi", "2026-12-01 06:59", "2026-12-01 07:00"),
        ("Asia/Kathmandu", "2026-11-30 22:00", "2026-12-01 07:00"),
        (
            "Europe/Berlin",
            "2026-03-28 23:00",
            "2026-03-29 07:00",
        ),  # clocks go forward in this night
        ("Europe/Berlin", "2026-10-24 23:00", "2026-10-25 07:00"),  # and back in this one
        ("Pacific/Apia", "2026-06-01 03:00", "2026-06-01 07:00"),
    ],
)
def test_when_a_night_ends(zone, now, until):
    found = rules.quiet_until(night(), ZoneInfo(zone), at(now, zone))

    assert found == at(until, zone)


def test_an_hour_that_the_clocks_leave_out_ends_when_they_jump():
    zone = ZoneInfo("Europe/Berlin")

    assert rules.next_hour(2, zone, at("2026-03-29 00:30", "Europe/Berlin")) == at(
        "2026-03-29 01:00"
    )


moments = st.integers(1_420_000_000, 2_050_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
hours = st.integers(0, 23)


@given(st.sampled_from(ZONES), moments, hours, hours)
def test_in_every_zone_quiet_hours_end_within_a_day_and_are_over_then(name, now, begins, ends):
    zone, wishes = ZoneInfo(name), night(begins, ends)

    until = rules.quiet_until(wishes, zone, now)

    if until is None:
        assert not rules.is_quiet(wishes, now.astimezone(zone).hour)
    else:
        assert now < until <= now + timedelta(hours=49)
        assert rules.quiet_until(wishes, zone, until) is None or until.astimezone(zone).hour != ends


@given(st.sampled_from(ZONES), moments)
def test_in_every_zone_a_daily_letter_comes_once_a_day_in_the_morning(name, since):
    zone = ZoneInfo(name)

    due = rules.digest_due(LetterWishes(), zone, since)
    following = rules.digest_due(LetterWishes(), zone, due)

    assert since < due < following
    assert due.astimezone(zone).date() != following.astimezone(zone).date()


def test_a_daily_letter_waits_until_it_is_not_quiet():
    zone = ZoneInfo("UTC")

    assert rules.digest_due(night(22, 10), zone, at("2026-11-30 15:00")) == at("2026-12-01 10:00")


AFTERNOON = at("2026-11-30 15:00")


@pytest.mark.django_db
class TestDaily:
    """What was gathered is told once."""

    def gathered(self, person, count=1, moment=AFTERNOON):
        letters = [make_letter(to=person) for _ in range(count)]
        for _ in letters:
            assert gather(claim_letter(moment + timedelta(days=900)), now=moment)
        return letters

    def states(self):
        return sorted(Letter.objects.values_list("kind", "status"))

    def test_before_its_hour_nothing_goes_and_then_all_at_once(self):
        person = make_person(email="amina@example.org", time_zone="Africa/Nairobi")
        self.gathered(person, 3)

        early = write_digests(at("2026-12-01 07:59", "Africa/Nairobi"))
        due = write_digests(at("2026-12-01 08:00", "Africa/Nairobi"))
        again = write_digests(at("2026-12-01 08:05", "Africa/Nairobi"))

        assert (early, due, again) == (0, 1, 0)
        assert self.states() == [("accounts.moved", "bundled")] * 3 + [("letters.daily", "queued")]
        daily = Letter.objects.get(kind="letters.daily")
        assert len(queries.letters_by_key(daily.words["letters"], person)) == 3

    def test_what_comes_after_the_hour_is_in_the_next_one(self):
        person = make_person(email="amina@example.org")
        self.gathered(person)
        write_digests(at("2026-12-01 08:00"))
        self.gathered(person, moment=at("2026-12-01 08:00"))

        same_day = write_digests(at("2026-12-01 23:00"))
        next_day = write_digests(at("2026-12-02 08:00"))

        assert (same_day, next_day) == (0, 1)
        told = [letter.words["letters"] for letter in Letter.objects.filter(kind="letters.daily")]
        assert sorted(map(len, told)) == [1, 1]
        assert not Letter.objects.filter(status=Status.GATHERED).exists()

    def test_a_second_one_on_the_same_day_takes_nothing(self):
        person = make_person(email="amina@example.org")
        one, two = self.gathered(person, 2)
        now = at("2026-12-01 09:00")

        first = write_digest(person, [one.pk], now=now)
        second = write_digest(person, [one.pk, two.pk], now=now)

        two.refresh_from_db()
        assert (first, second, two.status) == (True, False, Status.GATHERED)

    def test_one_persons_letters_are_never_in_anothers(self):
        people = [make_person(email=f"{name}@example.org") for name in ("a", "b")]
        for person in people:
            self.gathered(person)

        write_digests(at("2026-12-01 08:00"))

        for daily in Letter.objects.filter(kind="letters.daily"):
            kept = Letter.objects.filter(public_id__in=daily.words["letters"])
            assert {letter.person_id for letter in kept} == {daily.person_id}


@pytest.mark.django_db
def test_whoever_wants_reminders_again_gets_each_kind():
    person = make_person()
    Subscription.objects.create(person=person, kind="groups.unmet", is_wanted=False)

    keep_wishes(person, by=person, reminder_kinds=["groups.unmet"], messages="daily")

    assert queries.wants(person, "groups.unmet")
    assert queries.wishes_of(person).messages == "daily"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": "none"},
        {"quiet_from": 3},
        {"quiet_from": 3, "quiet_until": 24},
        {"messages": "weekly"},
    ],
)
def test_wishes_that_make_no_sense_are_refused(wrong):
    person = make_person()

    with pytest.raises(ValidationError):
        keep_wishes(person, by=person, reminder_kinds=[], **wrong)


@pytest.mark.django_db
def test_a_mark_moves_forward_only_and_keeps_its_first_moment():
    reader, about = make_person(), make_letter()
    early, late = at("2026-11-30 10:00"), at("2026-11-30 11:00")

    for up_to, moment in ((5, early), (5, late), (3, late), (9, late)):
        note_read(reader, about, up_to=up_to, now=moment)
        mark = ReadMark.objects.get()
        assert (mark.up_to, mark.read_at) == ((9, late) if up_to == 9 else (5, early))


@pytest.mark.django_db
def test_whoever_wishes_so_reads_unseen():
    reader, about = make_person(), make_letter()
    note_read(reader, about, up_to=5, now=at("2026-11-30 10:00"))
    keep_wishes(reader, by=reader, reminder_kinds=[], shows_reading=False)

    assert furthest_mark([reader, make_person()], about) is None
