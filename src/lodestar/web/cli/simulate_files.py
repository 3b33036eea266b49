"""`lodestar simulate`: a design tried on people before it is launched, with a report of what to expect."""

import argparse
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from lodestar.engine.matching.cohort import GivenPairs, Problem, score_people
from lodestar.engine.matching.problem import PERFECT, MatchingError, Mentee, Mentor, Objective
from lodestar.engine.simulation.assumption_tables import assumptions_from
from lodestar.engine.simulation.assumptions import Assumptions, Procedure
from lodestar.engine.simulation.bottlenecks import (
    EVERYONE,
    MIXED,
    NO_MENTOR,
    Bottleneck,
    Label,
)
from lodestar.engine.simulation.changes import (
    LOOSEN_RULE,
    LOWER_FLOOR,
    ONE_MORE_PLACE,
    RECRUIT,
    Change,
)
from lodestar.engine.simulation.enough import refuse_too_few
from lodestar.engine.simulation.pace import MOST_DRAWS, Pace
from lodestar.engine.simulation.pool import synthetic_pool
from lodestar.engine.simulation.reliefs import Relief
from lodestar.engine.simulation.reporting import report_of
from lodestar.engine.simulation.sensitivity import Bar
from lodestar.engine.simulation.spreads import Spread
from lodestar.engine.simulation.wind_tunnel import Effort, WindTunnel, wind_tunnel
from lodestar.web.cli.cohorts import keys_by_name
from lodestar.web.cli.design_files import read_design
from lodestar.web.cli.doors import refusing, some_seed
from lodestar.web.cli.match_files import model_for
from lodestar.web.cli.pair_files import HELP_ON_BLOCKED, read_bans, read_pairs
from lodestar.web.cli.people_files import both_sides
from lodestar.web.cli.phrases import counted
from lodestar.web.cli.sheets import FileFault, json_text, read_bytes, read_sheet, write_whole
from lodestar.web.cli.timing import ProgressBar, some_seconds, within

ENDS_AT = {"feasibility": 0.2, "program": 0.6, "reliefs": 0.85, "sensitivity": 1.0}
HOW_TO_READ = {
    "mean": "the mean over all draws",
    "low, high": "9 of 10 draws lie between: how different one cohort may turn out from another",
    "error": "Monte Carlo standard error of the mean: how exactly the draws tell it",
    "gain": "mean difference on the same draws, with the interval that holds the true one 19 times of 20",
    "gain_per_hour": "reliefs: mentees served for an hour of work, the most first; of mentors asked for one more place half say yes",
    "share": "share of draws, with Wilson's interval",
    "null": "too few draws to say, or nothing to measure",
    "days": "working days from the day the first matches are proposed",
    "power": "the smallest true difference between those who meet and answer, and as many others, seen 4 times of 5",
}
FALLS_AWAY = {
    "drop_out": "drop out before matching",
    "decline": "say no to a match",
    "silence": "stay silent",
    "no_show": "say yes and never meet",
}
EPILOG = (
    "Nobody is matched by this and nothing is stored: it only tells what to expect. Without --assumptions the "
    "usual guesses are taken; the report names each with its source. The same files and seed "
    "give the same report, unless --seconds cuts it short."
)

Anyone = TypeVar("Anyone", Mentee, Mentor)
MadeUp = Mapping[str, int]


@refusing("simulate")
def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    refuse_no_draws(options)
    assumptions, procedure = read_assumptions(options.assumptions)
    problem, invented = read_problem(options)
    found = tried(problem, assumptions, procedure, options)
    report = report_of(problem, assumptions, procedure, found, options.seed)
    write_whole({options.out: json_text(told(found, report, invented))})
    print(f"{summary(found, invented)} The report is in {options.out}.")
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("lodestar simulate", description=__doc__, epilog=EPILOG)
    found.add_argument("--mentees", type=Path, required=True, help="CSV or XLSX")
    found.add_argument("--mentors", type=Path, required=True, help="CSV or XLSX")
    found.add_argument("--design", type=Path, help="design.toml; the usual design without it")
    found.add_argument(
        "--assumptions", type=Path, help="assumptions.toml: how many drop out, say no, stay silent"
    )
    found.add_argument("--draws", type=int, default=1_000, help="of who falls away (1000)")
    found.add_argument(
        "--program-draws", type=int, default=100, help="of the whole program, exactly matched (100)"
    )
    found.add_argument(
        "--fill-mentees", type=int, metavar="N", help="make mentees up, like those given, until N"
    )
    found.add_argument(
        "--fill-mentors", type=int, metavar="N", help="make mentors up, like those given, until N"
    )
    found.add_argument("--blocked", type=Path, help=HELP_ON_BLOCKED)
    found.add_argument("--pinned", type=Path, help="pairs that must stay: mentee, mentor")
    found.add_argument("--kept", type=Path, help="pairs that work together already")
    found.add_argument("--objective", choices=[objective.value for objective in Objective])
    found.add_argument(
        "--seconds", type=some_seconds, help="end after about this long with the draws so far"
    )
    found.add_argument("--seed", type=some_seed, default=0, help="of the draws and of the lottery")
    found.add_argument(
        "--out", type=Path, required=True, help="the report, for example report.json"
    )
    return found


