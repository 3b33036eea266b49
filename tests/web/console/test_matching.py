"""The coordinator's pages of matching, through the test client."""

import pytest
from django.urls import reverse

from lodestar.domain.matching import actions
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.messaging.models import Letter
from tests.factories.applications import make_mentee
from tests.factories.matching import make_match, make_people, make_run, published_match, solved_run
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(lena):
    return signed_in(lena)


def url(name, fact):
    return reverse(f"console:{name}", args=[fact.public_id])


def test_the_whole_way_from_request_to_board(office, cohort):
    make_people(cohort, 3, 2)

    asked = office.post(url("matching-run", cohort))
    run = MatchRun.objects.get()
    waiting = office.get(url("matching", cohort)).content.decode()
    solved = _solve(run)
    looked = office.get(url("run", solved)).content.decode()
    office.post(url("run-review", solved))
    confirm = office.get(url("run-publish", solved)).content.decode()
    office.post(url("run-publish", solved))
    board = office.get(url("matching-board", cohort)).content.decode()

    assert asked.url == url("matching", cohort)
    assert "A run is being computed" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "2 of 3 mentees have a mentor." in looked
    assert "Proven best: no other set of pairs serves more mentees" in looked
    assert "4 letters" in confirm
    assert "Publish 2 matches" in confirm
    assert board.count("waiting for both") >= 2
    assert Letter.objects.filter(kind="matching.proposed").count() == 4


def _solve(run):
    from lodestar.domain.common.time import now
    from lodestar.domain.matching.queries.solving import engine_arguments, engine_options
    from lodestar.engine.matching.run import run_match

    claimed = actions.claim_run(now())
    actions.store_result(claimed, run_match(*engine_arguments(claimed), **engine_options(claimed)))
    run.refresh_from_db()
    return run


def test_an_empty_cohort_says_what_to_do_first(office, cohort):
    page = office.get(url("matching", cohort)).content.decode()
    refused = office.post(url("matching-run", cohort))

    assert "Nobody waits for a mentor here yet" in page
    assert "Compute a run" not in page
    assert refused.status_code == 409


def test_in_a_cohort_that_is_over_nobody_is_matched_any_more(office, lena):
    cohort = make_cohort(make_program(coordinator=lena), opens_in=-400)
    make_mentee(cohort, make_person())

    page = office.get(url("matching", cohort)).content.decode()
    refused = office.post(url("matching-run", cohort))

    assert "This cohort is over" in page
    assert "Compute a run" not in page
    assert "nobody is matched in it any more" in refused.content.decode()


def test_the_runs_renew_themselves_as_a_fragment(office, cohort):
    make_run(cohort, status=MatchRun.Status.REQUESTED)

    fragment = office.get(url("matching", cohort), headers={"HX-Request": "true"})

    assert fragment.content.decode().strip().startswith('<div id="runs"')


def test_a_failed_run_says_why(office, cohort):
    run = make_run(cohort, status=MatchRun.Status.FAILED, problem="It took too long.")

    assert "It took too long." in office.get(url("run", run)).content.decode()


def test_publishing_twice_is_told_kindly(office, cohort, lena):
    match = published_match(cohort, by=lena)

    page = office.get(url("run-publish", match.run)).content.decode()
    again = office.post(url("run-publish", match.run))

    assert "Lena Berg published this run already" in page
    assert again.status_code == 409
    assert Letter.objects.count() == 2


def test_a_card_shows_points_that_add_up_and_both_readings(office, cohort, lena):
    make_people(cohort, 1, 2)
    run = solved_run(cohort, lena)
    match = run.matches.get()

    page = office.get(url("match", match)).content.decode()

    assert f"{match.score:,}" in page
    assert "offers help with “Finding work”" in page
    assert "asks for help with “Finding work”" in page
    assert "The next best mentors for this mentee" in page
    assert "No other mentee would score higher for this mentor." in page


