"""What does a report stand on, what did it find, and who may read it?"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.matching.queries.children import Limits, found_within
from lodestar.domain.matching.queries.inputs import (
    design_as_data,
    design_of,
    opt_in_fields,
    unwanted_pairs,
)
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.needs import rules
from lodestar.domain.needs.models import NeedsAnswer, NeedsReport
from lodestar.domain.needs.queries.roll import told_by_roll
from lodestar.domain.needs.queries.voices import (
    Voice,
    mentees_in,
    mentors_in,
    named_fields,
    paired_mentees,
    voices_of,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.groups import why_not_played
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.problem import Answer, Mentee, Mentor
from lodestar.engine.matching.recruiting import Caps, Network, Shortage, shortage_of

FORMAT = 1
CAPS = Caps(smallest=1)
Status = NeedsReport.Status
Inputs = dict[str, Any]


def reports_of(cohort: Cohort) -> QuerySet[NeedsReport]:
    """Return a cohort's reports, the newest first; whoever asks has the cohort in hand already."""
    return NeedsReport.objects.filter(cohort=cohort).defer("inputs").select_related("requested_by")


def waiting_report(cohort: Cohort) -> NeedsReport | None:
    return reports_of(cohort).filter(status__in=[Status.REQUESTED, Status.CLAIMED]).first()


def latest_report(cohort: Cohort) -> NeedsReport | None:
    """Return the newest report that is ready."""
    return reports_of(cohort).filter(status=Status.READY).first()


def failed_report(cohort: Cohort) -> NeedsReport | None:
    """Return the newest report if it failed."""
    newest = reports_of(cohort).first()
    return newest if newest and newest.status == Status.FAILED else None


def why_not_request(cohort: Cohort, voices: list[Voice]) -> str:
    """Say why there is nothing to compute, or nothing."""
    if problem := why_not_played(cohort.design):
        return problem
    criteria = cohort.design.criteria.filter(weight__gt=0).count()
    return rules.why_not_request(len(mentees_in(voices)), criteria, paired_mentees(cohort))


@dataclass(frozen=True, slots=True)
class Since:
    """How many came after a report was frozen, so that it no longer tells the whole story."""

    applications: int
    answers: int

    @property
    def any(self) -> int:
        return self.applications + self.answers


def since(report: NeedsReport) -> Since:
    at = report.frozen_at or report.created_at
    applied = Application.objects.filter(cohort=report.cohort_id, submitted_at__gt=at)
    answered = NeedsAnswer.objects.filter(survey__cohort=report.cohort_id, sent_at__gt=at)
    return Since(applied.count(), answered.count())


def inputs_of(cohort: Cohort) -> Inputs:
    """Freeze everything a report depends on, as plain data; nobody on the roll by name."""
    voices = voices_of(cohort)
    mentees, mentors = mentees_in(voices), mentors_in(voices)
    return {
        "format": FORMAT,
        "mentees": [{"key": each.key, "answers": each.answers} for each in mentees],
        "mentors": [
            {"key": each.key, "answers": each.answers, "capacity": each.places} for each in mentors
        ],
        "directory": [{"key": key, "answers": told} for key, told in told_by_roll(cohort)],
        "design": design_as_data(cohort.design),
        "fields": [list(pair) for pair in named_fields(cohort.design)],
        "places_each": cohort.design.capacity_maximum,
        "bans": bans_between(cohort, mentees, mentors),
    }


def bans_between(cohort: Cohort, mentees: list[Voice], mentors: list[Voice]) -> list[list[str]]:
    """Return the pairs that may not meet, each with the code of why; past partners on the roll too."""
    mentee_of = {voice.person.pk: voice.key for voice in mentees if voice.person}
    mentor_of = {voice.person.pk: voice.key for voice in mentors if voice.person}
    unwanted = unwanted_pairs(cohort)
    others = {mentor for _mentee, mentor, _why in unwanted} - mentor_of.keys()
    on_roll = dict(Person.objects.filter(pk__in=others).values_list("pk", "public_id"))
    key_of = on_roll | mentor_of
    listed = {
        (mentee_of[mentee], key_of[mentor]): why
        for mentee, mentor, why in reversed(unwanted)
        if mentee in mentee_of and mentor in key_of
    }
    both = mentee_of.keys() & mentor_of.keys()
    listed |= {(mentee_of[person], mentor_of[person]): "same_person" for person in both}
    return sorted([mentee, mentor, why] for (mentee, mentor), why in listed.items())


def result_of(report: NeedsReport) -> Shortage:
    """Compute a report in a child process; raises NoResultError."""
    sentence = _(
        "The computation took longer or needed more memory than it may (%(seconds)d seconds, "
        "%(size)d MiB) and was stopped. Ask for it again at a quieter hour, or have the limit "
        "raised."
    )
    limits = Limits(settings.MATCHING_SECONDS, too_long=sentence, too_large=sentence)
    inputs = report.inputs
    arguments, options = partial(engine_arguments, inputs), engine_options(inputs)
    return found_within(limits, shortage_of, arguments, options)


def engine_arguments(inputs: Inputs) -> tuple[object, ...]:
    kept = opt_in_fields(inputs)

    def read(person: Inputs) -> dict[str, Answer]:
        return answers_of(person["answers"], kept)

    network = Network(
        mentees=[Mentee(each["key"], read(each)) for each in inputs["mentees"]],
        mentors=[Mentor(each["key"], read(each), each["capacity"]) for each in inputs["mentors"]],
        directory=[Mentor(each["key"], read(each)) for each in inputs["directory"]],
        given=GivenPairs(bans={(mentee, mentor): why for mentee, mentor, why in inputs["bans"]}),
    )
    fields = [(mine, theirs) for mine, theirs in inputs["fields"]]
    return network, design_of(inputs), fields, CAPS


def engine_options(inputs: Inputs) -> dict[str, object]:
    return {"places": inputs["places_each"]}
