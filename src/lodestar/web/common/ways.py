"""What can somebody without a partner do next, in words?"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.matching.queries import Way
from lodestar.domain.matching.rules import ASK, NEXT
from lodestar.domain.programs.models import Design


def way_in_words(way: Way) -> str:
    """Return one way on as a sentence to its reader."""
    if way.cohort is None:
        return _(
            "You stay on our list in this cohort. You need not do anything: as soon as a place is free "
            "that suits you, we write."
        )
    if way.key == ASK:
        return _(
            "There are mentors with a free place. Look who is there, and ask somebody: a few lines are "
            "enough."
        )
    told = {
        "program": way.cohort.program.called,
        "cohort": way.cohort.name,
        "day": date_format(way.cohort.closes_on, "j F"),
    }
    if way.key == NEXT:
        return (
            _(
                "Your application goes along to “%(cohort)s”, ahead of those who are new, and nothing is asked again. "
                "You leave the list of this cohort for it."
            )
            % told
        )
    if way.cohort.design.format == Design.Format.FLASH:
        return _("One good conversation instead: apply to %(program)s until %(day)s.") % told
    if way.cohort.design.makes_groups:
        return _("A place in a group: apply to %(program)s until %(day)s.") % told
    return _("Another program is open: apply to %(program)s until %(day)s.") % told
