"""What changed in how people are chosen, and in what two partners read of each other?"""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lodestar.domain.forms.rules import Form, Question, name_of
from lodestar.domain.programs.models import Design, EligibilityRule, SelectionCriterion
from lodestar.domain.programs.rules.asked import shown_from, told_of
from lodestar.domain.programs.rules.eligibility import engine_rules, wanted_in_words


def between_selections(
    old: Sequence[SelectionCriterion], new: Sequence[SelectionCriterion]
) -> list[str]:
    """Tell what is scored now, what no longer is, and what is read in another way."""
    before, after = ({(c.role, c.name): c for c in each} for each in (old, new))
    told = [_("“%(name)s” is no longer scored for %(who)s.") % _named(before[key])
            for key in before if key not in after]  # fmt: skip
    for key, criterion in after.items():
        if key not in before:
            told.append(_("“%(name)s” is scored now for %(who)s.") % _named(criterion))
        elif _says(before[key]) != _says(criterion):
            told.append(_("“%(name)s” is read in another way for %(who)s.") % _named(criterion))
    kept = [[key for key in each if key in before and key in after] for each in (before, after)]
    if kept[0] != kept[1]:
        told.append(_("What is scored stands in another order."))
    return told


def _named(criterion: SelectionCriterion) -> dict[str, str]:
    return {"name": criterion.name, "who": criterion.get_role_display()}


def _says(criterion: SelectionCriterion) -> tuple[str, ...]:
    return (criterion.meaning, criterion.answer, *criterion.levels)


def between_eligibility(
    old: Sequence[EligibilityRule], new: Sequence[EligibilityRule]
) -> list[str]:
    """Tell which rules on taking part are new, gone, or bind otherwise."""
    before, after = ({(r.role, r.kind, r.answer): r for r in each} for each in (old, new))
    told = [_("Gone for %(who)s: %(rule)s") % _asked_of(before[key])
            for key in before if key not in after]  # fmt: skip
    for key, rule in after.items():
        was = before.get(key)
        if was is None or (was.least, was.values) != (rule.least, rule.values):
            told.append(_("New for %(who)s: %(rule)s") % _asked_of(rule))
        elif was.is_binding != rule.is_binding:
            binds = _("Binding now for %(who)s: %(rule)s")
            advises = _("Only a remark now for %(who)s: %(rule)s")
            told.append((binds if rule.is_binding else advises) % _asked_of(rule))
    return told


def _asked_of(rule: EligibilityRule) -> dict[str, str]:
    return {"rule": wanted_in_words(engine_rules(None, [rule])[0]), "who": rule.get_role_display()}


def between_visibilities(old: Design, new: Design) -> list[str]:
    """Tell from when on a partner reads an answer, where that changed."""
    told = []
    both = {asked.name for asked in told_of(old)}
    for asked in [each for each in told_of(new) if each.name in both]:
        was, now = (shown_from(design, asked.name) for design in (old, new))
        if was != now:
            facts = {"what": capfirst(str(asked.label)), "old": was.label, "new": now.label}
            told.append(_("%(what)s: shown %(new)s, instead of %(old)s.") % facts)
    return told


Told = tuple[str, str, object, object]


def between_forms(old: Form, new: Form) -> list[Told]:
    """Tell what is asked now, what no longer is, and what is asked in another way: kind, sentence, old, new."""
    before, after = ({question.key: question for question in form} for form in (old, new))
    told: list[Told] = [
        (
            "question_gone",
            _("“%(question)s” is no longer asked.") % {"question": name_of(before[key])},
            before[key],
            None,
        )
        for key in before
        if key not in after
    ]
    for key, question in after.items():
        if key not in before:
            sentence = _("“%(question)s” is asked now.") % {"question": name_of(question)}
            told.append(("question_added", sentence, None, question))
        elif before[key] != question:
            told += _between_questions(before[key], question)
    kept = [[key for key in each if key in before and key in after] for each in (before, after)]
    if kept[0] != kept[1]:
        told.append(("form_arranged", _("The questions stand in another order."), None, None))
    return told


def _between_questions(old: Question, new: Question) -> list[Told]:
    named = {"question": name_of(new)}
    gone = [each.label for each in old.options if each.key not in new.option_keys]
    told: list[Told] = []
    if gone:
        named["gone"] = ", ".join(f"“{label}”" for label in gone)
        sentence = _("“%(question)s” no longer offers %(gone)s.") % named
        told.append(("options_gone", sentence, old, new))
    if new.is_required and not old.is_required:
        told.append(
            ("question_required", _("“%(question)s” has to be answered now.") % named, old, new)
        )
    if _asked_how(old) != _asked_how(new):
        told.append(
            ("question_changed", _("“%(question)s” is asked in another way.") % named, old, new)
        )
    elif not told:
        told.append(
            (
                "question_worded",
                _("“%(question)s” is worded or placed otherwise.") % named,
                old,
                new,
            )
        )
    return told


def _asked_how(question: Question) -> tuple[object, ...]:
    """Return what decides of whom something is asked, how it is answered, and what for."""
    bounds = (question.least, question.most)
    return (question.kind, question.role, question.use, question.condition, *bounds)
