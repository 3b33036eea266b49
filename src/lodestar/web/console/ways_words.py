"""What do the ways of matching of a design do?"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.ways import asking_begins_on, last_day_of_window, uses

Way = Design.Way


def ways_effects(design: Design, cohort: Cohort | None) -> list[str]:
    """Say what each way that is used does, on the days of the next cohort where they are known."""
    found = []
    if uses(design, Way.OFFICE):
        found.append(
            _("The office has all of them matched at once, looks at the result, and proposes it.")
        )
    if uses(design, Way.RANK):
        found.append(ranked(design, cohort))
    if uses(design, Way.ASK):
        found += asked(design, cohort)
    if len(design.ways) > 1:
        found.append(
            _("Whoever waits for an answer or has a partner is left out of the other ways.")
        )
    return found


def ranked(design: Design, cohort: Cohort | None) -> str:
    last = last_day_of_window(cohort, design) if cohort else None
    told = {
        "count": design.most_choices,
        "day": date_format(last, "j F") if last else _("the day matching begins"),
    }
    if uses(design, Way.OFFICE):
        return (
            _("Mentees name up to %(count)d mentors until %(day)s; then all lists are put together at once, and whoever is left over is matched by the office’s criteria.")
            % told
        )  # fmt: skip
    return (
        _("Mentees name up to %(count)d mentors until %(day)s; then all lists are put together at once.")
        % told
    )  # fmt: skip


def asked(design: Design, cohort: Cohort | None) -> list[str]:
    first = asking_begins_on(cohort, design) if cohort else None
    told = {
        "day": date_format(first, "j F") if first else _("the day matching begins"),
        "days": design.reply_days,
    }
    reads = [_("Each request waits until the office has read it.")] if design.asks_are_read else []
    return [
        _("From %(day)s mentees ask one mentor after the other; each has %(days)d working days, then the next on the list is asked.")
        % told,
        ngettext(
            "A mentor has one request to answer at a time.",
            "A mentor has %(count)d requests to answer at a time, never more.",
            design.most_asks,
        )
        % {"count": design.most_asks},
        *reads,
    ]  # fmt: skip
