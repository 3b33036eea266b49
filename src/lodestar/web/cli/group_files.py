"""`lodestar group`: tables of people in; groups round a mentor, or pairs and circles of peers, out."""

import argparse
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from lodestar.engine.groups.designs import GroupDesign, group_design_from, rules_for
from lodestar.engine.groups.rules import Apart, Rule, broken_rules
from lodestar.engine.matching.certificate import ENGINE_VERSION
from lodestar.engine.matching.cohort import LISTED_CELLS, GivenPairs, Problem, score_people
from lodestar.engine.matching.problem import Design, MatchingError, Mentee, Mentor
from lodestar.engine.peers.forms import (
    Grouped,
    Request,
    circles_of,
    groups_of,
    pairs_of_peers,
    peers_design,
)
from lodestar.web.cli.cohorts import keys_by_name
from lodestar.web.cli.design_files import StatedDesign, read_design
from lodestar.web.cli.doors import refusing, some_seed
from lodestar.web.cli.match_files import model_for
from lodestar.web.cli.pair_files import HELP_ON_BLOCKED, read_bans, read_pairs
from lodestar.web.cli.people_files import both_sides, peers_in
from lodestar.web.cli.phrases import counted
from lodestar.web.cli.sheets import FileFault, Sheet, csv_text, json_text, read_sheet, write_whole
from lodestar.web.cli.timing import peak_mib, some_seconds, timed, within

