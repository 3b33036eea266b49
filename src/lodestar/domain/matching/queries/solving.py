"""What does the engine find for frozen inputs? Asked in a child process with limits."""

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.inputs import design_of, people_of
from lodestar.engine.limits import (
    ChildBrokeError,
    ChildTookTooLongError,
    OutOfMemoryError,
    run_limited,
)
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.matching.run import MatchResult, run_match


class UnsolvedError(Exception):
    """The run has no result; the message is the sentence for the coordinators."""


def result_of(run: MatchRun) -> MatchResult:
    """Compute a run in a child process, without any transaction; raises UnsolvedError."""
    try:
        return run_limited(
            run_match,
            engine_arguments(run),
            engine_options(run),
            seconds=settings.MATCHING_SECONDS,
            mebibytes=settings.MATCHING_MIB,
        )
    except MatchingError as refusal:
        raise UnsolvedError(with_names(str(refusal), run)) from refusal
    except ChildTookTooLongError as error:
        sentence = _(
            "The computation took longer than %(seconds)d seconds and was stopped. Nothing was "
            "changed. Ask for it again at a quieter hour, or have the limit raised."
        )
        raise UnsolvedError(sentence % {"seconds": settings.MATCHING_SECONDS}) from error
    except OutOfMemoryError as error:
        sentence = _(
            "The computation needed more than %(size)d MiB of memory and was stopped. Nothing was "
            "changed. Ask whoever runs this installation to raise the limit."
        )
        raise UnsolvedError(sentence % {"size": settings.MATCHING_MIB}) from error


def engine_arguments(run: MatchRun) -> tuple[object, ...]:
    given = GivenPairs(
        pins=[(mentee, mentor) for mentee, mentor in run.inputs["pins"]],
        bans={(mentee, mentor): why for mentee, mentor, why in run.inputs["bans"]},
    )
    return (*people_of(run.inputs), design_of(run.inputs), given)


def engine_options(run: MatchRun) -> dict[str, object]:
    return {"seed": run.seed}


def with_names(sentence: str, run: MatchRun) -> str:
    """Put names in place of the keys that the engine mentions."""
    people = Participant.objects.filter(cohort=run.cohort_id).select_related("person")
    for participant in people:
        sentence = sentence.replace(participant.public_id, str(participant))
    return sentence[:500]


__all__ = ["ChildBrokeError", "UnsolvedError", "result_of"]
