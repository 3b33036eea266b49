"""What would a group be with somebody more, or less: what is it worth, and which rule would it break?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Participant
from lodestar.domain.groups import rules
from lodestar.domain.groups.models import FormingRun, Group, KeptApart
from lodestar.domain.groups.queries.forming import GroupSeen, groups_of, points_in
from lodestar.domain.groups.queries.inputs import compared, group_design_of
from lodestar.domain.programs.models import Cohort, Design
from lodestar.engine.groups.designs import rules_for
from lodestar.engine.groups.rules import broken_rules

Points = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Judgement:
    """What a change does to one group: the points it gains or loses, and what then breaks."""

    points: int | None
    breaks: list[str]


@dataclass(frozen=True)
class Move:
    """Somebody moved from one group to another (or out of, or into one), with its whole cost."""

    participant: Participant
    source: GroupSeen | None
    target: GroupSeen | None
    points: int | None
    breaks: list[str]
    cost: str


@dataclass(frozen=True)
class Bench:
    """All that judging changes of one forming needs, read once."""

    run: FormingRun
    groups: list[GroupSeen]
    points: Points
    apart: frozenset[tuple[int, int]]

    @cached_property
    def design(self) -> Design:
        return self.run.cohort.design

    @cached_property
    def inputs(self) -> Mapping[str, Any]:
        """The frozen rules; a rule that was changed since acts on the next forming."""
        found: Mapping[str, Any] = FormingRun.objects.values_list("inputs", flat=True).get(pk=self.run.pk)  # fmt: skip
        return found

    def worth(self, mentor: Participant | None, people: Sequence[Participant]) -> int | None:
        """Return the points of a group, or None where they were not kept."""
        if not self.points:
            return None
        return sum(self.each_worth(mentor, people, person) for person in people)

    def each_worth(
        self, mentor: Participant | None, people: Sequence[Participant], person: Participant
    ) -> int:
        """Return what somebody is worth in a group: beside its mentor, or beside all the others."""
        mine = self.points.get(person.public_id, {})
        if self.design.format == Design.Format.GROUP:
            return mine.get(mentor.public_id, 0) if mentor else 0
        return sum(mine.get(other.public_id, 0) for other in people if other.pk != person.pk)

    def breaks(self, mentor: Participant | None, people: Sequence[Participant]) -> list[str]:
        """Name everything that is wrong with a group of these people."""
        return [
            *sizes_broken(self.design, mentor, len(people)),
            *self._pairs_broken(mentor, people),
            *self.rules_broken(people),
        ]

    def _pairs_broken(self, mentor: Participant | None, people: Sequence[Participant]) -> list[str]:
        if not self.points:
            return []
        if self.design.format == Design.Format.GROUP:
            ends = [(person, mentor) for person in people] if mentor else []
        else:
            ends = [(a, b) for n, a in enumerate(people) for b in people[n + 1 :]]
        return [
            _("A rule of the design keeps %(one)s and %(other)s apart.") % {"one": a, "other": b}
            for a, b in ends
            if b.public_id not in self.points.get(a.public_id, {})
        ]

    def rules_broken(self, people: Sequence[Participant]) -> list[str]:
        answers = [compared(person.answers, dict(self.inputs)) for person in people]
        found = rules_for(group_design_of(dict(self.inputs)), answers)
        codes = broken_rules(found, range(len(people)))
        told = [
            _("It breaks “%(rule)s”.") % {"rule": rules.rule_named(c, self.design)} for c in codes
        ]
        inside = {person.pk: person for person in people}
        told += [
            _("%(one)s and %(other)s are kept apart by hand.")
            % {"one": inside[one], "other": inside[other]}
            for one, other in sorted(self.apart)
            if one in inside and other in inside
        ]
        return told


def sizes_broken(design: Design, mentor: Participant | None, people: int) -> list[str]:
    if people > design.group_most:
        return [_("The group would have %(count)d people; %(most)d are the most.") % {"count": people, "most": design.group_most}]  # fmt: skip
    if mentor and people > mentor.capacity - mentor.places_taken:
        return [_("%(name)s has only %(count)d places.") % {"name": mentor, "count": mentor.capacity - mentor.places_taken}]  # fmt: skip
    if 0 < people < design.group_least:
        return [_("The group would have %(count)d people; %(least)d are the fewest.") % {"count": people, "least": design.group_least}]  # fmt: skip
    return []


def bench_of(run: FormingRun) -> Bench:
    apart = KeptApart.objects.filter(cohort=run.cohort_id).values_list("one", "other")
    return Bench(run, groups_of(run), points_in(run), frozenset(apart))


def move_of(bench: Bench, participant: Participant, target: Group | None) -> Move:
    """Judge somebody's move into another group, or out of all of them."""
    source = next((g for g in bench.groups if participant.pk in _keys(g)), None)
    there = next((g for g in bench.groups if target and g.group.pk == target.pk), None)
    if source and there and source.group.pk == there.group.pk:
        return Move(participant, source, there, 0, [], _("Nothing changes."))
    changes = []
    if source:
        rest = [p for p in _people(source) if p.pk != participant.pk]
        changes.append(_judged(bench, source, rest))
    if there:
        changes.append(_judged(bench, there, [*_people(there), participant]))
    gains = [each.points for each in changes]
    points = None if None in gains else sum(gain or 0 for gain in gains)
    breaks = [sentence for each in changes for sentence in each.breaks]
    return Move(participant, source, there, points, breaks, cost_in_words(points, total_of(bench)))


def _judged(bench: Bench, group: GroupSeen, people: list[Participant]) -> Judgement:
    mentor = group.mentor.participant if group.mentor else None
    before, after = bench.worth(mentor, _people(group)), bench.worth(mentor, people)
    points = None if before is None or after is None else after - before
    known = bench.breaks(mentor, _people(group))
    return Judgement(points, [b for b in bench.breaks(mentor, people) if b not in known])


def _people(group: GroupSeen) -> list[Participant]:
    return [member.participant for member in group.others]


def _keys(group: GroupSeen) -> set[int]:
    return {member.participant_id for member in group.others}


def total_of(bench: Bench) -> int:
    return sum(each.points for each in bench.groups)


def cost_in_words(points: int | None, total: int) -> str:
    """Say what a change is worth, as a share of what all groups are worth together."""
    if points is None:
        return _(
            "There are too many people here to keep all points, so what it costs is not known."
        )
    if not points:
        return _("It costs nothing.")
    share = rules.percent(abs(points), max(1, total))
    if points > 0:
        return _("It gains %(share)s of the points.") % {"share": share}
    return _("It costs %(share)s of the points.") % {"share": share}


def faults_in(bench: Bench) -> dict[int, list[str]]:
    """Return what is wrong with each drafted group now, by its key."""
    found = {}
    for each in bench.groups:
        mentor = each.mentor.participant if each.mentor else None
        found[each.group.pk] = bench.breaks(mentor, _people(each))
    return found


def count_in_words(people: int, cohort: Cohort) -> str:
    if cohort.design.format == Design.Format.GROUP:
        return ngettext("%(count)d mentee", "%(count)d mentees", people) % {"count": people}
    return ngettext("%(count)d person", "%(count)d people", people) % {"count": people}