PAIR = 2
PEER = "participant"
USUAL_SIZES = {"groups": (3, 6), "people": (4, 8)}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything read from files, before anything is computed. `apart` by key."""

    mentees: list[Mentee]
    mentors: list[Mentor]
    design: Design
    group_design: GroupDesign
    given: GivenPairs
    apart: tuple[tuple[str, str], ...]
    sizes: tuple[int, int]


@refusing("group")
def main(arguments: list[str]) -> int:
    """Run the command; return 0, or 2 with one sentence on what to mend."""
    options = parser().parse_args(arguments)
    seconds: dict[str, float] = {}
    with timed(seconds, "read"):
        inputs = read_inputs(options)
    with timed(seconds, "score"):
        problem = scored(inputs)
    with timed(seconds, "solve"):
        request = Request(
            problem,
            inputs.sizes,
            rules_of(inputs, problem),
            options.seed,
            options.seconds,
            within(options.seconds),
        )
        grouped = solved(request, options)
    write_whole(files(options.out, inputs, request, grouped, seconds))
    print("\n".join([summary(grouped, options.out), *too_small(request, grouped)]))
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        "lodestar group",
        description="Forms groups round a mentor (--mentees and --mentors), or pairs and circles of peers "
        "(--people). Most people are in one first, then the points together are the most.",
    )
    found.add_argument("--mentees", type=Path, help="CSV or XLSX; with --mentors")
    found.add_argument("--mentors", type=Path, help="CSV or XLSX; blank places: the largest size")
    found.add_argument("--people", type=Path, help="peers: CSV or XLSX, instead of the other two")
    found.add_argument(
        "--size",
        type=some_sizes,
        help="people in a group beside the mentor, as 3-6 (usual), or in a circle of peers, as 4-8 (usual); "
        "2 pairs peers",
    )
    found.add_argument("--design", type=Path, help="design.toml; the usual design without it")
    found.add_argument(
        "--apart", type=Path, help="who is never in one group together: person, other"
    )
    found.add_argument("--blocked", type=Path, help=HELP_ON_BLOCKED)
    found.add_argument(
        "--trio",
        action="store_true",
        help="with --size 2: one group of three where one person is left over",
    )
    found.add_argument(
        "--tradeoffs",
        action="store_true",
        help="rules.csv: what each rule for groups costs; with mentors",
    )
    found.add_argument("--seed", type=some_seed, default=0, help="of the lottery among equals")
    found.add_argument(
        "--seconds",
        type=some_seconds,
        help="settle for the best so far after this long, with its bound",
    )
    found.add_argument("--out", type=Path, required=True, help="folder for the results")
    return found


def some_sizes(said: str) -> tuple[int, int]:
    """Read sizes from the command line.

    >>> some_sizes("3-6"), some_sizes("5")
    ((3, 6), (5, 5))
    """
    with suppress(AttributeError):
        least, most = re.fullmatch(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", said.strip()).groups()  # type: ignore[union-attr]
        return int(least), int(most or least)
    raise argparse.ArgumentTypeError(f"“{said}” is not a size: write 5, or 3-6")


def read_inputs(options: argparse.Namespace) -> Inputs:
    """Read every file before computing anything."""
    refuse_contradictions(options)
    stated = read_design(options.design)
    design = stated.design
    try:
        group_design = group_design_from(stated.tables)
    except MatchingError as error:
        raise FileFault(f"{stated.name}, {error}") from None
    sizes = sizes_of(options, group_design)
    if options.people:
        sheet = read_sheet(options.people)
        named = keys_by_name(sheet, PEER)
        design = design if options.design else peers_design()
        mentees, given = peers_of(sheet, replace(stated, design=design)), GivenPairs()
        mentors: list[Mentor] = []
    else:
        mentee_sheet, mentor_sheet = read_sheet(options.mentees), read_sheet(options.mentors)
        named = keys_by_name(mentee_sheet, "mentee")
        mentees, mentors = both_sides(mentee_sheet, mentor_sheet, stated)
        both = named, keys_by_name(mentor_sheet, "mentor")
        given = GivenPairs(
            bans=read_bans(read_sheet(options.blocked), both) if options.blocked else {}
        )
        if "default" not in stated.tables.get("capacity", {}):
            most = max(sizes[1], design.capacity_maximum)
            design = replace(design, capacity_default=sizes[1], capacity_maximum=most)
    apart = read_apart(options.apart, named) if options.apart else ()
    return Inputs(mentees, mentors, design, group_design, given, apart, sizes)


def refuse_contradictions(options: argparse.Namespace) -> None:
    if options.people:
        if options.mentees or options.mentors or options.blocked or options.tradeoffs:
            raise FileFault(
                "--people is for peers, and --mentees, --mentors, --blocked and --tradeoffs are for groups "
                "round a mentor: keep one of the two kinds."
            )
    elif not (options.mentees and options.mentors):
        raise FileFault("Name both --mentees and --mentors, or --people for peers.")
    if options.trio and not (options.people and options.size == (PAIR, PAIR)):
        raise FileFault("--trio goes with pairs of peers: add --people and --size 2.")


def sizes_of(options: argparse.Namespace, design: GroupDesign) -> tuple[int, int]:
    """Return the least and the most: as asked for, else of the design, else the usual."""
    if options.size:
        stated: tuple[int, int] = options.size
        return stated
    usual = USUAL_SIZES["people" if options.people else "groups"]
    least = design.least or min(usual[0], design.most or usual[0])
    return least, design.most or max(usual[1], least)


def peers_of(sheet: Sheet, stated: StatedDesign) -> list[Mentee]:
    """Return everybody of a sheet of peers."""
    return [replace(peer, demand=1) for peer in peers_in(sheet, PEER, stated)]


def read_apart(path: Path, named: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return who may not be together, by key; everybody must be known."""
    pairs = read_pairs(path, (named, named), ("person", "other"))
    for one, other in pairs:
        if one == other:
            raise FileFault(
                f"{path.name}: {one} is kept apart from themselves. Correct or remove that row."
            )
    return tuple(sorted({(min(pair), max(pair)) for pair in pairs}))


def scored(inputs: Inputs) -> Problem:
    """Score mentees with mentors, or everybody with everybody, listing all pairs."""
    mentors = inputs.mentors or [Mentor(one.key, one.answers, 1) for one in inputs.mentees]
    cells = len(inputs.mentees) * len(mentors)
    if cells > LISTED_CELLS:
        raise MatchingError(
            f"Groups are formed from at most {LISTED_CELLS:,} pairs of people, and here are {cells:,}: part the "
            "people, for example by place or field, and run each part."
        )
    model = model_for(inputs.design)
    return score_people(inputs.mentees, mentors, inputs.design, inputs.given, model=model)


def rules_of(inputs: Inputs, problem: Problem) -> tuple[Rule, ...]:
    """Return the rules for who is together, by position in the scored order."""
    people = [mentee.answers for mentee in problem.scorer.mentees]
    for rule in inputs.group_design.rules:
        if not any(person.get(rule.field) for person in people):
            raise MatchingError(
                f"Group rule “{rule.name}”: nobody has an answer in that column. Check its field, or take "
                "the rule out."
            )
    rules: tuple[Rule, ...] = rules_for(inputs.group_design, people)
    if not inputs.apart:
        return rules
    place = {mentee.key: position for position, mentee in enumerate(problem.scorer.mentees)}
    together = tuple((place[one], place[other]) for one, other in inputs.apart)
    return (*rules, Apart("apart", together))


