"""What is an applicant told about who will read each answer?"""

from django.forms import Form
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import shown_from

Shown = Design.Shown
# Under which field of the forms it stands who reads an answer; one question may have several fields.
QUESTIONS = {
    "class_year": "class_year",
    "city": "place",
    "country": "place",
    "time_zone": "time_zone",
    "language_1": "languages",
    "function": "work",
    "industry": "work",
    "field_of_study": "field_of_study",
    "capacity": "capacity",
    "about": "about",
    "style": "style",
    "hours_per_month": "hours_per_month",
    "gender": "gender",
}


def seen_in_words(design: Design, name: str) -> str:
    """Return from when on a partner reads an answer, as an applicant is told it."""
    return {
        Shown.PROPOSAL: _("Your partner sees this with the proposal."),
        Shown.PAIRED: _("Your partner sees this once you are paired."),
        Shown.OFFICE: _("Only the office and the matching see this."),
    }[shown_from(design, name)]


def tell_who_sees(form: Form, design: Design) -> None:
    """Say under each question of a form who will read its answer."""
    for field, name in QUESTIONS.items():
        if field in form.fields:
            told = [str(form.fields[field].help_text), seen_in_words(design, name)]
            form.fields[field].help_text = " ".join(filter(None, told))