def refuse_no_draws(options: argparse.Namespace) -> None:
    for option, draws in (("draws", options.draws), ("program-draws", options.program_draws)):
        if not 1 <= draws <= MOST_DRAWS:
            raise FileFault(f"--{option} {draws}: ask for 1 to {MOST_DRAWS:,} draws.")


def read_assumptions(path: Path | None) -> tuple[Assumptions, Procedure]:
    """Return what a file of assumptions states, the usual ones without a file."""
    if path is None:
        return Assumptions(), Procedure()
    try:
        return assumptions_from(tomllib.loads(read_bytes(path).decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileFault(f"{path.name} is not valid TOML: {error}.") from None
    except MatchingError as error:
        raise FileFault(f"{path.name}, {error}") from None


def read_problem(options: argparse.Namespace) -> tuple[Problem, MadeUp]:
    """Read the people, the design and the lists of pairs, and score them; count who was made up."""
    stated = read_design(options.design)
    design = stated.design
    if options.objective:
        design = replace(design, objective=Objective(options.objective))
    sheets = read_sheet(options.mentees), read_sheet(options.mentors)
    named = keys_by_name(sheets[0], "mentee"), keys_by_name(sheets[1], "mentor")
    given = GivenPairs(
        pins=read_pairs(options.pinned, named),
        bans=read_bans(read_sheet(options.blocked), named) if options.blocked else {},
        kept=read_pairs(options.kept, named),
    )
    mentees, mentors = both_sides(*sheets, stated)
    more_mentees = made_up(mentees, options.fill_mentees, options.seed, "mentees")
    more_mentors = made_up(mentors, options.fill_mentors, options.seed, "mentors")
    everyone = [*mentees, *more_mentees], [*mentors, *more_mentors]
    refuse_too_few(len(everyone[0]), len(everyone[1]))
    problem = score_people(*everyone, design, given, model=model_for(design))
    return problem, {"mentees": len(more_mentees), "mentors": len(more_mentors)}


def made_up(people: list[Anyone], wanted: int | None, seed: int, role: str) -> list[Anyone]:
    """Return as many made-up people, like those given, as are missing to the number wanted."""
    if wanted is None:
        return []
    if wanted < len(people):
        raise FileFault(
            f"--fill-{role} {wanted}: the file holds {len(people)} {role} already. "
            "Give a larger number, or leave it out."
        )
    return synthetic_pool(people, wanted - len(people), seed)


def tried(
    problem: Problem, assumptions: Assumptions, procedure: Procedure, options: argparse.Namespace
) -> WindTunnel:
    """Try the design, with its progress on a terminal, and within the seconds given."""
    bar = ProgressBar()
    limits = {
        step: within(None if options.seconds is None else share * options.seconds)
        for step, share in ENDS_AT.items()
    }
    pace = Pace(lambda step: limits[step](), bar)
    usual, most = Effort(), options.draws
    effort = Effort(
        most, options.program_draws, min(most, usual.reliefs), min(most, usual.sensitivity)
    )
    try:
        return wind_tunnel(problem, assumptions, procedure, effort, options.seed, pace)
    finally:
        bar.clear()


def told(found: WindTunnel, report: dict[str, Any], invented: MadeUp) -> dict[str, Any]:
    """Return a report with a sentence beside each of its codes."""
    binding = zip(found.bottlenecks, report["bottlenecks"], strict=True)
    tried_ones = zip(found.reliefs.found, report["reliefs"]["tried"], strict=True)
    bars = zip(found.sensitivity.bars, report["sensitivity"]["bars"], strict=True)
    for bottleneck, facts in binding:
        facts["sentence"] = bottleneck_sentence(bottleneck)
    for relief, facts in tried_ones:
        facts["sentence"] = change_sentence(relief.change)
    for bar, facts in bars:
        facts["sentence"] = bar_sentence(bar)
    report["inputs"]["made_up"] = dict(invented)
    return {"summary": summary(found, invented), "how_to_read": HOW_TO_READ, **report}


def summary(found: WindTunnel, invented: MadeUp) -> str:
    """Say in one paragraph what to expect, what binds, and what would help."""
    feasible, program = found.feasibility, found.program
    sentences = [
        f"If everybody kept their word, {feasible.planned:,} of {found.mentees:,} mentees would have a "
        f"mentor ({counted(found.mentors, 'mentor')}, {counted(found.places, 'place')}).",
        f"As assumed, {about(program.accepted)} find a mentor where both say yes, and "
        f"{about(program.met)} really meet{within_days(program.first_meeting_half)}; that takes "
        f"{about(program.staff_hours)} hours of staff work{pulses(program.pulses_answered)}.",
        *(bottleneck_sentence(each) for each in found.bottlenecks[:1]),
        *helped(found),
        *decided(found),
        *(f"{count:,} of the {role} are made up." for role, count in invented.items() if count),
        draws(found),
    ]
    return " ".join(sentences)


def about(spread: Spread) -> str:
    """Return a mean, with the range of 9 of 10 draws where there are enough draws.

    >>> about(Spread(41.2, 0.3, 34.0, 48.0, 100)), about(Spread(41.2, 0.3, None, None, 9))
    ('about 41 (34 to 48)', 'about 41')
    """
    mean = f"about {spread.mean or 0:,.0f}"
    if spread.low is None or spread.high is None:
        return mean
    return f"{mean} ({spread.low:,.0f} to {spread.high:,.0f})"


def within_days(spread: Spread) -> str:
    """Return how long half of those who meet wait until they do, or nothing where nobody meets.

    >>> within_days(Spread(3.1, 0.1, None, None, 9)), within_days(Spread(None, None, None, None, 0))
    (', half of them within 3 working days', '')
    """
    days = spread.mean
    return "" if days is None else f", half of them within {several(days, 'working day')}"


def pulses(spread: Spread) -> str:
    """Return how many answers to pulses will come, or nothing where nobody is asked.

    >>> pulses(Spread(40.2, 0.3, 31.0, 52.0, 90)), pulses(Spread(0.0, 0.0, None, None, 9))
    (' and brings about 40 (31 to 52) answers to pulses', '')
    """
    return f" and brings {about(spread)} answers to pulses" if spread.mean else ""


def draws(found: WindTunnel) -> str:
    """Say how many draws there were, and whether time cut them short."""
    counted, played = len(found.feasibility.counts), found.program.draws
    said = f"This counted {several(counted, 'draw')} and played {played:,} in full"
    if counted < found.feasibility.asked or played < found.program.asked:
        said += f", of {found.feasibility.asked:,} and {found.program.asked:,}, for time was up"
    return f"{said}; in 9 of 10 draws the number lies in its range."


def helped(found: WindTunnel) -> list[str]:
    useful = [relief for relief in found.reliefs.found if (relief.gain.low or 0) > 0]
    strongest = max(useful, key=lambda relief: relief.gain.mean, default=None)
    if strongest is None:
        return []
    if strongest == useful[0]:
        return [
            f"What would help most, and costs least for what it brings: {relief_sentence(strongest)}."
        ]
    return [
        f"What would help most: {relief_sentence(strongest)}.",
        f"Cheapest for what it brings: {relief_sentence(useful[0])}.",
    ]


def relief_sentence(relief: Relief) -> str:
    """Say what could be done, what it gains, and what it costs.

    >>> from lodestar.engine.simulation.costs import Cost
    >>> from lodestar.engine.simulation.spreads import Gain
    >>> relief_sentence(Relief(Change("relax_rule", rule="clock"), Gain(2.0, 1, 3, 9), None, 4, Cost(0, None, 1, 2.0)))
    'relax clock (+2.0 mentees for about 2 hours of work)'
    >>> relief_sentence(Relief(Change("recruit", amount=1), Gain(0.9, 0, 1, 9), None, 4, Cost(5, 0.2, 0, 1.25)))
    'recruit 1 mentor like those there are (+0.9 mentees for about 1.2 hours of work, 5 to ask)'
    """
    cost = relief.cost
    asks = f", {cost.ask:,} to ask" if cost.ask else ""
    work = f"about {cost.hours:.1f}".removesuffix(".0")
    return f"{change_sentence(relief.change)} (+{relief.gain.mean:,.1f} mentees for {work} hours of work{asks})"


def decided(found: WindTunnel) -> list[str]:
    bars = [bar for bar in found.sensitivity.bars if bar.width > 0]
    return [f"What matters most is {bar_sentence(bars[0])}."] if bars else []


def bar_sentence(bar: Bar) -> str:
    """Say how far an assumption moves the number of mentees who meet somebody.

    >>> from lodestar.engine.simulation.spreads import Gain
    >>> bar_sentence(Bar("mentor.silence", 0.0, 0.2, Gain(2.3, 2, 3, 9), Gain(-7.3, -8, -7, 9)))
    'how many mentors stay silent: +2.3 mentees at 0 %, -7.3 at 20 %'
    """
    role, _, name = bar.name.partition(".")
    if name:
        what, ends = (
            f"how many {role}s {FALLS_AWAY[name]}",
            [f"{100 * end:.0f} %" for end in (bar.low, bar.high)],
        )
    else:
        what, ends = "how soon people answer", [f"day {end:.1f}" for end in (bar.low, bar.high)]
    return f"{what}: {bar.at_low.mean:+,.1f} mentees at {ends[0]}, {bar.at_high.mean:+,.1f} at {ends[1]}"


def bottleneck_sentence(bottleneck: Bottleneck) -> str:
    """Say what binds, and how often.

    >>> from lodestar.engine.measures.rates import share_of
    >>> sizes = {"mentees": 7.0, "alike": 6.2, "lift": 3.0, "mentors": 2.0, "places": 3.0}
    >>> label, rest = Label("of_value", "industry", "Biotech"), {"short": 4.0, "short_over_all": 2.0}
    >>> found = Bottleneck(label, share_of(50, 100), **sizes, **rest, members=(), mentor_members=())
    >>> bottleneck_sentence(found)
    'In 50 % of draws 7 mentees (6 of them industry: Biotech) share 3 places.'
    """
    label, share = bottleneck.label, 100 * bottleneck.share.count / bottleneck.share.of
    who = f"In {share:.0f} % of draws {several(bottleneck.mentees, 'mentee')}"
    if label.value:
        is_all = round(bottleneck.alike) == round(bottleneck.mentees)
        alike = "all" if is_all else f"{bottleneck.alike:,.0f}"
        who += f" ({alike} of them {label.field}: {label.value})"
    if label.code == NO_MENTOR:
        has = "has" if round(bottleneck.mentees) == 1 else "have"
        return f"{who} {has} no eligible mentor who is there."
    told = {EVERYONE: ", all there are,", MIXED: " of many kinds"}.get(label.code, "")
    return f"{who}{told} share {several(bottleneck.places, 'place')}."


def several(count: float, noun: str) -> str:
    """Return a rounded number with its noun.

    >>> several(1.2, "place"), several(2.0, "place")
    ('1 place', '2 places')
    """
    return f"{count:,.0f} {noun}{'' if round(count) == 1 else 's'}"


def change_sentence(change: Change) -> str:
    """Say what could be done.

    >>> change_sentence(Change("recruit", Label("of_value", "industry", "Biotech"), 4))
    'recruit 4 mentors for mentees with industry: Biotech'
    >>> change_sentence(Change("one_more_place", amount=1))
    'ask 1 mentor for one more place each'
    >>> change_sentence(Change("loosen_rule", rule="clock", value=3.0))
    'loosen clock to 3'
    """
    whose = label_phrase(change.label)
    people = several(change.amount, "mentor")
    if change.code == RECRUIT:
        return f"recruit {people} {f'for {whose}' if whose else 'like those there are'}"
    if change.code == ONE_MORE_PLACE:
        return f"ask {people} {f'open to {whose} ' if whose else ''}for one more place each"
    if change.code == LOOSEN_RULE:
        return f"loosen {change.rule} to {change.value:g}"
    if change.code == LOWER_FLOOR:
        return f"lower the floor to {change.value:g} ({(change.value or 0) * PERFECT:,.0f} points)"
    return f"relax {change.rule}"


def label_phrase(label: Label) -> str:
    return f"mentees with {label.field}: {label.value}" if label.value else ""
