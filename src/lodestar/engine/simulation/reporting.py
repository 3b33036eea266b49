"""How is a trial written down, so that it can be stored, compared and repeated?"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import Any

from lodestar.engine.matching.certificate import ENGINE_VERSION
from lodestar.engine.matching.cohort import Problem
from lodestar.engine.measures.power import Detectable, detectable
from lodestar.engine.simulation.assumptions import CHANCES, Assumptions, Chance, Procedure, Side
from lodestar.engine.simulation.bottlenecks import Bottleneck
from lodestar.engine.simulation.program import Program
from lodestar.engine.simulation.reliefs import Relief
from lodestar.engine.simulation.wind_tunnel import WindTunnel

DECIMALS = 6


def report_of(
    problem: Problem,
    assumptions: Assumptions,
    procedure: Procedure,
    found: WindTunnel,
    seed: int,
) -> dict[str, Any]:
    """Return everything that was found, in the order in which people read it."""
    feasible = found.feasibility
    return {
        "inputs": {
            "mentees": found.mentees,
            "mentors": found.mentors,
            "places": found.places,
            "eligible_pairs": found.eligible_pairs,
            "objective": problem.design.objective.value,
            "inputs_sha256": problem.inputs_sha256,
            "assumptions_sha256": fingerprint(assumptions, procedure),
            "seed": seed,
            "engine_version": ENGINE_VERSION,
        },
        "assumptions": assumed(assumptions),
        "procedure": asdict(procedure),
        "feasibility": {
            "draws": len(feasible.counts),
            "draws_asked": feasible.asked,
            "served_if_nobody_falls_away": feasible.planned,
            "served_without_second_matching": plain(feasible.once),
            "served_with_second_matching": plain(feasible.again),
            "served_if_known_beforehand": plain(feasible.best),
            "gain_of_second_matching": plain(feasible.second_matching),
        },
        "program": plain(found.program),
        "power": plain(power_of(found.program, assumptions)),
        "bottlenecks": [bottleneck_fields(each) for each in found.bottlenecks],
        "reliefs": {
            "draws": found.reliefs.draws,
            "candidates": found.reliefs.candidates,
            "tried": [relief_fields(each) for each in found.reliefs.found],
        },
        "sensitivity": {
            "draws": found.sensitivity.draws,
            "assumptions_asked": found.sensitivity.asked,
            "met": plain(found.sensitivity.met),
            "bars": plain(found.sensitivity.bars),
        },
    }


def power_of(program: Program, assumptions: Assumptions) -> Detectable:
    """Return what the mentees who meet and answer could show beside as many others."""
    size = round((program.met.mean or 0) * assumptions.mentee.answer.usual)
    return detectable(size, size)


def fingerprint(assumptions: Assumptions, procedure: Procedure) -> str:
    """Return SHA-256 of what was assumed, in one canonical form."""
    canonical = json.dumps([asdict(assumptions), asdict(procedure)], sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def assumed(assumptions: Assumptions) -> dict[str, Any]:
    """Return every assumption with its bounds and its source; persons are only counted."""
    return {
        "mentee": side_fields(assumptions.mentee),
        "mentor": side_fields(assumptions.mentor),
        "reply_time": {
            "weights_by_working_day": list(assumptions.reply_time),
            "source": assumptions.reply_source,
        },
        "meeting_time": {
            "weights_by_working_day": list(assumptions.meeting_time),
            "source": assumptions.meeting_source,
        },
        "hours": asdict(assumptions.hours),
    }


def side_fields(side: Side) -> dict[str, Any]:
    return {name: chance_fields(getattr(side, name)) for name in CHANCES}


def chance_fields(chance: Chance) -> dict[str, Any]:
    return {
        "usual": chance.usual,
        "low": chance.low,
        "high": chance.high,
        "source": chance.source,
        "persons_with_their_own": len(chance.by_person),
    }


def bottleneck_fields(bottleneck: Bottleneck) -> dict[str, Any]:
    """Return a bottleneck with its sentence; who is in it is counted, not named."""
    kept = ("share", "mentees", "alike", "lift", "mentors", "places", "short", "short_over_all")
    return {
        **plain(bottleneck.label),
        **{name: plain(getattr(bottleneck, name)) for name in kept},
    }


def relief_fields(relief: Relief) -> dict[str, Any]:
    change = relief.change
    asked = change.amount or None
    return {
        "code": change.code,
        "field": change.label.field,
        "value_of_field": change.label.value,
        "people_to_win": asked,
        "rule": change.rule,
        "new_value": change.value,
        "gain": plain(relief.gain),
        "gain_per_person": plain(relief.gain.mean / asked) if asked else None,
        "met_gain": plain(relief.met_gain),
        "added_pairs": relief.pairs,
        "people_to_ask": relief.cost.ask or None,
        "says_yes": relief.cost.says_yes,
        "rules_changed": relief.cost.rules,
        "hours": plain(relief.cost.hours),
        "gain_per_hour": plain(relief.gain_per_hour),
    }


def plain(value: Any) -> Any:
    """Return results as what JSON knows, numbers rounded so that bytes agree on any machine."""
    if is_dataclass(value) and not isinstance(value, type):
        return {found.name: plain(getattr(value, found.name)) for found in fields(value)}
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(each) for each in value]
    return value
