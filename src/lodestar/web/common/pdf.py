"""How does a page become a PDF? Facts in, a download out; what people typed is never taken for source."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.web.common.confidence import to_keep

try:
    import typst
except ImportError:  # the extra `pdf` is not installed; pages then say how to print
    typst = None  # type: ignore[assignment]

PAPERS = Path(__file__).parent / "papers"
logger = logging.getLogger("lodestar.pdf")


def can_make_pdf() -> bool:
    return typst is not None


def pdf_of(paper: str, facts: Mapping[str, object]) -> bytes:
    """Set facts on one of our papers, tagged for screen readers.

    A sign that no font has cannot be read aloud either, and PDF/UA refuses it. Then the paper is set
    without tags and says so.
    """
    if not can_make_pdf():
        raise RefusedError(_("This installation makes no PDF. Print the page instead."))
    told = {"language": get_language() or "en", "is_rtl": get_language_bidi(), **facts}
    try:
        return typst.compile(PAPERS / paper, pdf_standards="ua-1", sys_inputs=as_input(told))
    except typst.TypstError:
        logger.warning("%s is set without tags: a sign is in no font", paper)
        told["warning"] = _("Some signs on this page are in none of the fonts at hand.")
        return typst.compile(PAPERS / paper, pdf_tags=False, sys_inputs=as_input(told))


def as_input(facts: Mapping[str, object]) -> dict[str, str]:
    return {"facts": json.dumps(facts)}


def pdf_download(name: str, paper: str, facts: Mapping[str, object]) -> HttpResponse:
    """Return a paper as a file to keep; `name` is ours, never what people typed."""
    answer = HttpResponse(pdf_of(paper, facts), content_type="application/pdf")
    return to_keep(answer, f"{name}.pdf")
