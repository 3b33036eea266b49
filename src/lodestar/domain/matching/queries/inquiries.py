"""What does the engine answer to a question beside a run: at once for a few people, by a worker for many?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.find import one
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Inquiry, MatchRun
from lodestar.domain.matching.queries.children import Limits, NoResultError, found_within
from lodestar.domain.matching.queries.inputs import (
    Inputs,
    design_as_data,
    design_of,
    inputs_of,
    people_of,
)
from lodestar.domain.matching.queries.solving import given_of, named_sentence, settled_in
from lodestar.domain.matching.rules.tried import Tried
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.engine.matching import effects, window_effects
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.replaying import replayed
from lodestar.engine.rescue.beside import rematch_replayed

Kind, Status = Inquiry.Kind, Inquiry.Status
Hear = Callable[[float], None]
# How many pairs of a mentee with a mentor a page can wait for: about a tenth of a second each.
AT_ONCE = {Kind.SETTINGS: 100_000, Kind.CHANGES: 100_000, Kind.WHY_NOT: 100_000, Kind.CURVE: 2_500}


@dataclass(frozen=True)
class Question:
    """What is asked, about which frozen people; a question about a run uses what the run was computed on."""

    kind: Inquiry.Kind
    cohort: Cohort
    inputs: Inputs
    asked: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    run: MatchRun | None = None

    @cached_property
    def sha256(self) -> str:
        return rules.fingerprint([self.kind, self.inputs, dict(self.asked), self.seed])

    @property
    def is_small(self) -> bool:
        cells = len(self.inputs["mentees"]) * len(self.inputs["mentors"])
        return cells <= AT_ONCE.get(self.kind, 0)


@dataclass(frozen=True)
class Reply:
    """What a page can show of a question now: an answer, why there is none, or an inquiry that goes on."""

    answer: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""
    inquiry: Inquiry | None = None

    @property
    def is_waiting(self) -> bool:
        waiting = (Status.REQUESTED, Status.CLAIMED)
        return self.inquiry is not None and self.inquiry.status in waiting

    @property
    def must_be_asked(self) -> bool:
        """Too long for the page, and nobody has asked for it yet."""
        return not (self.answer or self.problem or self.is_waiting)


def settings_question(cohort: Cohort, tried: Tried, group: str = "") -> Question:
    """Ask what other weights would do to everybody who is in now."""
    asked = {"design": design_as_data(cohort.design, tried), "group": group}
    return Question(Kind.SETTINGS, cohort, inputs_of(cohort), asked, seed_of(cohort))


def curve_question(cohort: Cohort, group: str = "") -> Question:
    """Ask what every choice gives everybody who is in now, and how far apart groups would be, by one answer."""
    asked = {"group": group} if group else {}
    return Question(Kind.CURVE, cohort, inputs_of(cohort), asked, seed_of(cohort))


def seed_of(cohort: Cohort) -> int:
    """Return the cohort's lottery, once one is drawn."""
    first = MatchRun.objects.filter(cohort=cohort).order_by("pk").values_list("seed", flat=True)
    return first[0] if first else 0


def question_about(run: MatchRun, kind: Inquiry.Kind, asked: Mapping[str, Any]) -> Question:
    """Return a question about a run, on its own inputs and with its own lottery."""
    inputs = MatchRun.objects.filter(pk=run.pk).values_list("inputs", flat=True).get()
    return Question(kind, run.cohort, inputs, asked, run.seed, run)


def reply_to(question: Question) -> Reply:
    """Answer at once where that is quick, else say what a worker has found or is finding."""
    if not question.inputs.get("mentees") or not question.inputs.get("mentors"):
        return Reply(problem=_("Somebody has to be in on both sides first."))
    if question.is_small:
        return at_once(question)
    last = inquiries_like(question).first()
    if last is None:
        return Reply()
    problem = last.problem if last.status == Status.FAILED else ""
    return Reply(last.answer, problem, last)


def at_once(question: Question) -> Reply:
    function, arguments, options = engine_call(question)
    try:
        return Reply(function(*arguments, **options))
    except MatchingError as refusal:
        return Reply(problem=named_sentence(str(refusal), question.cohort.pk))


def inquiries_like(question: Question) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(question_sha256=question.sha256).defer("inputs").order_by("-pk")


def last_replay(run: MatchRun) -> Inquiry | None:
    return run.inquiries.filter(kind=Kind.REPLAY).defer("inputs").order_by("-pk").first()


def inquiry_for(person: Person, key: str) -> Inquiry:
    links = ("cohort__program", "run")
    found = Inquiry.objects.select_related(*links).defer("inputs", "run__inputs")
    return one(found, public_id=key, cohort__program__coordinators__person=person)


