"""Which groups does the engine find for frozen inputs? Asked in a child process with limits."""

from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.groups.models import FormingRun
from lodestar.domain.groups.queries.inputs import design_of, people_of, terms_of
from lodestar.domain.matching.queries.children import Limits, NoResultError, found_within
from lodestar.engine.peers.forming import Formed, form_groups


def formed_of(run: FormingRun) -> Formed:
    """Compute a forming in a child process; raises NoResultError, in which people have their names."""
    limits = Limits(
        settings.MATCHING_SECONDS,
        too_long=_(
            "Forming the groups took longer than %(seconds)d seconds and was stopped. Nothing was "
            "changed. Ask for it again at a quieter hour, or have the limit raised."
        ),
        too_large=_(
            "Forming the groups needed more than %(size)d MiB of memory and was stopped. Nothing was "
            "changed. Ask whoever runs this installation to raise the limit."
        ),
    )
    try:
        arguments = partial(engine_arguments, run)
        return found_within(limits, form_groups, arguments, engine_options(run))
    except NoResultError as refusal:
        raise NoResultError(with_names(str(refusal), run)) from refusal


def engine_arguments(run: FormingRun) -> tuple[object, ...]:
    return (*people_of(run.inputs), design_of(run.inputs), terms_of(run.inputs))


def engine_options(run: FormingRun) -> dict[str, object]:
    return {"seed": run.seed}


def with_names(sentence: str, run: FormingRun) -> str:
    """Put names in place of the keys that the engine mentions."""
    for participant in Participant.objects.filter(cohort=run.cohort_id).select_related("person"):
        sentence = sentence.replace(participant.public_id, str(participant))
    return sentence[:500]
