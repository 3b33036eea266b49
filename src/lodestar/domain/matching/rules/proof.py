"""What does the certificate of a run prove, in words, and what does each of its numbers mean?"""

from collections.abc import Mapping
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PERFECT = 1_000_000
Explained = tuple[str, str, str]


def is_proven(certificate: Mapping[str, Any]) -> bool:
    """Whether a certificate's own numbers prove its run; older ones claim no bounds."""
    bounds = (("served_bound", "matched"), ("filled_bound", "filled"), ("worst_bound", "worst"))
    return (
        certificate.get("gap") == 0
        and certificate.get("violators") == 0
        and all(
            certificate.get(bound) in (None, certificate.get(reached)) for bound, reached in bounds
        )
    )


def proof_in_words(certificate: Mapping[str, Any]) -> str:
    """Return what was proven about a whole set of pairs, or how far it may be from the best."""
    if not certificate.get("matched"):
        return _("No pair could be made: every one of them breaks a rule.")
    if certificate.get("objective") == "lists-first":
        return lists_in_words(certificate)
    if not is_proven(certificate):
        return _(
            "Not proven best: another set of pairs could gain up to %(gap)s points. Everything "
            "else on this page holds."
        ) % {"gap": intcomma(certificate.get("gap", 0))}
    if certificate.get("objective") == "total":
        return _("Proven best: no other set of pairs has a higher total.")
    if certificate.get("worst_bound") is not None:
        return _(
            "Proven best: no other set of pairs serves more mentees; none that serves as many has a "
            "better weakest match; and none of those has a higher total."
        )
    return _(
        "Proven best: no other set of pairs serves more mentees, and none that serves as many has "
        "a higher total."
    )


def lists_in_words(certificate: Mapping[str, Any]) -> str:
    """Return what was proven of a run that put people's lists together first."""
    listed, blocking = (
        int(certificate.get(name, 0)) for name in ("matches_from_lists", "blocking_pairs")
    )
    told = {
        "listed": intcomma(listed),
        "filled": intcomma(max(0, certificate.get("pairs", 0) - listed)),
    }
    first = _(
        "%(listed)s pairs come from the lists, %(filled)s were matched by the criteria after them."
    )
    proven = _(
        "Proven fair: nobody on the lists and a mentor they named would both rather have each other."
    )
    not_proven = _("%(count)s pairs on the lists would rather have each other.") % {
        "count": intcomma(blocking)
    }
    return f"{first % told} {not_proven if blocking else proven}"


def served_in_words(certificate: Mapping[str, Any]) -> str:
    mentees = int(certificate.get("mentees", 0))
    return ngettext(
        "%(matched)s of %(mentees)s mentee has a mentor.",
        "%(matched)s of %(mentees)s mentees have a mentor.",
        mentees,
    ) % {"matched": intcomma(certificate.get("matched", 0)), "mentees": intcomma(mentees)}


def numbers_explained(certificate: Mapping[str, Any]) -> list[Explained]:
    """Return each number of a certificate as (name, number, meaning)."""
    number = {name: value for name, value in certificate.items() if isinstance(value, int)}
    if not number:
        return []
    matched = max(1, number.get("matched", 0))
    mean = number.get("total", 0) // matched
    rows: list[tuple[str, int, str]] = [
        (_("Mentors"), number.get("mentors", 0), _("who have at least one free place")),
        (_("Places"), number.get("places", 0), _("that these mentors have free together")),
        (
            _("Allowed pairs"),
            number.get("eligible_pairs", 0),
            _("that break no rule; every one of them was compared in the proof"),
        ),
        (_("Total"), number.get("total", 0), _("points of all matches together")),
        (
            _("Mean"),
            mean,
            _("points of a match; a pair that fits in everything would have 1,000,000"),
        ),
        (_("Weakest"), number.get("worst", 0), weakest_explained(certificate)),
        (
            _("Gap"),
            number.get("gap", 0),
            _("points by which the best possible set could be better; 0 is the proof"),
        ),
        (
            _("Would rather"),
            number.get("blocking_pairs", 0),
            _(
                "pairs who would both score higher together than as they are now; the whole counted for more"
            ),
        ),
    ]
    return [(name, str(intcomma(value)), meaning) for name, value, meaning in rows]


def weakest_explained(certificate: Mapping[str, Any]) -> str:
    if certificate.get("worst_bound") is None:
        return _("points of the weakest match")
    return _("points of the weakest match; no set of pairs that serves as many has a better one")


def lottery_in_words(seed: int) -> str:
    return _(
        "Where whole sets of pairs were equally good, one lottery for everybody decided, with the "
        "number %(seed)s. The same people, answers, rules and number always give the same matches."
    ) % {"seed": seed}
