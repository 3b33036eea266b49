"""What is an applicant told about who will read each answer?"""

from django.utils.translation import gettext as _

from lodestar.domain.forms.rules import Question
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import shown_from

Shown = Design.Shown


def seen_in_words(design: Design, question: Question, *, is_read: bool) -> str:
    """Return who reads an answer, and from when on a partner does, as an applicant is told it.

    `is_read` says whether those who read applications for the program see it.
    """
    shown = shown_from(design, question.key)
    if is_read and shown is Shown.OFFICE:
        return _(
            "The office, the matching, and those who read applications without names see this."
        )
    told = {
        Shown.PROPOSAL: _("Your partner sees this with the proposal."),
        Shown.PAIRED: _("Your partner sees this once you are paired."),
        Shown.OFFICE: _("Only the office and the matching see this."),
    }[shown]
    if not is_read:
        return told
    return f"{told} {_('Those who read applications without names see it too.')}"
