"""What else can a match tell: what each choice costs, what is needed, how even it is, why not her?"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from lodestar.engine.answers.values import values_of
from lodestar.engine.fairness.audit import audit_fairness
from lodestar.engine.fairness.received import Loads, Received
from lodestar.engine.matching.cohort import LISTED_CELLS, SCANNED, Problem, rescored
from lodestar.engine.matching.needs import needs_by_value, recruit_list
from lodestar.engine.matching.problem import CriterionKind, MatchingError, Mentor, Objective
from lodestar.engine.matching.regret import Change, WhyNot, place_prices, why_not
from lodestar.engine.matching.run import MatchResult, Solved, solve
from lodestar.engine.matching.tradeoffs import (
    Outcome,
    compare_objectives,
    fairness_curve,
    rule_prices,
)
from lodestar.engine.rescue.beside import standbys_beside
from lodestar.engine.rescue.rematching import keep_curve_of
from lodestar.web.cli.phrases import counted
from lodestar.web.cli.sheets import FileFault, csv_text, json_text

Files = dict[Path, bytes]
OUTCOME = (
    "served", "total", "worst", "lowest_tenth", "first_choices", "blocking_pairs", "gini", "group_gap",
)  # fmt: skip
RULE = (
    "rule", "forbids_pairs", "forbids_alone", "strands_mentees", "more_served_without_it",
    "worst_match_higher_by", "total_higher_by",
)  # fmt: skip
NEED = (
    "field", "value", "wanted_by", "places", "met", "unserved", "one_more_serves", "one_more_points",
)  # fmt: skip
BY_VALUE = (
    CriterionKind.TOPICS,
    CriterionKind.CATEGORY,
    CriterionKind.HIERARCHY,
    CriterionKind.LANGUAGE,
    CriterionKind.TIMEZONE,
)
MOST_RECRUITS = 20
MOST_MOVED = 10


def tradeoff_files(out: Path, problem: Problem, seed: int) -> Files:
    """Return what each objective, each position of the fairness slider and each rule costs."""
    options, curve = compare_objectives(problem, seed), fairness_curve(problem, seed=seed)
    share = "share_of_largest_total"
    return {
        out / "options.csv": csv_text(
            ["objective", share, *OUTCOME],
            ([o.objective, f"{o.share:.4f}", *cells_of(o.outcome)] for o in options),
        ),
        out / "slider.csv": csv_text(
            ["theta", share, *OUTCOME],
            ([s.theta, f"{s.share:.4f}", *cells_of(s.outcome)] for s in curve),
        ),
        out / "rules.csv": csv_text(
            list(RULE), (list(asdict(price).values()) for price in rule_prices(problem, seed))
        ),
    }


def cells_of(outcome: Outcome) -> list[object]:
    """Return an outcome as cells; blank where there are no groups."""
    found = asdict(outcome)
    return ["" if found[name] is None else found[name] for name in OUTCOME]


def keep_file(out: Path, problem: Problem, seed: int) -> Files:
    """Return what each keep-bonus keeps of the pairs that work already, and what it costs."""
    return {
        out / "keep.csv": csv_text(
            ["keep_bonus", "kept", "of", "served", "total", "share_of_total_from_scratch"],
            (
                [p.bonus, p.kept, p.keepable, p.served, p.total, f"{p.total_share:.4f}"]
                for p in keep_curve_of(problem, seed)
            ),
        )
    }


def standby_file(out: Path, problem: Problem, result: MatchResult, seed: int) -> Files:
    """Return who stands by for each matched mentee, or why nobody does."""
    if problem.pairs is None:
        raise MatchingError(f"--standbys is told for cohorts of up to {LISTED_CELLS:,} pairs.")
    may_raise = problem.scorer.market.capacity < problem.design.capacity_maximum
    plan = standbys_beside(problem, result, seed, may_raise=may_raise)
    mentees, mentors = problem.scorer.mentees, problem.scorer.mentors
    table: list[list[object]] = [
        [
            mentees[s.mentee].key,
            s.rank,
            mentors[s.mentor].key,
            s.score,
            "yes" if s.by_raise else "no",
            "",
        ]
        for s in plan.standbys
    ]
    table += [[mentees[u.mentee].key, "", "", "", "", u.reason.value] for u in plan.uncovered]
    headings = ["mentee", "order", "standby", "score", "needs_one_place_more", "why_none"]
    return {out / "standbys.csv": csv_text(headings, sorted(table, key=lambda row: str(row[0])))}


def need_files(out: Path, problem: Problem, seed: int, directory: Sequence[Mentor]) -> Files:
    """Return demand against supply by value, what places are worth, and whom to win first."""
    criteria = [c for c in problem.scorer.compiled.criteria if c.kind in BY_VALUE]
    fields = list(dict.fromkeys((c.mentee_field, c.mentor_field) for c in criteria))
    found = {
        out / "needs.csv": csv_text(
            list(NEED),
            (
                [
                    n.field,
                    n.value,
                    n.wanted,
                    n.places,
                    n.met,
                    n.unserved,
                    n.gain.mentees,
                    n.gain.points,
                ]
                for n in needs_by_value(problem, fields, seed)
            ),
        )
    }
    if directory:
        chosen = recruit_list(problem, directory, MOST_RECRUITS, seed)
        found[out / "recruits.csv"] = csv_text(
            ["order", "person", "serves", "points"],
            ([n, g.mentor, g.gain.mentees, g.gain.points] for n, g in enumerate(chosen, 1)),
        )
    return found


def price_file(out: Path, problem: Problem, solved: Solved, seed: int) -> Files:
    """Return what one more place with each mentor would bring, and what one less might cost.

    Prices are in points under served, total and worst-first; for any other objective, and for ranked choices, those
    of served are told. Under total nobody is counted, so how many it serves stays blank.
    """
    if problem.design.objective not in SCANNED or solved.by_lists:
        design = replace(problem.design, objective=Objective.SERVED)
        problem = rescored(problem, design=design)
        solved = solve(problem, seed)
    serves = bool(solved.solution.claim.serving)
    return {
        out / "prices.csv": csv_text(
            ["mentor", "one_more_serves", "one_more_points", "price_up_to_mentees", "and_points"],
            (
                [
                    p.mentor,
                    p.low.mentees if serves else "",
                    p.low.points,
                    p.high.mentees if serves else "",
                    p.high.points,
                ]
                for p in place_prices(problem, solved)
            ),
        )
    }


def card_file(out: Path, result: MatchResult) -> Files:
    """Return each match's rank for its mentee, the coverage of its score, what speaks for it, and the next best."""
    return {
        out / "cards.csv": csv_text(
            ["mentee", "mentor", "score", "rank", "coverage", "speaks_for_it", "next_best"],
            (
                [
                    pair.mentee,
                    pair.mentor,
                    pair.score,
                    pair.rank,
                    pair.coverage,
                    "; ".join(f"{reason.criterion} {reason.points}" for reason in pair.reasons),
                    "; ".join(f"{mentor} {score}" for mentor, score in pair.alternatives),
                ]
                for pair in result.pairs
            ),
        )
    }


