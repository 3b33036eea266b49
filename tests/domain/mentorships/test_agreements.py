"""What two people agree on: written by one, signed by both, asked again in the middle."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.insights.queries.pairs import pairs_of
from lodestar.domain.mentorships import actions, jobs, queries, rules
from lodestar.domain.mentorships.models import Agreement, Mentorship
from lodestar.domain.messaging.models import Letter
from tests.factories.mentorships import make_agreement, make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design
from tests.races import at_once, on_postgresql

WORDS = {
    "goals": "A plan for the first year",
    "cadence_days": 21,
    "channel": "By video",
    "confidentiality": "Between us",
    "ending": "We say so",
}


def letters():
    rows = Letter.objects.order_by("pk").values_list("kind", "person__given_name")
    return [(kind.removeprefix("mentorships."), name) for kind, name in rows]


def verbs():
    return [entry.verb for entry in Entry.objects.order_by("pk")]


@pytest.fixture
def pair(db):
    mentorship = make_mentorship(mentor=make_person("Ruth"), mentee=make_person("Amina"))
    return (mentorship, *the_two(mentorship))


def drafted(mentorship, by, **changes):
    options = {name: changes.pop(name) for name in ("seen", "is_signed") if name in changes}
    return actions.draft_agreement(mentorship, by=by, words={**WORDS, **changes}, **options)


def test_written_by_one_and_signed_by_both_it_holds_and_its_cadence_counts(pair):
    mentorship, mentor, mentee = pair

    written = drafted(mentorship, mentee, is_signed=True)
    before = rules.cadence_of(Mentorship.objects.get())
    signed = actions.sign_agreement(written, by=mentor)

    assert before == 14
    assert signed.agreed_at is not None
    assert rules.cadence_of(Mentorship.objects.get()) == 21
    assert queries.agreement_in_force(mentorship) == signed
    assert letters() == [("agreement", "Ruth"), ("agreed", "Amina")]
    assert verbs() == [
        "agreement.drafted",
        "agreement.signed",
        "agreement.signed",
        "agreement.agreed",
    ]
    assert "A plan" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_signing_twice_signs_once(pair):
    mentorship, mentor, mentee = pair
    written = drafted(mentorship, mentee)

    first, again = (actions.sign_agreement(written, by=mentor) for _ in range(2))

    assert first.mentor_signed_at == again.mentor_signed_at
    assert verbs() == ["agreement.drafted", "agreement.signed"]
    assert letters() == [("agreement", "Amina")]


def test_a_draft_that_nobody_signed_tells_nobody(pair):
    drafted(pair[0], pair[2])

    assert letters() == []


def test_the_same_words_again_are_no_new_version(pair):
    mentorship, _, mentee = pair
    first = drafted(mentorship, mentee)

    assert drafted(mentorship, mentee, seen=first.public_id) == first


def test_a_change_asks_both_to_sign_again_and_the_old_words_hold_meanwhile(pair):
    mentorship, mentor, mentee = pair
    old = actions.sign_agreement(drafted(mentorship, mentee, is_signed=True), by=mentor)
    new = drafted(mentorship, mentor, seen=old.public_id, cadence_days=7, is_signed=True)

    assert (new.number, new.agreed_at, new.mentee_signed_at) == (2, None, None)
    assert queries.agreement_in_force(mentorship) == old
    assert rules.cadence_of(Mentorship.objects.get()) == 21
    assert Agreement.objects.count() == 2
    with pytest.raises(RefusedError, match="written anew meanwhile"):
        actions.sign_agreement(old, by=mentee)


def test_whoever_had_signed_is_told_that_a_change_needs_them_again(pair):
    mentorship, mentor, mentee = pair
    first = drafted(mentorship, mentee, is_signed=True)
    Letter.objects.all().delete()

    drafted(mentorship, mentor, seen=first.public_id, channel="In the library")

    assert letters() == [("agreement", "Amina")]


def test_what_only_one_changed_is_put_together_and_what_both_changed_is_refused(pair):
    mentorship, mentor, mentee = pair
    base = drafted(mentorship, mentee)
    drafted(mentorship, mentor, seen=base.public_id, cadence_days=7)

    together = drafted(mentorship, mentee, seen=base.public_id, channel="By telephone")

    assert (together.cadence_days, together.channel, together.number) == (7, "By telephone", 3)
    with pytest.raises(RefusedError, match="Days from one meeting"):
        drafted(mentorship, mentee, seen=base.public_id, cadence_days=30)
    assert queries.changed_by_both(mentorship, base.public_id, {**WORDS, "cadence_days": 30}) == {
        "cadence_days": 7
    }
    assert Agreement.objects.count() == 3


def test_who_saw_nothing_overwrites_nothing(pair):
    mentorship, mentor, mentee = pair
    drafted(mentorship, mentee)

    with pytest.raises(RefusedError, match="Nothing was overwritten"):
        drafted(mentorship, mentor, goals="Something else")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cadence_days": 0}, "greater than or equal to 1"),
        ({"cadence_days": 181}, "less than or equal to 180"),
        ({"channel": "x" * 301}, "at most 300"),
        ({"goals": " ", "channel": "", "confidentiality": "", "ending": ""}, "needs a few words"),
    ],
)
def test_what_cannot_be_agreed_is_refused(pair, changes, said):
    with pytest.raises(RefusedError, match=said):
        drafted(pair[0], pair[1], **changes)
    assert Agreement.objects.count() == 0


@pytest.mark.parametrize("state", ["paused", "held", "ended", "stranger"])
def test_nobody_writes_or_signs_what_is_not_open_to_them(pair, state):
    mentorship, mentor, mentee = pair
    written = drafted(mentorship, mentee)
    match state:
        case "paused":
            actions.pause_mentorship(mentorship, by=mentor)
        case "held":
            Mentorship.objects.update(status="paused", held_at=now())
        case "ended":
            actions.complete_mentorship(mentorship, by=mentor)
    by = make_person("Other") if state == "stranger" else mentor

    with pytest.raises(RefusedError):
        actions.sign_agreement(written, by=by)
    with pytest.raises(RefusedError):
        drafted(mentorship, by, seen=written.public_id, goals="Else")


def test_an_agreement_of_others_is_not_found(pair):
    other = make_agreement(make_mentorship())

    with pytest.raises(NotFoundError):
        queries.agreement_in(pair[0], other.public_id)


def test_the_first_draft_is_made_of_goals_the_wishes_and_the_design(pair):
    mentorship, _, mentee = pair
    empty = queries.draft_for(mentorship)
    actions.set_goal(mentorship, by=mentee, text="A job in policy")

    draft = queries.draft_for(mentorship)

    assert empty["goals"] == "Finding work\nInterviews"
    assert draft["goals"] == "A job in policy"
    assert draft["cadence_days"] == 14
    assert "stays between us" in draft["confidentiality"]
    assert "without giving a reason" in draft["ending"]


@pytest.mark.django_db
def test_a_wish_that_the_mentor_may_not_read_is_in_no_draft():
    hidden = make_design(visibility={"topics": "office"})

    assert queries.draft_for(make_mentorship(make_cohort(design=hidden)))["goals"] == ""


def test_versions_say_what_they_changed(pair):
    mentorship, _, _ = pair
    make_agreement(mentorship, goals="A plan\nA job")
    make_agreement(mentorship, goals="A plan\nنور", cadence_days=7)

    newest, first = queries.versions_of_agreement(mentorship)

    assert first.differences == []
    assert newest.differences == [
        rules.Difference("What we want to reach", ["A job"], ["نور"]),
        rules.Difference(
            "Days from one meeting to the next", ["About every 21 days"], ["About every 7 days"]
        ),
    ]


def agreed_long_ago(opened=140):
    """Two who agreed in the first half of a cohort whose second half has begun."""
    cohort = make_cohort(opens_in=-opened)
    mentorship = make_mentorship(cohort, began_at=now() - timedelta(days=50))
    make_agreement(mentorship, signed_by=the_two(mentorship))
    Agreement.objects.update(agreed_at=now() - timedelta(days=40))
    Mentorship.objects.update(agreed_cadence_days=21)
    return mentorship


@pytest.mark.django_db
def test_in_the_middle_both_are_asked_once_whether_it_still_holds():
    mentorship = agreed_long_ago()
    mentor, mentee = the_two(mentorship)

    counts = [jobs.reopen_agreements(now()) for _ in range(2)]

    review = queries.latest_agreement(mentorship)
    assert counts == [1, 0]
    assert rules.is_review(review)
    assert rules.words_of(review) == rules.words_of(queries.agreement_in_force(mentorship))
    assert sorted(letters()) == [("midpoint", "Amina"), ("midpoint", "Ruth")]
    assert queries.waits_for_signature(mentorship, mentor)
    for person in (mentor, mentee):
        actions.sign_agreement(review, by=person)
    assert queries.agreement_in_force(mentorship).number == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", ["first half", "paused", "over", "agreed since", "unsigned", "gone"]
)
def test_nobody_is_asked_where_it_makes_no_sense(state):
    mentorship = agreed_long_ago(opened={"first half": 100, "over": 222}.get(state, 140))
    match state:
        case "paused":
            Mentorship.objects.update(status="paused")
        case "agreed since":
            Agreement.objects.update(agreed_at=now())
        case "unsigned":
            make_agreement(mentorship)
        case "gone":
            mentor = the_two(mentorship)[0]
            mentor.blocked_at = now()
            mentor.save()

    assert jobs.reopen_agreements(now()) == 0
    assert letters() == []


@pytest.mark.django_db
def test_silence_is_measured_by_the_agreed_cadence():
    cohort = make_cohort(opens_in=-80)
    mentorship = make_mentorship(cohort, began_at=now() - timedelta(days=30))

    by_design = pairs_of(cohort)[0].is_silent
    Mentorship.objects.filter(pk=mentorship.pk).update(agreed_cadence_days=30)
    agreed = pairs_of(cohort)[0].is_silent

    assert (by_design, agreed) == (True, False)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_both_sign_at_once_and_it_holds():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    written = drafted(mentorship, mentee)

    told = at_once(*(lambda p=p: actions.sign_agreement(written, by=p) for p in (mentor, mentee)))

    assert told == []
    assert Agreement.objects.get().agreed_at is not None
    assert verbs().count("agreement.agreed") == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_both_write_at_once_and_nothing_is_lost_in_silence():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    seen = drafted(mentorship, mentee).public_id

    merged = at_once(
        lambda: drafted(mentorship, mentor, seen=seen, channel="Here"),
        lambda: drafted(mentorship, mentee, seen=seen, ending="There"),
    )
    latest = queries.latest_agreement(mentorship)
    refused = at_once(
        lambda: drafted(mentorship, mentor, seen=latest.public_id, channel="One", ending="There"),
        lambda: drafted(mentorship, mentee, seen=latest.public_id, channel="Two", ending="There"),
    )

    assert merged == []
    assert (latest.channel, latest.ending) == ("Here", "There")
    assert len(refused) == 1
