"""What do the format of a program, its rubric, and what partners read of each other do?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Audience, Cohort, Design
from lodestar.domain.programs.rules.asked import ASKED, shown_from
from lodestar.web.common.shape import meeting_in_words, talks_in_words

Format, Shown = Design.Format, Design.Shown


def shape_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    by_format = {
        Format.ONE_TO_ONE: _("Each room asks for the next talk until the cohort ends."),
        Format.FLASH: _(
            "Once two people have met, their room asks for no second talk, and nobody counts them as silent."
        ),
        Format.REVERSE: _(
            "The program’s page, the form and every proposal say that the younger one is the mentor. Years ahead "
            "are no merit here."
        ),
    }
    return [
        talks_in_words(design),
        by_format[Format(design.format)],
        _("“%(told)s” is said before people apply, with every proposal, and when two begin.")
        % {"told": meeting_in_words(design)},
    ]


def selection_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    rubric = list(design.selection.all())
    return [
        *(_scored(role, [c.name for c in rubric if c.role == role]) for role in reversed(Audience.Role)),
        _("Each reader’s scores stand beside the application, and their mean in the list. You still decide."),
    ]  # fmt: skip


def _scored(role: Audience.Role, names: list[str]) -> str:
    if not names:
        return _("Applications of %(who)s are read without a rubric.") % {"who": role.label}
    return ngettext(
        "%(count)d thing is scored for %(who)s: %(names)s.",
        "%(count)d things are scored for %(who)s: %(names)s.",
        len(names),
    ) % {"count": len(names), "who": role.label, "names": ", ".join(names)}


def visibility_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    sentences = {
        Shown.PROPOSAL: _("With the proposal a partner reads: %(what)s."),
        Shown.PAIRED: _("Once both said yes: %(what)s."),
        Shown.OFFICE: _("Only the office and the matching read: %(what)s."),
    }
    found = []
    for shown, sentence in sentences.items():
        names = [str(a.label) for a in ASKED if shown_from(design, a.name) == shown]
        if names:
            found.append(sentence % {"what": ", ".join(names)})
    return [*found, _("The application form says so under each question.")]