def test_a_pair_is_banned_from_its_card_and_lifted_again(office, cohort):
    match = make_match(make_run(cohort))

    blank = office.post(url("match-pair", match), {"kind": "ban", "reason": ""})
    office.post(url("match-pair", match), {"kind": "ban", "reason": "Same family."})
    rule = PairRule.objects.get()
    listed = office.get(url("matching", cohort)).content.decode()
    office.post(url("pair-lift", rule))

    assert blank.status_code == 422
    assert "Same family." in listed
    assert PairRule.objects.count() == 0


def test_any_pair_is_kept_together_by_hand(office, cohort):
    [mentee], [mentor] = make_people(cohort, 1, 1)
    form = {"mentee": mentee.public_id, "mentor": mentor.public_id, "kind": "pin", "reason": "Yes."}

    empty = office.post(url("matching-pair", cohort), {})
    office.post(url("matching-pair", cohort), form)

    assert empty.status_code == 422
    assert PairRule.objects.get().kind == "pin"


def test_a_match_is_taken_back_from_its_card(office, cohort):
    match = published_match(cohort)

    office.post(url("match-withdraw", match), {"note": "Ruth moved."})

    match.refresh_from_db()
    assert (match.status, match.withdrawal_note) == (Match.Status.WITHDRAWN, "Ruth moved.")


def test_the_reason_of_a_no_is_for_the_office(office, cohort):
    match = published_match(cohort)
    actions.answer_match(
        match, by=match.mentor.person, answer=Match.Answer.DECLINED, reason="time", note="A baby."
    )

    page = office.get(url("match", match)).content.decode()

    assert "I do not have the time just now" in page
    assert "A baby." in page


def test_who_is_left_and_what_changed_have_pages(office, cohort, lena):
    make_people(cohort, 3, 2)
    first = solved_run(cohort, lena)
    pair = first.matches.first()
    actions.ban_pair(pair.mentor, pair.mentee, by=lena, reason="Same family.")
    second = solved_run(cohort, lena)

    left = office.get(url("run-unmatched", second)).content.decode()
    changed = office.get(url("run-changes", second)).content.decode()
    alone = office.get(url("run-changes", first)).content.decode()

    assert "for 3 mentees" in left
    assert str(pair.mentee) in changed
    assert "This is the first run" in alone


@pytest.mark.parametrize("name", ["run", "run-unmatched", "run-changes", "run-publish"])
def test_another_programs_coordinator_finds_nothing(cohort, name):
    run = make_run(cohort)
    stranger = make_person("Other", "Coordinator")
    make_cohort(make_program(coordinator=stranger))

    assert signed_in(stranger).get(url(name, run)).status_code == 404


@pytest.mark.parametrize("name", ["match", "match-pair", "match-withdraw"])
def test_another_programs_coordinator_finds_no_match(cohort, name):
    match = make_match(make_run(cohort))
    stranger = make_person("Other", "Coordinator")
    make_cohort(make_program(coordinator=stranger))
    browser = signed_in(stranger)

    assert (browser.get if name == "match" else browser.post)(url(name, match)).status_code == 404


@pytest.mark.parametrize("size", [0, 1, 120])
def test_any_number_of_matches_costs_the_same_few_questions(
    office, cohort, size, django_assert_max_num_queries
):
    run = make_run(cohort, certificate={"matched": size, "mentees": size, "gap": 0, "violators": 0})
    for _ in range(size):
        make_match(run)

    with django_assert_max_num_queries(26):
        page = office.get(url("run", run), {"page": "9" * 40})

    assert page.status_code == 200
    assert len(page.context["page"].object_list) == {0: 0, 1: 1, 120: 20}[size]


def test_a_long_list_is_searched_by_name_and_mark(office, cohort):
    run = make_run(cohort, certificate={"matched": 2, "mentees": 2})
    pinned = make_match(run, is_pinned=True)
    make_match(run, mentee=None, coverage=20)

    shown = office.get(url("run", run), {"show": "pinned", "q": "Ruth Okafor"})
    none = office.get(url("run", run), {"q": "Nobody"})
    odd = office.get(url("run", run), {"show": "else"})

    assert [match.pk for match in shown.context["page"]] == [pinned.pk]
    assert list(none.context["page"]) == []
    assert len(odd.context["page"].object_list) == 2
