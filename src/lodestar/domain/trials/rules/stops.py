"""What stops mentees from meeting somebody, places or people, and how is that said?"""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _

from lodestar.domain.trials.rules.words import percent_in_words, rate_in_words
from lodestar.engine.simulation.rates import NEVER_MET

WORTH_TELLING = 0.5
MOST_RATES = 3
FALLING = ("drop_out", "silence", "decline")


def stops_in_words(report: Mapping[str, Any]) -> list[str]:
    """Say where mentees are lost on the way to a first meeting, the place first, then people."""
    mentees, planned = report["inputs"]["mentees"], report["planned"]
    accepted = report["expected"]["accepted"]["mean"] or 0
    met = report["expected"]["met"]["mean"] or 0
    unmet = report["rates"][NEVER_MET]["usual"]
    told = [
        (mentees - planned, _("%(n)s of %(all)s have no place, even if everybody keeps their word.")),
        (planned - accepted, _("About %(n)s of %(all)s find no mentor who says yes too, because people %(why)s.")),
        (accepted - met, _("About %(n)s of %(all)s have a mentor and never meet (%(unmet)s of the pairs that said yes).")),
    ]  # fmt: skip
    words = {"all": localize(mentees), "unmet": percent_in_words(unmet), "why": largest_of(report)}
    return [
        sentence % (words | {"n": localize(round(lost))})
        for lost, sentence in told
        if lost >= WORTH_TELLING
    ]


def largest_of(report: Mapping[str, Any]) -> str:
    """Name the largest of the rates by which people fall away before both have said yes."""
    found = {
        name: rate["usual"]
        for name, rate in report["rates"].items()
        if name.partition(".")[2] in FALLING
    }
    worth_naming = max(found.values()) / 3
    named = [name for name in found if found[name] >= worth_naming]
    largest = sorted(named, key=lambda name: -found[name])[:MOST_RATES]
    told = "; ".join(f"{rate_in_words(name)}, {percent_in_words(found[name])}" for name in largest)
    return _("drop out, do not answer or say no (the largest rates: %(rates)s)") % {"rates": told}
