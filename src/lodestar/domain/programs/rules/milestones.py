"""On which days do the milestones of a design fall, for whom are they, and how is that said?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Milestone
from lodestar.domain.programs.rules import Phases

Anchor, ForWhom = Milestone.Anchor, Milestone.ForWhom
MOST_MILESTONES = 40


@dataclass(frozen=True, slots=True)
class MilestoneWish:
    """What a milestone should be; its name and text may be words that are translated later."""

    kind: str
    name: object
    for_whom: str
    anchor: str
    offset_days: int = 0
    lasting_days: int = 1
    text: object = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A milestone on the days that it has in one cohort, the last one included."""

    milestone: Milestone
    starts_on: date
    ends_on: date

    @property
    def lasts(self) -> bool:
        """Whether it goes on for more than a day."""
        return self.ends_on > self.starts_on


def day_of_anchor(anchor: str, phases: Phases) -> date:
    if anchor == Anchor.HALFWAY:
        return phases.starts_on + (phases.ends_on - phases.starts_on) // 2
    found: date = getattr(phases, anchor)
    return found


def days_of(each: Milestone | MilestoneWish, phases: Phases) -> tuple[date, date]:
    """Return the first and the last day of a milestone in a cohort with these phases."""
    first = day_of_anchor(each.anchor, phases) + timedelta(days=each.offset_days)
    return first, first + timedelta(days=each.lasting_days - 1)


def dated(milestones: Iterable[Milestone], phases: Phases) -> list[Dated]:
    """Return milestones on their days in a cohort with these phases, the earliest first."""
    found = [Dated(milestone, *days_of(milestone, phases)) for milestone in milestones]
    return sorted(found, key=lambda each: (each.starts_on, each.ends_on))


def in_order(wishes: Iterable[MilestoneWish]) -> list[MilestoneWish]:
    """Order milestones as they come about, as far as that is known without the days of a cohort."""
    return sorted(wishes, key=lambda w: (Anchor.values.index(w.anchor), w.offset_days))


def is_for(milestone: Milestone, role: str) -> bool:
    return milestone.for_whom in (ForWhom.BOTH, role)


def share_people(one: Milestone, other: Milestone) -> bool:
    return any(
        is_for(one, role) and is_for(other, role) for role in (ForWhom.MENTOR, ForWhom.MENTEE)
    )


def when_in_words(milestone: Milestone | MilestoneWish) -> str:
    """Say when a milestone is, counted from its turn: “7 days before the mentorships start”."""
    days, turn = milestone.offset_days, Anchor(milestone.anchor).label
    if days == 0:
        return _("on the day %(turn)s") % {"turn": turn}
    before = ngettext("%(days)d day before %(turn)s", "%(days)d days before %(turn)s", abs(days))
    after = ngettext("%(days)d day after %(turn)s", "%(days)d days after %(turn)s", abs(days))
    return (before if days < 0 else after) % {"days": abs(days), "turn": turn}


def why_not_milestones(wishes: Iterable[MilestoneWish]) -> str:
    """Say why these milestones cannot be kept, or nothing."""
    count = len(list(wishes))
    if count > MOST_MILESTONES:
        return _(
            "These are %(count)d milestones. Nobody keeps more than %(most)d in mind; please merge some."
        ) % {"count": count, "most": MOST_MILESTONES}
    return ""
