"""What changed from one version of a design to the next, in sentences?"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Field
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.forms.models import Survey
from lodestar.domain.programs.models import (
    Audience,
    Constraint,
    Criterion,
    Design,
    EligibilityRule,
    Goal,
    Milestone,
    SelectionCriterion,
)
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.changed_milestones import between_milestones
from lodestar.domain.programs.rules.defaults import topic_names
from lodestar.domain.programs.rules.differences_in_choosing import (
    between_eligibility,
    between_forms,
    between_selections,
    between_visibilities,
)
from lodestar.domain.programs.rules.groups import between_group_rules
from lodestar.domain.programs.rules.ways import WAY_WORDS

Row = TypeVar("Row")
Key = tuple[str, int]
NOT_COMPARED = {"id", "public_id", "created_at", "program", "version", "published_at", "topics"}
NOT_COMPARED |= {"visibility", "form", "ways", "asks_are_read", "group_rules", "surveys"}
PACE_WORDS = {
    "cadence_days": gettext_lazy("Days between two talks"),
    "hours_per_month": gettext_lazy("Hours a month a mentor gives"),
    "capacity_default": gettext_lazy("Places of a mentor who says nothing"),
    "capacity_maximum": gettext_lazy("Most places a mentor may offer"),
    "reply_days": gettext_lazy("Days to answer a proposed match"),
    "exploring_days": gettext_lazy("Days for one trial meeting before both decide; 0 for none"),
    "replacing": gettext_lazy("When a match does not go ahead, somebody else is proposed"),
    "most_replacements": gettext_lazy("How often by itself, before a coordinator looks"),
    "first_meeting_days": gettext_lazy("Days until the first talk"),
    "pulse_first_days": gettext_lazy("First short question after so many days"),
    "pulse_every_days": gettext_lazy("Then again after so many days"),
    "asks_midpoint": gettext_lazy("A longer look in the middle, for both sides"),
    "asks_closing": gettext_lazy("A closing survey in the last week"),
    "objective": gettext_lazy("When not everybody can have the best partner"),
    "most_choices": gettext_lazy("Most mentors on one list"),
    "most_asks": gettext_lazy("Requests a mentor may have waiting at once"),
    "window_days": gettext_lazy("Days after matching begins on which lists can still be changed"),
    "undo_minutes": gettext_lazy("Minutes in which a publication can be taken back"),
    "needs_sign_off": gettext_lazy("A second coordinator signs matches off before they are sent"),
}
AUDIENCE_WORDS = {
    "class_year_from": gettext_lazy("The first class of the %(who)s"),
    "class_year_to": gettext_lazy("The last class of the %(who)s"),
    "countries": gettext_lazy("The countries of the %(who)s"),
    "fields_of_study": gettext_lazy("The fields of study of the %(who)s"),
    "industries": gettext_lazy("The industries of the %(who)s"),
}


@dataclass(frozen=True, slots=True)
class Version:
    """All that a version of a design decides."""

    design: Design
    goals: Sequence[Goal] = ()
    criteria: Sequence[Criterion] = ()
    constraints: Sequence[Constraint] = ()
    audiences: Sequence[Audience] = ()
    milestones: Sequence[Milestone] = ()
    selection: Sequence[SelectionCriterion] = ()
    eligibility: Sequence[EligibilityRule] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a version decides otherwise: of which kind, in a sentence, what before and what now.

    The kind of a setting is the name of its field; for topics `old` are those that are gone and `new` those
    that were added.
    """

    kind: str
    sentence: str
    old: object = None
    new: object = None


def differences(old: Version, new: Version) -> list[str]:
    """Tell in sentences what the new version decides otherwise; nothing where they are alike."""
    return [each.sentence for each in differences_by_kind(old, new)]


def differences_by_kind(old: Version, new: Version) -> list[Difference]:
    """Tell what the new version decides otherwise, so that each can be judged by its kind."""
    return [
        *_between_goals(old.goals, new.goals),
        *_of("criteria", _between_criteria(old.criteria, new.criteria)),
        *_of("constraints", _between_constraints(old.constraints, new.constraints)),
        *_of("audience", _between_audiences(old.audiences, new.audiences)),
        *_between_settings(old.design, new.design),
        *_between_topics(old.design, new.design),
        *_of("milestones", _between_milestones(old.milestones, new.milestones)),
        *_of("group_rules", between_group_rules(old.design, new.design)),
        *_of("selection", between_selections(old.selection, new.selection)),
        *_of("eligibility", between_eligibility(old.eligibility, new.eligibility)),
        *_between_ways(old.design, new.design),
        *_of("visibility", between_visibilities(old.design, new.design)),
        *[Difference(*each) for each in between_forms(form_of(old.design), form_of(new.design))],
        *between_surveys(old.design, new.design),
    ]