def solved(request: Request, options: argparse.Namespace) -> Grouped:
    if not options.people:
        return groups_of(request, priced=options.tradeoffs)
    if request.sizes == (PAIR, PAIR):
        return pairs_of_peers(request, with_trio=options.trio)
    return circles_of(request)


def files(
    out: Path,
    inputs: Inputs,
    request: Request,
    grouped: Grouped,
    seconds: Mapping[str, float],
) -> dict[Path, bytes]:
    """Return the files to write by path."""
    keys = [mentee.key for mentee in request.problem.scorer.mentees]
    found = {
        out / "groups.csv": csv_text(*group_rows(grouped, keys)),
        out / "unmatched.csv": csv_text(
            ["person", "reason"], ([keys[one.person], one.sentence] for one in grouped.left)
        ),
        out / "certificate.json": json_text(certificate(inputs, request, grouped)),
        out / "timings.json": json_text({"seconds": seconds, "peak_mib": peak_mib()}),
    }
    if grouped.prices is not None:
        found[out / "rules.csv"] = csv_text(
            ["rule", "served_more", "points_more", "is_proven", "in_words"],
            (
                [p.code, p.served_more, p.total_more, p.is_proven, p.sentence]
                for p in grouped.prices
            ),
        )
    return found


def group_rows(grouped: Grouped, keys: Sequence[str]) -> tuple[list[str], list[list[object]]]:
    """Return one row a person; a mentor has no row of their own."""
    has_mentors = grouped.form == "groups"
    rows: list[list[object]] = []
    for number, group in enumerate(grouped.groups, 1):
        lead = [group.mentor] if has_mentors else []
        rows += [[number, *lead, keys[person], points] for person, points in group.people]
    return ["group", *(["mentor"] if has_mentors else []), "person", "points"], rows


def certificate(inputs: Inputs, request: Request, grouped: Grouped) -> dict[str, object]:
    """Return what the groups are worth; faults are counted on the finished groups."""
    members = [[person for person, _ in group.people] for group in grouped.groups]
    least, most = request.sizes
    given = {
        "problem": request.problem.inputs_sha256,
        "sizes": request.sizes,
        "rules": [asdict(rule) for rule in inputs.group_design.rules],
        "apart": inputs.apart,
        "form": grouped.form,
    }
    return {
        "form": grouped.form,
        "people": len(request.problem.scorer.mentees),
        "groups": len(members),
        "least": least,
        "most": most,
        "served": grouped.served,
        "bound_served": grouped.bound_served,
        "total": grouped.total,
        "bound_total": grouped.bound_total,
        "gap": grouped.bound_total - grouped.total,
        "is_proven": grouped.is_proven,
        "proof": grouped.proof,
        "broken_rules": sum(len(broken_rules(request.rules, people)) for people in members),
        "seed": request.seed,
        "engine_version": ENGINE_VERSION,
        "inputs_sha256": hashlib.sha256(json.dumps(given).encode()).hexdigest(),
    }


def summary(grouped: Grouped, out: Path) -> str:
    """Say how many are in a group, and how good the groups are."""
    people = grouped.served + len(grouped.left)
    if grouped.is_proven:
        best = "proven best"
    elif grouped.served < grouped.bound_served:
        best = f"not proven: at most {grouped.bound_served:,} could be in one"
    else:
        share = 100 * (grouped.bound_total - grouped.total) / max(1, grouped.bound_total)
        best = f"at most {share:.2f} % below the best possible"
    noun = {"groups": "mentee"}.get(grouped.form, "person")
    who = counted(people, noun).replace("persons", "people")
    return (
        f"{grouped.served:,} of {who} {'is' if grouped.served == 1 else 'are'} in "
        f"{counted(len(grouped.groups), grouped.form.removesuffix('s'))} (total {grouped.total:,}; {best}). "
        f"The results are in {out}."
    )


def too_small(request: Request, grouped: Grouped) -> list[str]:
    """Say whose places are too few for any group."""
    if grouped.form != "groups":
        return []
    least = request.sizes[0]
    places = request.problem.scorer.market.capacity
    few = int(((places > 0) & (places < least)).sum())
    if not few:
        return []
    have = "mentor has" if few == 1 else "mentors have"
    return [f"Note: {few:,} {have} fewer than {least} places, so no group."]
