"""Which pages are worth reading at which stage of a mentorship?

Built in, until a library of an association's own takes their place: who asks, asks here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

FIRST, GOALS, MIDPOINT, CLOSING = "first-meeting", "goals", "midpoint", "closing"


@dataclass(frozen=True)
class Guide:
    """A page of a few minutes' reading, by the stages for which it is meant."""

    slug: str
    title: str
    line: str
    stages: tuple[str, ...]
    is_for_mentors: bool = False


@dataclass(frozen=True)
class Shelf:
    """What is worth reading at one stage, and for what, in words."""

    stage: str
    name: str
    guides: list[Guide]


def guides() -> list[Guide]:
    """Return all of them; where a stage has several, the first is the one to begin with."""
    return [*_by_stage(), *_by_need()]


def _by_stage() -> list[Guide]:
    return [
        Guide(
            FIRST, _("A good first meeting"), _("Ten questions, and one rule: listen."), (FIRST,)
        ),
        Guide(GOALS, _("Goals that help"), _("Small, near, and in your own words."), (GOALS,)),
        Guide(
            MIDPOINT, _("Half-time"), _("Twenty minutes that save the second half."), (MIDPOINT,)
        ),
        Guide(CLOSING, _("Ending well"), _("Say what was good, and what comes now."), (CLOSING,)),
    ]


def _by_need() -> list[Guide]:
    return [
        Guide(
            "agreement",
            _("A checklist for your agreement"),
            _("What to settle before you both sign."),
            (FIRST,),
        ),
        Guide("boundaries", _("Boundaries and safety"), _("What protects both of you."), (FIRST,)),
        Guide(
            "little-time",
            _("Mentoring with little time"),
            _("For mentors: an hour a month, done well."),
            (GOALS,),
            is_for_mentors=True,
        ),
        Guide(
            "grow",
            _("One question in an hour"),
            _("GROW: questions that let the other think."),
            (GOALS,),
        ),
        Guide(
            "feedback",
            _("Feedback that can be used"),
            _("Three sentences, and how to receive them."),
            (GOALS, MIDPOINT),
        ),
        Guide(
            "not-working",
            _("When it is not working"),
            _("What to look at, what to say, and when to part."),
            (MIDPOINT,),
        ),
        Guide(
            "introduction",
            _("Asking for an introduction"),
            _("Four lines that open a door, and how to pass them on."),
            (CLOSING,),
        ),
    ]


def guide_for(slug: str) -> Guide | None:
    return next((guide for guide in guides() if guide.slug == slug), None)


def beside(guide: Guide) -> list[Guide]:
    """Return what else is meant for the stages of one guide."""
    return [each for each in guides() if each != guide and set(each.stages) & set(guide.stages)]


def shelves() -> list[Shelf]:
    names = {
        FIRST: _("For your first meetings"),
        GOALS: _("While you work on goals"),
        MIDPOINT: _("For half-time"),
        CLOSING: _("For a good ending"),
    }
    return [
        Shelf(stage, name, [each for each in guides() if stage in each.stages])
        for stage, name in names.items()
    ]


def shelf_of(stage: str, *, is_mentor: bool) -> Shelf:
    """Return the two or three guides that one of a pair would read now."""
    found = next(shelf for shelf in shelves() if shelf.stage == stage)
    mine = [each for each in found.guides if is_mentor or not each.is_for_mentors]
    return Shelf(found.stage, found.name, mine[:3])
