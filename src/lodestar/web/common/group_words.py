"""Who is somebody of a group, in a line, as far as the others may read it?"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from lodestar.domain.groups.models import Member
from lodestar.domain.matching.rules import spoken
from lodestar.domain.programs.rules.asked import is_field_shown


def group_line(member: Member, shown: Collection[str]) -> str:
    """Return work, place and class year in one line."""
    person, said = member.person, member.participant.answers
    answers = {name: value for name, value in said.items() if is_field_shown(name, shown)}
    work = answers.get("function") or answers.get("industry") or ""
    place = (person.city if "place" in shown else "") or answers.get("city") or ""
    year = (person.class_year if "class_year" in shown else "") or answers.get("class_year") or ""
    parts = [
        spoken("function", work) if work else "",
        str(place),
        _("class of %(year)s") % {"year": year} if year else "",
    ]
    return " · ".join(part for part in parts if part)
