"""What does the application form ask, and who reads the answers unless a design says otherwise?"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Audience, Design

Role = Audience.Role
Shown = Design.Shown
BOTH = (Role.MENTOR, Role.MENTEE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form: the fields that hold its answer, and when a partner usually reads it."""

    name: str
    label: object
    fields: tuple[str, ...]
    usual: Shown
    roles: tuple[Role, ...] = BOTH


ASKED = (
    Asked("topics", _("Topics"), ("topics",), Shown.PROPOSAL),
    Asked("about", _("Own words"), ("about",), Shown.PROPOSAL),
    Asked("work", _("Work"), ("function", "industry", "role", "employer"), Shown.PROPOSAL),
    Asked("field_of_study", _("Studies"), ("field_of_study",), Shown.PROPOSAL),
    Asked("class_year", _("Class year"), ("class_year", "years_of_experience"), Shown.PROPOSAL),
    Asked("place", _("Place"), ("place", "city", "country", "region"), Shown.PROPOSAL),
    Asked("time_zone", _("Time zone"), ("time_zone",), Shown.PROPOSAL),
    Asked("languages", _("Languages"), ("languages",), Shown.PROPOSAL),
    Asked("style", _("Way of working"), ("style",), Shown.OFFICE),
    Asked("hours_per_month", _("Hours a month"), ("hours_per_month",), Shown.OFFICE),
    Asked("capacity", _("Places for mentees"), ("capacity",), Shown.OFFICE, (Role.MENTOR,)),
    Asked("gender", _("Gender"), ("gender", "gender_matters"), Shown.OFFICE),
)
BY_NAME = {asked.name: asked for asked in ASKED}
BY_FIELD = {field: asked for asked in ASKED for field in asked.fields}


def asked_of(role: str) -> list[Asked]:
    """Return the questions that people of one role answer."""
    return [asked for asked in ASKED if role in asked.roles]


def shown_from(design: Design, name: str) -> Shown:
    """Tell from when on a partner reads an answer; what a design does not say is as usual."""
    said = design.visibility.get(name)
    return Shown(said) if said in Shown.values else BY_NAME[name].usual


def shown_names(design: Design, *, is_paired: bool) -> frozenset[str]:
    """Return the answers that a partner reads: while the two are proposed, or once both said yes."""
    levels = {Shown.PROPOSAL, Shown.PAIRED} if is_paired else {Shown.PROPOSAL}
    return frozenset(asked.name for asked in ASKED if shown_from(design, asked.name) in levels)


def is_field_shown(field: str, names: Collection[str]) -> bool:
    """Tell if a field belongs to the answers shown; what no form asks was never kept back."""
    asked = BY_FIELD.get(field)
    return asked is None or asked.name in names
