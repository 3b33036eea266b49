"""What does the engine find for frozen inputs? Asked in a child process with limits."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries.children import Limits, NoResultError, found_within
from lodestar.domain.matching.queries.inputs import Inputs, design_of, people_of
from lodestar.engine.matching.chosen import Choice
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.windows import Lists, WindowResult, run_window
from lodestar.engine.rescue.beside import (
    RunWithStandbys,
    rematch_with_standbys,
    run_with_standbys,
)


def found_of(run: MatchRun, hear: Callable[[float], None]) -> RunWithStandbys | WindowResult:
    """Compute a run and its standbys in a child process; raises NoResultError, in which people have their names."""
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
        return found_within(limits, function_for(run), arguments, engine_options(run), hear)
    except NoResultError as refusal:
        raise NoResultError(with_names(str(refusal), run)) from refusal


def function_for(run: MatchRun) -> Callable[..., RunWithStandbys | WindowResult]:
    """Return what computes a run of its kind."""
    if run.kind == MatchRun.Kind.WINDOW:
        return run_window
    is_rematch = run.kind == MatchRun.Kind.REMATCH
    return rematch_with_standbys if is_rematch else run_with_standbys


def engine_arguments(run: MatchRun) -> tuple[object, ...]:
    return (*people_of(run.inputs), design_of(run.inputs), settled_in(run.inputs))


def settled_in(inputs: Inputs) -> GivenPairs | Lists:
    """Return what holds beforehand in frozen inputs: pins and bans, and in a window the lists with them."""
    given = given_of(inputs)
    if "choices" not in inputs:
        return given
    return Lists([Choice(*told) for told in inputs["choices"]], inputs["fills"], given)


def given_of(inputs: Inputs) -> GivenPairs:
    return GivenPairs(
        pins=[(mentee, mentor) for mentee, mentor in inputs["pins"]],
        bans={(mentee, mentor): why for mentee, mentor, why in inputs["bans"]},
    )


def engine_options(run: MatchRun) -> dict[str, object]:
    return {"seed": run.seed}


def with_names(sentence: str, run: MatchRun) -> str:
    return named_sentence(sentence, run.cohort_id)


def named_sentence(sentence: str, cohort_id: int) -> str:
    """Put names in place of the keys that the engine mentions."""
    people = Participant.objects.filter(cohort=cohort_id).select_related("person")
    for participant in people:
        sentence = sentence.replace(participant.public_id, str(participant))
    return sentence[:500]
