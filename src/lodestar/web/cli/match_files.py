"""`lodestar match`: two tables in, the proven best matches out."""

import argparse
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.meaning import LanguageModel
from lodestar.engine.matching.certificate import as_fields
from lodestar.engine.matching.chosen import Choice, ListFacts, solve_choices
from lodestar.engine.matching.cohort import LISTED_CELLS, GivenPairs, Problem, score_people
from lodestar.engine.matching.problem import (
    Design,
    MatchingError,
    Mentee,
    Mentor,
    Objective,
    TextMethod,
)
from lodestar.engine.matching.run import MatchResult, Solved, certify, describe, solve
from lodestar.web.cli.cohorts import choices_of, entries_of, key_of, keys_by_name, mentors_from
from lodestar.web.cli.design_files import read_design
from lodestar.web.cli.doors import refusing, some_seed
from lodestar.web.cli.match_reports import (
    card_file,
    fairness_file,
    keep_file,
    need_files,
    price_file,
    standby_file,
    tradeoff_files,
    why_not_sentences,
)
from lodestar.web.cli.meaning_files import language_model
from lodestar.web.cli.pair_files import HELP_ON_BLOCKED, read_bans, read_kept, read_pairs
from lodestar.web.cli.people_files import both_sides
from lodestar.web.cli.phrases import counted, help_sentence, reason_sentence, summary
from lodestar.web.cli.sheets import (
    FileFault,
    csv_text,
    json_text,
    read_sheet,
    write_whole,
)
from lodestar.web.cli.timing import ProgressBar, peak_mib, some_seconds, timed, within
from lodestar.web.cli.topic_columns import known_topics


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything read from files, before anything is computed."""

    mentees: list[Mentee]
    mentors: list[Mentor]
    design: Design
    given: GivenPairs
    directory: list[Mentor]
    choices: tuple[list[Choice], list[Choice] | None] | None


@refusing("match")
def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    seconds: dict[str, float] = {}
    with timed(seconds, "read"):
        inputs = read_inputs(options)
    matched = match(inputs, options, seconds)
    answer = asked(options, matched)
    with timed(seconds, "report"):
        reports = extra_files(options, inputs, matched)
    write_whole(files(options, matched, seconds) | reports)
    told = [summary(matched.result.certificate, options.out), *answer, *short_of_wishes(matched)]
    print(*told, sep="\n")
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("lodestar match", description=__doc__)
    found.add_argument("--mentees", type=Path, required=True, help="CSV or XLSX")
    found.add_argument("--mentors", type=Path, required=True, help="CSV or XLSX")
    found.add_argument("--design", type=Path, help="design.toml; the usual design without it")
    found.add_argument("--blocked", type=Path, help=HELP_ON_BLOCKED)
    found.add_argument("--pinned", type=Path, help="pairs that must stay: mentee, mentor")
    found.add_argument("--kept", type=Path, help="pairs that work together already: mentee, mentor")
    found.add_argument(
        "--objective",
        choices=[objective.value for objective in Objective],
        help="what best means; worst-first where the design says nothing",
    )
    found.add_argument(
        "--seconds",
        type=some_seconds,
        help="settle for the best so far after this long, with its bound",
    )
    found.add_argument("--seed", type=some_seed, default=0, help="of the lottery among equals")
    found.add_argument("--out", type=Path, required=True, help="folder for the results")
    found.add_argument("--scores", type=Path, help="also write every eligible score (.npz)")
    ranked = found.add_argument_group("ranked choices, matched before anybody else")
    ranked.add_argument("--choices", type=Path, help="the mentees' choices: mentee, mentor, rank")
    ranked.add_argument("--mentor-choices", type=Path, help="the mentors': mentor, mentee, rank")
    ranked.add_argument(
        "--serve-most",
        action="store_true",
        help="give up as few matches of the lists as it takes to serve the most mentees",
    )
    more = found.add_argument_group("what else to tell")
    more.add_argument(
        "--tradeoffs",
        action="store_true",
        help="options.csv, slider.csv, rules.csv: what each objective, fairness and each rule "
        "costs; with --kept also keep.csv",
    )
    more.add_argument(
        "--cards",
        action="store_true",
        help="cards.csv: of each match its rank, the coverage of its score, what speaks for it, the next best",
    )
    more.add_argument(
        "--standbys",
        action="store_true",
        help="standbys.csv: who steps in if a mentor falls silent",
    )
    more.add_argument(
        "--needs",
        action="store_true",
        help="needs.csv: demand, places, and what one more place would bring; prices.csv by mentor",
    )
    more.add_argument(
        "--directory",
        type=Path,
        help="people who might be won: recruits.csv says whom to ask first",
    )
    more.add_argument(
        "--groups", metavar="HEADING", help="fairness.json: how evenly groups by this column fare"
    )
    more.add_argument(
        "--why", nargs=2, metavar=("MENTEE", "MENTOR"), help="say why these two are not a match"
    )
    return found


def read_inputs(options: argparse.Namespace) -> Inputs:
    """Read every file before computing anything."""
    stated = read_design(options.design)
    design = stated.design
    if options.objective:
        design = replace(design, objective=Objective(options.objective))
    mentee_sheet, mentor_sheet = read_sheet(options.mentees), read_sheet(options.mentors)
    named = (keys_by_name(mentee_sheet, "mentee"), keys_by_name(mentor_sheet, "mentor"))
    options.why = options.why and named_pair(options.why, named)
    pins = read_pairs(options.pinned, named)
    kept = read_kept(options.kept, named)
    bans = read_bans(read_sheet(options.blocked), named) if options.blocked else {}
    mentees, mentors = both_sides(mentee_sheet, mentor_sheet, stated)
    given = GivenPairs(pins, bans, kept)
    choices = read_choices(options, named)
    return Inputs(mentees, mentors, design, given, read_directory(options.directory), choices)


def read_directory(path: Path | None) -> list[Mentor]:
    """Return the people who might be won."""
    if path is None:
        return []
    sheet = read_sheet(path)
    return mentors_from(sheet, entries_of(sheet, "mentor", known_topics((sheet,))))


def named_pair(
    pair: Sequence[str], named: tuple[Mapping[str, str], Mapping[str, str]]
) -> tuple[str, str]:
    """Return the keys of two people who may be called by their e-mail addresses."""
    found = [key_of(name, keys) for name, keys in zip(pair, named, strict=True)]
    for name, key, role in zip(pair, found, ("mentee", "mentor"), strict=True):
        if key is None:
            raise FileFault(f"--why: no {role} here has the ID or address “{name}”.")
    return str(found[0]), str(found[1])


def read_choices(
    options: argparse.Namespace, named: tuple[Mapping[str, str], Mapping[str, str]]
) -> tuple[list[Choice], list[Choice] | None] | None:
    """Return the ranked choices of both sides; None where nobody ranked anybody."""
    if options.choices is None:
        if options.mentor_choices or options.serve_most:
            raise FileFault(
                "--mentor-choices and --serve-most go with --choices: name that file too."
            )
        return None
    if options.objective:
        raise FileFault(
            "Ranked choices come first and the rest is filled by served: leave --objective out."
        )
    mine = choices_of(read_sheet(options.choices), "mentee", named)
    if options.mentor_choices is None:
        return mine, None
    return mine, choices_of(read_sheet(options.mentor_choices), "mentor", named)


def model_for(design: Design) -> LanguageModel | None:
    """Load the language model only where a criterion asks for meaning."""
    asks = any(criterion.method is TextMethod.MEANING for criterion in design.criteria)
    return language_model() if asks else None


@dataclass(frozen=True, slots=True)
class Matched:
    """A match with everything it was found by."""

    result: MatchResult
    problem: Problem
    solved: Solved
    lists: ListFacts | None


def match(inputs: Inputs, options: argparse.Namespace, seconds: dict[str, float]) -> Matched:
    """Score, solve, prove and explain; each step timed, its progress shown on a terminal."""
    bar = ProgressBar()
    with timed(seconds, "score"):
        problem = score_people(
            inputs.mentees,
            inputs.mentors,
            inputs.design,
            inputs.given,
            model=model_for(inputs.design),
        )
    refuse_beyond_lists(options, problem)
    with timed(seconds, "solve"):
        solved, facts = solved_by(problem, inputs, options, bar)
    with timed(seconds, "prove"):
        checked = certify(problem, solved, bar)
    with timed(seconds, "explain"):
        result = describe(problem, solved, checked, options.seed)
    bar.clear()
    return Matched(result, problem, solved, facts)


def refuse_beyond_lists(options: argparse.Namespace, problem: Problem) -> None:
    """Say before solving what is told of listed pairs only."""
    for name in ("tradeoffs", "standbys", "choices"):
        if problem.pairs is None and getattr(options, name):
            raise MatchingError(
                f"--{name} is for cohorts of up to {LISTED_CELLS:,} pairs of a mentee with a mentor: leave it out, "
                "or part the cohort."
            )


def solved_by(
    problem: Problem, inputs: Inputs, options: argparse.Namespace, bar: ProgressBar
) -> tuple[Solved, ListFacts | None]:
    """Solve by score, or by ranked choices first where there are any."""
    if inputs.choices is None:
        return solve(problem, options.seed, may_go_on=within(options.seconds), progress=bar), None
    return solve_choices(problem, *inputs.choices, options.seed, serve_most=options.serve_most)


def short_of_wishes(matched: Matched) -> list[str]:
    """Say how many mentees wanted more mentors than they have; the unmatched ones are told elsewhere."""
    load = Counter(pair.mentee for pair in matched.result.pairs)
    short = [m for m in matched.problem.scorer.mentees if 0 < load[m.key] < m.demand]
    if not short:
        return []
    return [f"Note: {counted(len(short), 'mentee')} wanted more mentors than they have now."]


def asked(options: argparse.Namespace, matched: Matched) -> list[str]:
    """Return the answer to --why, if it was asked."""
    if not options.why:
        return []
    return [why_not_sentences(matched.problem, matched.solved, options.why, options.seed)]


def extra_files(options: argparse.Namespace, inputs: Inputs, matched: Matched) -> dict[Path, bytes]:
    """Return the files of what else was asked for."""
    out, problem = options.out, matched.problem
    found: dict[Path, bytes] = {}
    if options.tradeoffs:
        found |= tradeoff_files(out, problem, options.seed)
    if options.tradeoffs and options.kept:
        found |= keep_file(out, problem, options.seed)
    if options.standbys:
        found |= standby_file(out, problem, matched.result, options.seed)
    if options.needs or options.directory:
        found |= need_files(out, problem, options.seed, inputs.directory)
        found |= price_file(out, problem, matched.solved, options.seed)
    if matched.lists:
        found[out / "lists.json"] = json_text(asdict(matched.lists))
    if options.cards:
        found |= card_file(out, matched.result)
    if options.groups:
        found |= fairness_file(out, problem, matched.result, field_named(options.groups))
    return found


def files(
    options: argparse.Namespace, matched: Matched, seconds: Mapping[str, float]
) -> dict[Path, bytes]:
    """Return the result's files: matches, who is left, the certificate, and what it cost to compute."""
    result = matched.result
    criteria = list(result.weights)
    found = {
        options.out / "matches.csv": csv_text(
            ["mentee", "mentor", "score", *criteria],
            (
                [pair.mentee, pair.mentor, pair.score, *(pair.contributions[c] for c in criteria)]
                for pair in result.pairs
            ),
        ),
        options.out / "unmatched.csv": csv_text(
            ["person", "reason", "what_would_help"],
            ([p.mentee, reason_sentence(p), help_sentence(p)] for p in result.unmatched),
        ),
        options.out / "certificate.json": json_text(as_fields(result.certificate)),
        options.out / "timings.json": json_text({"seconds": seconds, "peak_mib": peak_mib()}),
    }
    if options.scores:
        found[options.scores] = scores_file(matched.problem)
    return found


def scores_file(problem: Problem) -> bytes:
    """Return every eligible pair as positions in the input's order of keys, with the keys."""
    scorer = problem.scorer
    pairs = problem.pairs if problem.pairs is not None else scorer.listed()
    stream = io.BytesIO()
    np.savez(
        stream,
        mentee=pairs.mentee_of_each(),
        mentor=pairs.mentor,
        score=pairs.score,
        mentee_keys=np.array([mentee.key for mentee in scorer.mentees]),
        mentor_keys=np.array([mentor.key for mentor in scorer.mentors]),
        capacity=pairs.capacity,
    )
    return stream.getvalue()
