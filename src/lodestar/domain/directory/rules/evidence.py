"""What speaks for a mentor besides their own words?

Each sentence says on how much it rests, and is left out where that is too little, or would tell
what a single mentee did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.matching.rules.words import listed

FEWEST_REQUESTS = 5
FEWEST_COUNTED = 3
FEWEST_ASKERS = 3
MOST_TOPICS = 2
A_DAY = 24
LONGEST_TOLD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Evidence:
    """How soon somebody answers (half of the requests within so many hours), and what came of it.

    `reply_hours` is None where half of the requests or more were never answered.
    """

    request_count: int = 0
    reply_hours: int | None = None
    completed_count: int = 0
    asked_about: Sequence[str] = ()

    def as_data(self) -> dict[str, Any]:
        return {
            "request_count": self.request_count,
            "reply_hours": self.reply_hours,
            "completed_count": self.completed_count,
            "asked_about": list(self.asked_about),
        }


def evidence_from(data: Mapping[str, Any]) -> Evidence:
    return Evidence(**data) if data else Evidence()


def median_hours(hours: Sequence[float | None]) -> int | None:
    """Return within how many hours half of the requests were answered; None stands for never.

    >>> median_hours([2, 30, None]), median_hours([2, None]), median_hours([])
    (30, None, None)
    """
    in_order = sorted(hours, key=lambda each: (each is None, each or 0))
    middle = in_order[len(in_order) // 2] if in_order else None
    return None if middle is None else max(1, round(middle))


def most_asked(lists: Sequence[Sequence[str]]) -> list[str]:
    """Return the topics that most mentees named, if enough of them did.

    >>> most_asked([["Interviews", "Pay"], ["Interviews"], ["Interviews"], [], ["Pay"]])
    ['Interviews']
    """
    if len(lists) < FEWEST_REQUESTS:
        return []
    counts: dict[str, int] = {}
    for topics in lists:
        for topic in dict.fromkeys(topics):
            counts[topic] = counts.get(topic, 0) + 1
    told = [(-n, topic) for topic, n in counts.items() if n >= FEWEST_ASKERS]
    return [topic for _n, topic in sorted(told)[:MOST_TOPICS]]


def evidence_in_sentences(evidence: Evidence) -> list[str]:
    """Return what speaks for somebody, in sentences; nothing where too little is known."""
    count = evidence.request_count
    found = [reply_in_words(evidence)]
    if evidence.completed_count >= FEWEST_COUNTED:
        found.append(_("%(count)d mentorships completed.") % {"count": evidence.completed_count})
    elif evidence.completed_count:
        found.append(_("Has been a mentor here before."))
    if evidence.asked_about and count >= FEWEST_REQUESTS:
        found.append(_("Asked most about %(topics)s.") % {"topics": listed(evidence.asked_about)})
    return [sentence for sentence in found if sentence]


def reply_in_words(evidence: Evidence) -> str:
    count, hours = evidence.request_count, evidence.reply_hours
    if count < FEWEST_REQUESTS or hours is None:
        return ""
    days = -(-hours // A_DAY)
    if days > LONGEST_TOLD_DAYS:
        return ""
    return ngettext(
        "Usually answers within a day; from %(count)d requests.",
        "Usually answers within %(days)d days; from %(count)d requests.",
        days,
    ) % {"days": days, "count": count}
