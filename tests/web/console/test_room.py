"""The matching room: readiness, weights, the curve, the board, why not these two, the picture, a replay."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, jobs
from lodestar.domain.matching.models import DraftChange, Inquiry, MatchRun, PairRule
from lodestar.domain.matching.queries import drafts
from lodestar.web.console.plots import apart_in_words, curve_plot
from tests.factories.applications import make_mentee
from tests.factories.groups import make_group_cohort
from tests.factories.matching import make_people, make_run, solved_run
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_criterion, make_design, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(lena):
    return signed_in(lena)


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    design = make_design(program)
    make_criterion(design, "Industry", "hierarchy", "industry", 10)
    return make_cohort(program, design=design)


@pytest.fixture
def run(cohort, lena):
    """Return a run of three mentees and two mentors."""
    make_people(cohort, 3, 2)
    return solved_run(cohort, lena)


def url(name, fact):
    return reverse(f"console:{name}", args=[fact.public_id])


def slider(cohort, name, weight):
    criterion = cohort.design.criteria.get(name=name)
    return {f"w-{criterion.public_id}": weight}


def test_an_empty_cohort_says_what_is_missing_on_every_page(office, cohort):
    for name in ("matching-pool", "matching-weights", "matching-curve", "matching-weights-file"):
        assert office.get(url(name, cohort)).status_code == 200
    assert "Somebody has to be in" in office.get(url("matching-curve", cohort)).content.decode()


@pytest.mark.parametrize(
    "name",
    ["pool", "weights", "weights-file", "curve", "somebody-else", "left-alone", "requests"],
)
def test_a_cohort_of_groups_has_no_room_for_pairs(office, lena, name):
    group_cohort = make_group_cohort(coordinator=lena)
    name = f"matching-{name}" if name in ("pool", "weights", "weights-file", "curve") else name

    assert office.get(url(name, group_cohort)).status_code == 404


def test_weights_are_tried_in_a_run_although_somebody_is_not_ready(office, cohort):
    make_people(cohort, 3, 2)
    make_mentee(cohort, make_person("Blank", "Page"), answers={})
    moved = slider(cohort, "Industry", 60)
    page = office.get(url("matching-weights", cohort), moved).content.decode()
    assert 'name="because"' in page

    said = {**moved, "because": "The dean waits for it."}
    answer = office.post(url("matching-run", cohort), said)

    assert answer.status_code == 302
    assert MatchRun.objects.get().went_on_because == "The dean waits for it."


def test_a_moved_slider_shows_its_effect_and_a_run_keeps_it(office, cohort, run):
    moved = slider(cohort, "Industry", 60)

    page = office.get(url("matching-weights", cohort), moved).content.decode()
    part = office.get(url("matching-weights", cohort), moved, headers={"HX-Request": "true"})
    office.post(url("matching-run", cohort), moved)
    asked = MatchRun.objects.latest("pk")

    assert "industry weighs 60 instead of 10." in page.lower()
    assert "Mean fit, of 100" in page
    assert part.content.decode().strip().startswith('<section id="effect"')
    assert asked.tried == {"weights": {"Industry": 60}, "objective": "", "floor": None}
    assert [c["weight"] for c in asked.inputs["design"]["criteria"]] == [30, 60]
    assert cohort.design.criteria.get(name="Industry").weight == 10


def test_whoever_comes_with_a_floor_alone_finds_the_designs_own_weights(office, cohort, run):
    page = office.get(url("matching-weights", cohort), {"floor": "300000"}).content.decode()
    criterion = cohort.design.criteria.get(name="Topics")

    assert f'name="w-{criterion.public_id}" value="30"' in page
    assert "No pair under 30 of 100 is proposed." in page
    assert "None" not in page.partition("<main")[2]


@pytest.mark.parametrize("weight", ["-1", "9999", "x", "9" * 40])
def test_a_weight_that_is_none_is_told_beside_its_slider(office, cohort, run, weight):
    page = office.get(url("matching-weights", cohort), slider(cohort, "Industry", weight))

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_what_was_tried_becomes_the_designs_by_one_press(office, cohort, run):
    done = office.post(url("matching-weights-adopt", cohort), slider(cohort, "Industry", 60))

    latest = cohort.program.designs.latest("version")
    assert done.status_code == 302
    assert latest.criteria.get(name="Industry").weight == 60


def test_a_file_of_weights_comes_onto_the_sliders_whole_or_not_at_all(office, cohort):
    def send(text):
        file = SimpleUploadedFile("weights.csv", text.encode())
        return office.post(url("matching-weights-file", cohort), {"file": file})

    good = send("criterion,weight_now,learned\nTopics,30,9000\nIndustry,10,1000\n")
    bad = send("criterion,learned\nTopic,5\nIndustry,many\n")
    none = send("a,b\n1,2\n")

    criterion = cohort.design.criteria.get(name="Topics")
    assert f"w-{criterion.public_id}=90" in good.url
    told = bad.content.decode()
    assert bad.status_code == none.status_code == 422
    assert "Row 2: “Topic” is no criterion of this program. Known are: Topics, Industry." in told
    assert "Row 3: the weight of “Industry” is “many”." in told
    assert "Row 1: the headings" in none.content.decode()


def test_a_small_pool_sees_the_curve_at_once_and_a_large_one_asks_a_worker(
    office, cohort, run, monkeypatch
):
    curve = office.get(url("matching-curve", cohort)).content.decode()
    monkeypatch.setattr("lodestar.domain.matching.queries.inquiries.AT_ONCE", {})
    large = office.get(url("matching-curve", cohort)).content.decode()
    office.post(url("matching-curve-ask", cohort))
    office.post(url("matching-curve-ask", cohort))
    waiting = office.get(url("matching-curve", cohort)).content.decode()

    assert "as many first wishes as possible" in curve
    assert "Compute the curve" in large
    assert 'hx-trigger="every 2s"' in waiting
    assert Inquiry.objects.count() == 1


def test_the_curve_tells_who_is_worst_off_and_how_far_apart_groups_are(office, cohort, run):
    plain = office.get(url("matching-curve", cohort)).content.decode()
    grouped = office.get(url("matching-curve", cohort), {"group": "country"}).content.decode()
    nonsense = office.get(url("matching-curve", cohort), {"group": "shoe size"})

    assert "Weakest tenth" in plain
    assert "Between groups" not in plain
    assert "too few to say" in grouped
    assert nonsense.status_code == 200
    assert "Between groups" not in nonsense.content.decode()


POINT = {"kind": "floor", "value": 500_000, "served": 0, "mean": 0, "worst": 0, "lowest_tenth": 0, "gini": 0.0, "first": 0, "blocking": 0}  # fmt: skip
SERVES = POINT | {"value": 0, "served": 9, "mean": 600_000, "worst": 200_000}


def test_a_choice_that_serves_nobody_is_named_and_not_drawn():
    answer = {"points": [SERVES, POINT], "objective": "total", "floor": 0}

    plot, empty = curve_plot(answer), curve_plot(answer | {"points": [POINT]})

    assert [point.served for point in plot.points] == [9]
    assert [spot.numbers for spot in plot.spots] == ["1"]
    assert plot.nobody == ["no pair under 50 of 100"] == empty.nobody
    assert (list(empty.points), list(empty.spots)) == ([], [])


@pytest.mark.parametrize(
    ("verdict", "value", "told"),
    [
        ("too_few", None, "too few to say"),
        ("no_clear_difference", 31_000, "3.1, which may be chance"),
        ("difference", 120_000, "12.0: most for Kenya, least for Chile"),
    ],
)
def test_a_gap_between_groups_is_told_as_far_as_it_can_be(verdict, value, told):
    gap = {"measure": "score", "verdict": verdict, "value": value, "highest": ["Kenya"], "lowest": ["Chile"]}  # fmt: skip

    assert apart_in_words([gap]) == told
    assert apart_in_words([]) == ""


def test_a_move_is_drafted_undone_and_kept(office, run):
    match = run.matches.order_by("pk").first()
    left = run.unmatched.get(participant__role="mentee").participant
    move = {"mentee": left.public_id, "mentor": match.mentor.public_id}

    board = office.get(url("run-arrange", run)).content.decode()
    drafted = office.post(url("run-draft", run), move, headers={"HX-Request": "true"})
    change = DraftChange.objects.get()
    office.post(url("run-undo", run), {"step": change.step})
    undone = DraftChange.objects.count()
    office.post(url("run-draft", run), move)
    blank = office.post(url("run-keep", run), {"reason": " "})
    office.post(url("run-keep", run), {"reason": "They met already."})

    told = drafted.content.decode()
    assert f'data-mentor="{match.mentor.public_id}"' in board
    assert "1 move in the draft" in told
    assert f"{left}, who has nobody, would have {match.mentor}." in told
    assert (undone, blank.status_code) == (0, 422)
    assert PairRule.objects.get().mentee == left
    assert MatchRun.objects.latest("pk").inputs["pins"] == [
        [left.public_id, match.mentor.public_id]
    ]


def test_two_mentees_swap_as_one_step(office, run):
    one, two = run.matches.order_by("pk")

    office.post(
        url("run-draft", run), {"mentee": one.mentee.public_id, "other": two.mentee.public_id}
    )

    changes = list(DraftChange.objects.all())
    assert {(c.mentee_id, c.mentor_id) for c in changes} == {
        (one.mentee_id, two.mentor_id),
        (two.mentee_id, one.mentor_id),
    }
    assert len({change.step for change in changes}) == 1
    page = office.get(url("run-move", run), {"mentee": one.mentee.public_id, "q": "Okafor"})
    assert "Swap with" in page.content.decode()


def test_why_not_these_two_names_what_it_costs_and_who_loses(office, run):
    left = run.unmatched.get(participant__role="mentee").participant
    match = run.matches.order_by("pk").first()
    asked = {"mentee": left.public_id, "mentor": match.mentor.public_id}

    page = office.get(url("run-why", run), asked).content.decode()
    together = office.get(
        url("run-why", run),
        {"mentee": match.mentee.public_id, "mentor": match.mentor.public_id},
    )
    nobody = office.get(url("run-why", run), {"mentee": "x", "mentor": "y"})

    assert "They could be matched" in page
    assert "and have nobody." in page
    assert "They are matched with each other in this run." in together.content.decode()
    assert nobody.status_code == 404


def test_among_many_two_people_are_looked_for_by_name(office, run, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_LISTED", 1)
    match = run.matches.order_by("pk").first()
    for person, name in ((match.mentee.person, "Noémie"), (match.mentor.person, "Łucja")):
        person.given_name, person.family_name = name, "Only"
        person.save()

    empty, found, nobody = (
        office.get(url("run-why", run), said).content.decode()
        for said in (
            {},
            {"mentee_name": "noemie", "mentor_name": "LUCJA"},
            {"mentee": match.mentee.public_id, "mentor_name": "zzz"},
        )
    )

    assert ("<select" in empty, "Mentee’s name" in empty) == (False, True)
    assert "They are matched with each other in this run." in found
    assert "Nobody of this name takes part here." in nobody
    assert f'value="{match.mentee.public_id}" selected' in nobody


def test_among_many_a_pair_to_keep_together_is_looked_for_by_name(office, cohort, monkeypatch):
    [mentee, _other], [mentor, _another] = make_people(cohort, 2, 2)
    monkeypatch.setattr(drafts, "MOST_LISTED", 1)
    for person, name in ((mentee.person, "Noémie"), (mentor.person, "Łucja")):
        person.given_name, person.family_name = name, "Only"
        person.save()
    address = url("matching-pair", cohort)
    found = f"{address}?mentee_name=noemie&mentor_name=LUCJA"
    pair = {"mentee": mentee.public_id, "mentor": mentor.public_id}

    empty, shown = (office.get(page).content.decode() for page in (address, found))
    stray = office.post(found, {**pair, "mentee": "x", "kind": "pin", "reason": "Yes."})
    office.post(found, {**pair, "kind": "pin", "reason": "Yes."})

    assert ("<select" in empty, "Mentee’s name" in empty) == (False, True)
    assert [f'<option value="{key}" selected>' in shown for key in pair.values()] == [True, True]
    assert stray.status_code == 422
    assert (PairRule.objects.get().mentee, PairRule.objects.get().mentor) == (mentee, mentor)


@pytest.mark.parametrize("count", [0, 3])
def test_the_picture_has_a_table_of_the_same(office, cohort, lena, count):
    make_people(cohort, count, count)
    run = solved_run(cohort, lena) if count else make_run(cohort)

    page = office.get(url("run-picture", run), {"part": "9" * 40}).content.decode()

    assert page.count('class="cell') >= count
    assert ("No match in this run" in page) == (count == 0)


def test_a_run_is_computed_again_and_is_the_same(office, run):
    office.post(url("run-replay", run))
    replayed_in_this_process()

    page = office.get(url("run", run)).content.decode()
    MatchRun.objects.filter(pk=run.pk).update(engine_version="1.0")
    run.matches.order_by("pk").first().delete()
    office.post(url("run-replay", run))
    replayed_in_this_process()
    other = office.get(url("run", run)).content.decode()

    assert "the same to the byte" in page
    assert "the engine was 1.0 then" in other


def replayed_in_this_process():
    """Answer what waits without a child process."""
    from unittest import mock

    def at_once(_limits, function, arguments, options, _hear):
        return function(*arguments(), **options)

    with mock.patch("lodestar.domain.matching.queries.inquiries.found_within", at_once):
        assert jobs.answer_inquiries(now()) == 1


@pytest.mark.parametrize(
    "name", ["run-picture", "run-arrange", "run-why", "run-move", "run-letters"]
)
def test_another_programs_coordinator_finds_nothing(cohort, name):
    run = make_run(cohort)
    stranger = make_person("Other", "Coordinator")
    make_cohort(make_program(coordinator=stranger))

    assert signed_in(stranger).get(url(name, run)).status_code == 404


def test_what_is_published_is_only_looked_at(office, run, lena):
    actions.publish_run(actions.mark_reviewed(run, by=lena), by=lena)
    match = run.matches.first()

    refused = office.post(
        url("run-draft", run),
        {"mentee": match.mentee.public_id, "mentor": run.matches.last().mentor.public_id},
    )

    assert refused.status_code == 409
    assert "only can be looked at" in office.get(url("run-arrange", run)).content.decode()


def test_a_draft_is_not_kept_into_a_run_that_knows_nothing_of_it(office, run, lena):
    match = run.matches.order_by("pk").first()
    other = run.matches.exclude(mentor=match.mentor).first().mentor
    sent = {"mentee": match.mentee.public_id, "mentor": other.public_id}
    office.post(url("run-draft", run), sent)
    waiting = actions.request_run(run.cohort, by=lena)

    answer = office.post(url("run-keep", run), {"reason": "They know each other."})

    assert answer.status_code == 409
    assert not PairRule.objects.exists()
    assert DraftChange.objects.exists()
    assert MatchRun.objects.latest("pk") == waiting
