"""How are the milestones of a design written down, again or anew?"""

from collections.abc import Iterable

from lodestar.domain.programs.models import Design, Milestone
from lodestar.domain.programs.rules.milestones import MilestoneWish, in_order


def as_milestone_wish(milestone: Milestone) -> MilestoneWish:
    return MilestoneWish(
        kind=milestone.kind,
        name=milestone.name,
        for_whom=milestone.for_whom,
        anchor=milestone.anchor,
        offset_days=milestone.offset_days,
        lasting_days=milestone.lasting_days,
        text=milestone.text,
        place=milestone.place,
    )


def write_milestones(design: Design, wishes: Iterable[MilestoneWish]) -> None:
    """Replace the milestones of a design; they are kept in the order in which they come about."""
    design.milestones.all().delete()
    for position, wish in enumerate(in_order(wishes)):
        milestone = Milestone(
            design=design,
            kind=wish.kind,
            name=str(wish.name).strip(),
            for_whom=wish.for_whom,
            anchor=wish.anchor,
            offset_days=wish.offset_days,
            lasting_days=wish.lasting_days,
            place=wish.place.strip(),
            text=str(wish.text).strip(),
            position=position,
        )
        milestone.full_clean()
        milestone.save()