def between_surveys(old: Design, new: Design) -> list[Difference]:
    """Tell what a survey asks otherwise; none of it rests on anything but its answers."""
    told = [
        (survey, sentence)
        for survey in Survey
        for _kind, sentence, _old, _new in between_forms(form_of(old, survey), form_of(new, survey))
    ]
    words = _("%(survey)s: %(sentence)s")
    return [
        Difference("survey_asks", words % {"survey": survey.label, "sentence": sentence})
        for survey, sentence in told
    ]


def _of(kind: str, sentences: Iterable[str]) -> list[Difference]:
    return [Difference(kind, sentence) for sentence in sentences]


def _paired(
    old: Iterable[Row], new: Iterable[Row], name_of: Callable[[Row], str]
) -> list[tuple[str, Row | None, Row | None]]:
    """Set rows of the same name side by side, in the order of the old ones; two alike stay two."""
    before, after = _by_name(old, name_of), _by_name(new, name_of)
    keys = dict.fromkeys([*before, *after])
    return [(key[0], before.get(key), after.get(key)) for key in keys]


def _by_name(rows: Iterable[Row], name_of: Callable[[Row], str]) -> dict[Key, Row]:
    seen: Counter[str] = Counter()
    found: dict[Key, Row] = {}
    for row in rows:
        name = name_of(row)
        found[name, seen[name]] = row
        seen[name] += 1
    return found


def _between_goals(old: Sequence[Goal], new: Sequence[Goal]) -> list[Difference]:
    told: list[Difference] = []
    for metric, before, after in _paired(old, new, lambda goal: goal.metric):
        goal = Goal.Metric(metric).label
        if after is None:
            sentence = _("“%(goal)s” is no longer a goal.") % {"goal": goal}
            told.append(Difference("goal_gone", sentence, old=before))
        elif before is None:
            facts = {"goal": goal, "target": _number(after.target)}
            sentence = _("A new goal: “%(goal)s”, %(target)s.") % facts
            told.append(Difference("goal_added", sentence, new=after))
        else:
            told += _of("goal_changed", _between_two_goals(before, after))
    return told


def _between_two_goals(old: Goal, new: Goal) -> list[str]:
    told = []
    if old.target != new.target:
        facts = {"goal": new, "old": _number(old.target), "new": _number(new.target)}
        rises = _("The target of “%(goal)s” rises from %(old)s to %(new)s.")
        falls = _("The target of “%(goal)s” falls from %(old)s to %(new)s.")
        told.append((rises if new.target > old.target else falls) % facts)
    if old.baseline != new.baseline:
        facts = {"goal": new, "new": _number(new.baseline), "old": _number(old.baseline)}
        sentence = _("Where “%(goal)s” stood before: %(new)s instead of %(old)s.")
        told.append(sentence % facts)
    if old.due_on != new.due_on:
        told.append(_due(new))
    return told


def _due(goal: Goal) -> str:
    if goal.due_on is None:
        return _("“%(goal)s” has no day any more by which it is due.") % {"goal": goal}
    facts = {"goal": goal, "day": date_format(goal.due_on, "j F Y")}
    return _("“%(goal)s” is now due on %(day)s.") % facts


def _number(number: Decimal | None) -> str:
    if number is None:
        return _("unknown")
    return str(number_format(number.normalize()))


def _between_audiences(old: Sequence[Audience], new: Sequence[Audience]) -> list[str]:
    """Compare each rule of each role; a role without an audience asks nothing."""
    told = []
    for role, before, after in _paired(old, new, lambda audience: audience.role):
        for rule, words in AUDIENCE_WORDS.items():
            was, now = (_asked(each, rule) for each in (before, after))
            if was != now:
                what = words % {"who": Audience.Role(role).label}
                facts = {"what": what, "old": was or _("any"), "new": now or _("any")}
                told.append(_("%(what)s: %(new)s instead of %(old)s.") % facts)
        was_binding, binds = (each is not None and each.is_binding for each in (before, after))
        if was_binding != binds:
            told.append(_audience_binds(binds) % {"who": Audience.Role(role).label})
    return told


def _audience_binds(binds: bool) -> str:
    if binds:
        return _("Whoever is outside of the audience of the %(who)s is not eligible now.")
    return _("Whoever is outside of the audience of the %(who)s is only remarked on now.")


