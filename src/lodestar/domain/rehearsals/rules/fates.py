"""How do the test people of a rehearsal behave, and on which figures does that rest?"""

from collections.abc import Mapping
from dataclasses import dataclass

from lodestar.domain.rehearsals.models import Rehearsal

Manner = Rehearsal.Manner
QUIETER, RARER = 4, 0.5


@dataclass(frozen=True, slots=True)
class Fates:
    """How many test people do what; the shares are of the short questions they answer."""

    mentors_decline: int
    mentors_silent: int
    mentees_silent: int
    drop_out: int
    never_meet: int
    mentors_answer: float
    mentees_answer: float


def fates_of(rates: Mapping[str, float], mentors: int, mentees: int, manner: str) -> Fates:
    """Return what happens to so many people at the believed rates.

    In a small cohort a rate of 5 in 100 would hit nobody, and nobody would see the letters that follow.
    So of each thing that usually happens, at least one happens.

    >>> rates = {"mentor.decline": 0.05, "mentee.silence": 0.05, "pair.never_met": 0.1, "mentee.answer": 0.6}
    >>> fates_of(rates, 8, 10, "usual")
    Fates(mentors_decline=1, mentors_silent=0, mentees_silent=1, drop_out=0, never_meet=1, mentors_answer=0.6, mentees_answer=0.6)
    >>> fates_of(rates, 8, 10, "keen").mentees_answer
    1.0
    """
    if manner == Manner.KEEN:
        return Fates(0, 0, 0, 0, 0, 1.0, 1.0)
    times, answers = (QUIETER, RARER) if manner == Manner.QUIET else (1, 1.0)

    def some(name: str, people: int, least: int) -> int:
        return min(people // 2, max(least, round(times * people * rates.get(name, 0.0))))

    return Fates(
        mentors_decline=some("mentor.decline", mentors, 1),
        mentors_silent=some("mentor.silence", mentors, 0),
        mentees_silent=some("mentee.silence", mentees, 1),
        drop_out=some("mentee.drop_out", mentees, 0),
        never_meet=some("pair.never_met", mentees, 1),
        mentors_answer=answers * rates.get("mentor.answer", 0.6),
        mentees_answer=answers * rates.get("mentee.answer", 0.6),
    )
