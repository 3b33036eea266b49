"""What does the engine find for frozen inputs? Asked in a child process with limits."""

from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.children import Limits, NoResultError, found_within
from lodestar.domain.matching.queries.inputs import design_of, people_of
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.run import MatchResult, run_match


def result_of(run: MatchRun) -> MatchResult:
    """Compute a run in a child process; raises NoResultError, in which people have their names."""
    limits = Limits(
        settings.MATCHING_SECONDS,
        too_long=_(
            "The computation took longer than %(seconds)d seconds and was stopped. Nothing was "
            "changed. Ask for it again at a quieter hour, or have the limit raised."
        ),
        too_large=_(
            "The computation needed more than %(size)d MiB of memory and was stopped. Nothing was "
            "changed. Ask whoever runs this installation to raise the limit."
        ),
    )
    try:
        arguments = partial(engine_arguments, run)
        return found_within(limits, run_match, arguments, engine_options(run))
    except NoResultError as refusal:
        raise NoResultError(with_names(str(refusal), run)) from refusal


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