def engine_call(question: Question) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
    """Return which function of the engine answers, with what."""
    inputs, asked = question.inputs, question.asked
    people, design, given = people_of(inputs), design_of(inputs), given_of(inputs)
    options: dict[str, Any] = {"seed": question.seed}
    if question.kind == Kind.SETTINGS:
        tried = design_of({**inputs, "design": asked["design"]})
        options["group_field"] = asked.get("group", "")
        return effects.effect_of_settings, (people, (design, tried), given), options
    if question.kind == Kind.CURVE:
        options["group_field"] = asked.get("group", "")
        return effects.trade_offs, (people, design, given), options
    is_window = question.run is not None and question.run.kind == MatchRun.Kind.WINDOW
    settled = settled_in(inputs) if is_window else given
    if question.kind == Kind.CHANGES:
        changes = GivenPairs(
            pins=[(mentee, mentor) for mentee, mentor in asked["pins"]],
            bans=dict.fromkeys(asked["bans"], "banned"),
        )
        move = window_effects.effect_of_window_changes if is_window else effects.effect_of_changes
        return move, (people, design, settled, changes), options
    if question.kind == Kind.WHY_NOT:
        pair = (asked["mentee"], asked["mentor"])
        why = window_effects.window_why_not if is_window else effects.answer_why_not
        return why, (people, design, settled, pair), options
    return replay_of(question.run), (people, design, settled), options


REPLAYS: Mapping[str, Callable[..., dict[str, Any]]] = {
    MatchRun.Kind.REMATCH: rematch_replayed,
    MatchRun.Kind.WINDOW: window_effects.window_replayed,
}


def replay_of(run: MatchRun | None) -> Callable[..., dict[str, Any]]:
    return REPLAYS.get(run.kind, replayed) if run else replayed


def found_for(inquiry: Inquiry, hear: Hear) -> dict[str, Any]:
    """Compute an inquiry in a child process; raises NoResultError, in which people have their names."""
    limits = Limits(
        settings.INQUIRY_SECONDS,
        too_long=_(
            "This took longer than %(seconds)d seconds and was stopped. Nothing was changed. Ask again at a "
            "quieter hour, or have the limit raised."
        ),
        too_large=_(
            "This needed more than %(size)d MiB of memory and was stopped. Nothing was changed. Ask whoever "
            "runs this installation to raise the limit."
        ),
    )
    run = MatchRun.objects.filter(pk=inquiry.run_id).first() if inquiry.run_id else None
    inputs = run.inputs if run else inquiry.inputs
    question = Question(
        Kind(inquiry.kind), inquiry.cohort, inputs, inquiry.asked, inquiry.seed, run
    )
    function, arguments, options = engine_call(question)
    try:
        found = found_within(limits, function, partial(tuple, arguments), options, hear)
    except NoResultError as refusal:
        raise NoResultError(named_sentence(str(refusal), inquiry.cohort_id)) from refusal
    return compared(run, found) if run and inquiry.kind == Kind.REPLAY else found


def compared(run: MatchRun, found: Mapping[str, Any]) -> dict[str, Any]:
    """Hold a run computed again against what was stored of it."""
    kept = stored_result(run)
    then, now = rules.fingerprint(kept), rules.fingerprint(found)
    return {
        "same": then == now,
        "then": then,
        "now": now,
        "engine_then": run.engine_version,
        "engine_now": found["certificate"]["engine_version"],
        "differs": [name for name in kept if kept[name] != found[name]],
        "pairs": len(
            {tuple(pair[:2]) for pair in kept["pairs"]}
            ^ {tuple(pair[:2]) for pair in found["pairs"]}
        ),
    }


def stored_result(run: MatchRun) -> dict[str, Any]:
    """Return what is stored of a run's result in the order in which the engine tells it."""
    facts = ("score", "contributions", "coverage", "rank", "is_pinned", "broken_rule")
    rows = run.matches.values_list("mentee__public_id", "mentor__public_id", *facts)
    left = run.unmatched.filter(participant__role=RoleInCohort.MENTEE)
    return {
        "pairs": sorted([list(row) for row in rows], key=lambda row: row[:2]),
        "unmatched": sorted(
            map(list, left.values_list("participant__public_id", "reason", "help"))
        ),
        "certificate": run.certificate,
        "weights": run.weights,
        "prices": run.prices,
    }


def replayed_by_key(key: str) -> dict[str, Any] | None:
    """Compute a run again in this process, for the command line; None where there is no such result."""
    run = MatchRun.objects.filter(public_id=key).first()
    if run is None or not run.certificate:
        return None
    inputs = run.inputs
    asked = (people_of(inputs), design_of(inputs), settled_in(inputs))
    return compared(run, replay_of(run)(*asked, seed=run.seed))