def fairness_file(out: Path, problem: Problem, result: MatchResult, field: str) -> Files:
    """Return how evenly the result treats the groups of one answer; small groups stay hidden."""
    scorer = problem.scorer
    best = {pair.mentee: pair for pair in sorted(result.pairs, key=lambda pair: pair.score)}
    keys = [mentee.key for mentee in scorer.mentees]
    said = [values_of(mentee.answers.get(field)) for mentee in scorer.mentees]
    if not any(said):
        raise FileFault(
            f"--groups: no mentee has an answer under {field}. Name a column of the mentees' file."
        )
    taken = {mentor.key: 0 for mentor in problem.mentors}
    for pair in result.pairs:
        taken[pair.mentor] += 1
    audit = audit_fairness(
        Received(
            served=[key in best for key in keys],
            score=[best[key].score if key in best else None for key in keys],
            rank=[best[key].rank if key in best else None for key in keys],
        ),
        Loads(list(taken.values()), scorer.market.capacity[: len(taken)]),
        [values[0] if values else None for values in said],
    )
    return {out / "fairness.json": json_text({"groups_by": field, **asdict(audit)})}


def why_not_sentences(problem: Problem, solved: Solved, pair: Sequence[str], seed: int) -> str:
    """Answer "why not her?" in sentences."""
    try:
        found = why_not(problem, solved, pair[0], pair[1], seed)
    except MatchingError as fault:
        return f"Why not {pair[0]} with {pair[1]}? {fault}"
    if found.is_matched:
        return f"{pair[0]} and {pair[1]} are a match ({found.score:,} points)."
    if found.broken_rule:
        return f"{pair[0]} and {pair[1]} may not meet: {found.broken_rule}."
    return " ".join([f"{pair[0]} with {pair[1]} scores {found.score:,} points.", *told(found)])


def told(found: WhyNot) -> list[str]:
    """Return what the pair would change, found by solving once more with it, and whom it would move."""
    if found.change is None:
        return ["Ranked choices come first, so nothing is told of what another pair would cost."]
    moved = [
        f"{mentee} would have {then or 'nobody'} instead of {now or 'nobody'}"
        for mentee, now, then in found.displaced
    ]
    more = len(moved) - MOST_MOVED
    if more > 0:
        moved = [*moved[:MOST_MOVED], f"{counted(more, 'other')} would change too"]
    return [*change_sentences(found.change), *([f"{'; '.join(moved)}."] if moved else [])]


def change_sentences(change: Change) -> list[str]:
    """Say what a whole matching with the pair would be like.

    >>> change_sentences(Change((9, 8), (5, 5), (90, 80)))
    ['It would leave 1 more without a mentor.', 'It would cost 10 points in all.']
    >>> change_sentences(Change((9, 9), (5, 4), (90, 95)))
    ['It would bring 5 points in all.', 'The weakest match would fall from 5 to 4 points.']
    >>> change_sentences(Change((9, 9), (5, 5), (90, 90)))
    ['It would be just as good.']
    """
    unserved = change.matched[0] - change.matched[1]
    points = change.total[0] - change.total[1]
    before, after = change.worst
    found = [f"It would leave {unserved:,} more without a mentor."] if unserved > 0 else []
    if points:
        verb = "cost" if points > 0 else "bring"
        found.append(f"It would {verb} {counted(abs(points), 'point')} in all.")
    if after < before:
        found.append(f"The weakest match would fall from {before:,} to {after:,} points.")
    return found or ["It would be just as good."]