def _asked(audience: Audience | None, rule: str) -> str:
    """Return one rule of an audience as a person reads it; nothing where it asks nothing."""
    value = getattr(audience, rule, None)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _between_criteria(old: Sequence[Criterion], new: Sequence[Criterion]) -> list[str]:
    told = []
    for name, before, after in _paired(old, new, lambda criterion: criterion.name):
        was, now = (each.weight if each else 0 for each in (before, after))
        if was != now:
            told.append(_weighed(was, now) % {"name": name, "old": was, "new": now})
        if was and now and before and after and _sides(before) != _sides(after):
            told.append(_("%(name)s compares other answers.") % {"name": name})
    return told


def _weighed(was: int, now: int) -> str:
    """Return the sentence for a weight that changed; a weight of 0 is none."""
    if not was:
        return _("%(name)s is weighed now, with %(new)d.")
    if not now:
        return _("%(name)s is no longer weighed; its weight was %(old)d.")
    if now > was:
        return _("The weight of %(name)s rises from %(old)d to %(new)d.")
    return _("The weight of %(name)s falls from %(old)d to %(new)d.")


def _sides(criterion: Criterion) -> tuple[str, str, str]:
    return criterion.kind, criterion.mentee_field, criterion.mentor_field


def _between_constraints(old: Sequence[Constraint], new: Sequence[Constraint]) -> list[str]:
    told = []
    for kind, before, after in _paired(old, new, lambda constraint: constraint.kind):
        rule = Constraint.Kind(kind).label
        if before is None:
            told.append(_("%(rule)s: a rule now.") % {"rule": rule})
        elif after is None:
            told.append(_("%(rule)s: no longer a rule.") % {"rule": rule})
        elif before.value != after.value:
            facts = {"rule": rule, "old": before.value or "–", "new": after.value or "–"}
            told.append(_("%(rule)s: %(new)s instead of %(old)s.") % facts)
    return told


def _between_settings(old: Design, new: Design) -> list[Difference]:
    """Compare every other field of a design, also one that is added to it later."""
    fields = [f for f in Design._meta.concrete_fields if f.name not in NOT_COMPARED]
    return [
        _setting(old, new, field)
        for field in fields
        if getattr(old, field.name) != getattr(new, field.name)
    ]


def _setting(old: Design, new: Design, field: Field[Any, Any]) -> Difference:
    facts = {
        "what": PACE_WORDS.get(field.name) or capfirst(str(field.verbose_name)),
        "old": _shown(old, field.name),
        "new": _shown(new, field.name),
    }
    sentence = _("%(what)s: %(new)s instead of %(old)s.") % facts
    return Difference(field.name, sentence, getattr(old, field.name), getattr(new, field.name))


def _shown(design: Design, name: str) -> str:
    """Return a setting as a person reads it; one that is chosen from a list, in its words."""
    if isinstance(value := getattr(design, name), bool):
        return _("yes") if value else _("no")
    in_words = getattr(design, f"get_{name}_display", None)
    return f"“{in_words()}”" if in_words else str(getattr(design, name))


def _between_ways(old: Design, new: Design) -> list[Difference]:
    gone, added = ([way for way in one.ways if way not in other.ways]
                   for one, other in ((old, new), (new, old)))  # fmt: skip
    told = [
        *(Difference("way_gone", _("“%(way)s” is no longer a way to a partner.") % _way(each), old=each) for each in gone),
        *(Difference("way_added", _("“%(way)s” is a way to a partner now.") % _way(each), new=each) for each in added),
    ]  # fmt: skip
    if old.asks_are_read != new.asks_are_read:
        reads = _("The office reads each request before it goes to a mentor.")
        sends = _("Requests go to mentors without the office reading them first.")
        told.append(Difference("asks_are_read", reads if new.asks_are_read else sends))
    return told


def _way(way: str) -> dict[str, object]:
    return {"way": WAY_WORDS[Design.Way(way)]}


def _between_topics(old: Design, new: Design) -> list[Difference]:
    before, after = topic_names(old.topics), topic_names(new.topics)
    told = []
    if added := [topic for topic in after if topic not in before]:
        sentence = ngettext("A new topic: %(topics)s.", "New topics: %(topics)s.", len(added))
        sentence %= {"topics": _listed(added)}
        told.append(Difference("topics_added", sentence, new=added))
    if gone := [topic for topic in before if topic not in after]:
        sentence = ngettext(
            "A topic that is gone: %(topics)s.", "Topics that are gone: %(topics)s.", len(gone)
        )
        told.append(Difference("topics_gone", sentence % {"topics": _listed(gone)}, old=gone))
    if not told and old.topics != new.topics:
        sentence = _("The topics are the same, grouped or ordered in another way.")
        told.append(Difference("topics_arranged", sentence))
    return told


def _between_milestones(old: Sequence[Milestone], new: Sequence[Milestone]) -> list[str]:
    beside = _paired(old, new, lambda milestone: milestone.name)
    return between_milestones(beside)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
