"""What changed in the milestones of a design from one version to the next, in sentences?"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Milestone
from lodestar.domain.programs.rules.milestones import when_in_words

Pair = tuple[str, Milestone | None, Milestone | None]


def between_milestones(pairs: Iterable[Pair]) -> list[str]:
    """Tell of milestones of the same name, side by side, what is new, gone or otherwise."""
    return [sentence for name, old, new in pairs for sentence in _told(name, old, new)]


def _told(name: str, old: Milestone | None, new: Milestone | None) -> list[str]:
    if new is None:
        return [_("“%(name)s” no longer takes place.") % {"name": name}]
    if old is None:
        facts = {"name": name, "when": when_in_words(new), "who": new.get_for_whom_display()}
        return [_("New: “%(name)s” for %(who)s, %(when)s.") % facts]
    return [
        _("“%(name)s”: %(new)s instead of %(old)s.") % {"name": name, "old": was, "new": now}
        for was, now in zip(_facts(old), _facts(new), strict=True)
        if was != now
    ] + _words(name, old, new)


def _facts(milestone: Milestone) -> tuple[str, ...]:
    """Return what is set of a milestone, each as a person reads it."""
    lasts = ngettext("%(days)d day long", "%(days)d days long", milestone.lasting_days)
    return (
        str(milestone.get_kind_display()),
        _("for %(who)s") % {"who": milestone.get_for_whom_display()},
        when_in_words(milestone),
        lasts % {"days": milestone.lasting_days},
        _("at “%(place)s”") % {"place": milestone.place} if milestone.place else _("no place"),
    )


def _words(name: str, old: Milestone, new: Milestone) -> list[str]:
    if old.text == new.text:
        return []
    return [_("“%(name)s” is told to people in other words.") % {"name": name}]
