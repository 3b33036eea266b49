"""How well does each of some listings suit this reader, and what speaks for the two?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.directory.queries.promising import Row
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries import (
    answers_compared,
    design_as_data,
    design_of,
    opt_in_fields,
    unwanted_by,
)
from lodestar.domain.matching.rules import speaking_for
from lodestar.engine.matching.finding import Fit, fit_of
from lodestar.engine.matching.problem import Answer, Design, Mentee, Mentor


@dataclass(frozen=True)
class Mine:
    """What is weighed for one reader: the design's criteria, their answers, and whom they may not meet."""

    participant: Participant

    @cached_property
    def data(self) -> dict[str, object]:
        return {"design": design_as_data(self.participant.cohort.design), "mentors": []}

    @cached_property
    def design(self) -> Design:
        return replace(design_of(self.data), floor=0)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return answers_compared(self.participant.answers, opt_in_fields(self.data))

    @cached_property
    def fields(self) -> Mapping[str, str]:
        return {criterion.name: criterion.mentee_field for criterion in self.design.criteria}

    @cached_property
    def unwanted(self) -> dict[int, str]:
        return unwanted_by(self.participant)

    def fit(self, rows: Sequence[Row]) -> Fit:
        """Weigh some listings; who is forbidden is told by the rule."""
        own = self.participant.public_id
        bans = {
            (own, row.key): self.unwanted[row.person] for row in rows if row.person in self.unwanted
        }
        return fit_of(
            Mentee(own, self.answers),
            [Mentor(row.key, row.answers()) for row in rows],
            [Mentor(row.key, row.ruled_answers()) for row in rows],
            self.design,
            bans,
        )

    def reasons(
        self, fit: Fit, column: int, other: Participant, shown: Collection[str]
    ) -> list[str]:
        """Return in sentences what speaks for the reader and another, from what both let be read."""
        told = [
            {
                "criterion": reason.criterion,
                "field": self.fields.get(reason.criterion, ""),
                "kind": str(reason.kind),
                "code": reason.code,
                "values": list(reason.values),
            }
            for reason in fit.reasons(column)
        ]
        pair = Match(mentor=other, mentee=self.participant, reasons=told)
        return speaking_for(pair, RoleInCohort.MENTEE, shown)
