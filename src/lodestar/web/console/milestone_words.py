"""What do the milestones of a design do, in sentences?"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.queries.coming import COME_TO
from lodestar.domain.programs.models import Cohort, Design, Milestone
from lodestar.domain.programs.queries import milestones_of


def milestone_effects(design: Design, cohort: Cohort | None) -> list[str]:
    """Return what people are told, what the office has to do, and what falls on which day of a planned cohort."""
    milestones = list(design.milestones.all())
    if not milestones:
        return [_("People are told the five days of the cohort and nothing else.")]
    count = len(milestones)
    told = ngettext(
        "%(count)d thing is told to people on its day: on the program’s page, and where they take part.",
        "%(count)d things are told to people on their days: on the program’s page, and where they take part.",
        count,
    ) % {"count": count}
    office = _left_to_the_office({each.kind for each in milestones})
    return [told, *office, *(_in_cohort(cohort) if cohort else [])]


def _left_to_the_office(kinds: set[str]) -> list[str]:
    """Say what nobody else does: a milestone announces, it holds no event and sends no survey."""
    found = []
    if kinds & set(COME_TO):
        found.append(
            _("You hold the events and preparations; three days before, a letter reminds people.")
        )
    if Milestone.Kind.SURVEY in kinds:
        found.append(
            _("You send the surveys named here; only the short questions go out by themselves.")
        )
    return found


def _in_cohort(cohort: Cohort) -> list[str]:
    sentence, lasting = (
        _("%(day)s: %(name)s, for %(who)s."),
        _("%(day)s to %(last)s: %(name)s, for %(who)s."),
    )
    return [
        (lasting if each.lasts else sentence)
        % {
            "day": date_format(each.starts_on, "j F Y"),
            "last": date_format(each.ends_on, "j F Y"),
            "name": each.milestone,
            "who": each.milestone.get_for_whom_display(),
        }
        for each in milestones_of(cohort)
    ]
