"""What has changed since a run froze its inputs, by name?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.inputs import Inputs, inputs_of


@dataclass(frozen=True)
class Since:
    """Who came, went or said something else since a run was asked for, and whether its rules still hold."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    said_otherwise: tuple[str, ...] = ()
    other_places: tuple[str, ...] = ()
    other_pairs: bool = False
    other_design: bool = False

    @property
    def is_any(self) -> bool:
        people = (self.came, self.went, self.said_otherwise, self.other_places)
        return any(people) or self.other_pairs or self.other_design


def changes_since(run: MatchRun) -> Since:
    """Hold what a run was computed on against what would be frozen now; its cohort and design are in hand."""
    before: Inputs = MatchRun.objects.filter(pk=run.pk).values_list("inputs", flat=True).get()
    if not before:
        return Since()
    now = inputs_of(run.cohort)
    then, here = people_in(before), people_in(now)
    both = then.keys() & here.keys()
    names = names_of(run, then.keys() ^ here.keys(), differing(then, here, both))
    return Since(
        came=in_order(names, here.keys() - then.keys()),
        went=in_order(names, then.keys() - here.keys()),
        said_otherwise=in_order(names, (k for k in both if said(then[k]) != said(here[k]))),
        other_places=in_order(names, (k for k in both if places(then[k]) != places(here[k]))),
        other_pairs=pairs_in(before, both) != pairs_in(now, both),
        other_design=before.get("own_design", before["design"]) != now["design"],
    )


def people_in(inputs: Inputs) -> dict[str, dict[str, Any]]:
    return {person["key"]: person for person in (*inputs["mentees"], *inputs["mentors"])}


def pairs_in(inputs: Inputs, keys: Iterable[str]) -> list[list[str]]:
    """Return pins and bans between people who were in a run and still are."""
    known = set(keys)
    return [pair for pair in (*inputs["pins"], *inputs["bans"]) if set(pair[:2]) <= known]


def differing(
    then: Mapping[str, Any], here: Mapping[str, Any], both: Iterable[str]
) -> Iterable[str]:
    return (key for key in both if then[key] != here[key])


def said(person: Mapping[str, Any]) -> object:
    return person["answers"]


def places(person: Mapping[str, Any]) -> object:
    return person.get("capacity")


def names_of(run: MatchRun, *keys: Iterable[str]) -> dict[str, str]:
    wanted = {key for some in keys for key in some}
    people = Participant.objects.filter(cohort=run.cohort_id, public_id__in=wanted)
    return {person.public_id: str(person) for person in people.select_related("person")}


def in_order(names: Mapping[str, str], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names[key] for key in keys if key in names))
