"""How is a roadmap given to people outside: on a page, and on paper?"""

from datetime import date

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.insights.queries import SharedRoadmap
from lodestar.domain.people.queries import association
from lodestar.domain.programs.rules import phases_of
from lodestar.web.common.pdf import can_make_pdf, pdf_download
from lodestar.web.common.phases import drawn

PAPER = "roadmap.typ"


def shared_context(roadmap: SharedRoadmap) -> dict[str, object]:
    """Return what the page for people outside draws."""
    return {
        "cohort": roadmap.cohort,
        "roadmap": roadmap,
        "phases": drawn(phases_of(roadmap.cohort), roadmap.on),
        "can_make_pdf": can_make_pdf(),
    }


def roadmap_file(roadmap: SharedRoadmap) -> HttpResponse:
    """Return the same on paper."""
    return pdf_download("roadmap", PAPER, paper_facts(roadmap))


def paper_facts(roadmap: SharedRoadmap) -> dict[str, object]:
    return {
        "association": association().name,
        "title": str(roadmap.cohort),
        "as_of": _("Roadmap as it stood on %(day)s") % {"day": day(roadmap.on)},
        "foot": _(
            "Read off the records, without names. Where it says “some”, the number, or what is left "
            "over, is fewer than five."
        ),
        "stages_title": _("The ten stages"),
        "stages_head": [_("Stage"), _("State"), _("What the records say")],
        "stages": [
            {
                "number": stage.number,
                "name": stage.name,
                "state": stage.state.label,
                "sentence": stage.sentence,
            }
            for stage in roadmap.stages
        ],
        "days_title": _("Days"),
        "days_head": [_("What"), _("When")],
        "days": [
            {"label": phase.label, "day": day(phase.on)}
            for phase in drawn(phases_of(roadmap.cohort), roadmap.on)
        ],
    }


def day(on: date) -> str:
    return date_format(on, "j F Y")
