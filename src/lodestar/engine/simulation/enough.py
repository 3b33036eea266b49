"""Are there people enough for a trial to say anything?"""

from lodestar.engine.matching.problem import MatchingError

FEWEST_MENTEES, FEWEST_MENTORS = 5, 2
TOO_FEW = (
    "With {people} {noun} a forecast says nothing: what one of them does would decide it. "
    "It takes {mentees} mentees and {mentors} mentors at least."
)


def are_too_few(mentees: int, mentors: int) -> bool:
    return mentees < FEWEST_MENTEES or mentors < FEWEST_MENTORS


def refuse_too_few(mentees: int, mentors: int) -> None:
    """Refuse to try a design on so few that it says nothing.

    >>> refuse_too_few(1, 2)
    Traceback (most recent call last):
    lodestar.engine.matching.problem.MatchingError: With 3 people a forecast says nothing: what one of them does would decide it. It takes 5 mentees and 2 mentors at least.
    """
    if are_too_few(mentees, mentors):
        people = mentees + mentors
        noun = "person" if people == 1 else "people"
        told = {"people": people, "noun": noun, "mentees": FEWEST_MENTEES, "mentors": FEWEST_MENTORS}  # fmt: skip
        raise MatchingError(TOO_FEW.format(**told))
