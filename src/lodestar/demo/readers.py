"""What does the office of the demo think of those who applied?"""

from collections.abc import Iterable
from random import Random

from lodestar.domain.applications.actions import Mark, assess_application
from lodestar.domain.applications.models import Application, Assessment
from lodestar.domain.applications.queries import rubric_of
from lodestar.domain.people.models import Person

Level = Assessment.Level
SENTENCES = {
    Level.WEAK: "I would ask once more what it is about.",
    Level.FAIR: "Enough to begin with.",
    Level.STRONG: "I knew at once whom to think of.",
}


def score(applications: Iterable[Application], dice: Random, *, by: Person) -> None:
    """Note a score for each criterion, with a sentence here and there."""
    for application in applications:
        marks = {}
        for criterion in rubric_of(application):
            level = dice.choice((Level.WEAK, Level.FAIR, Level.FAIR, Level.STRONG))
            sentence = SENTENCES[level] if dice.random() < 0.5 else ""
            marks[criterion.public_id] = Mark(level, sentence)
        assess_application(application, by=by, marks=marks)
