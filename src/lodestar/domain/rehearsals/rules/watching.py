"""What in a rehearsal should the office look at, and to which stage does it belong?

Everything here reads plain report entries, so that it can be asked in the child that plays and in a test.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.pilots.models import Finding

Stage = Finding.Stage
QUIET_DAYS = 45
STUCK_DAYS = 21
CROWD, CROWD_DAYS = 5, 7
STAGES = {
    "people": Stage.PORTAL,
    "accounts": Stage.PORTAL,
    "applications": Stage.PORTAL,
    "matching": Stage.MATCHING,
    "mentorships": Stage.MEETING,
    "feedback": Stage.FEEDBACK,
    "needs": Stage.NEEDS,
    "mail": Stage.PUBLICITY,
    "messaging": Stage.PUBLICITY,
}
FATES = {
    "held": gettext_lazy("was held back"),
    "dead": gettext_lazy("could not be sent"),
    "broken": gettext_lazy("could not be written"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at; the same `code` in two rehearsals is the same thing."""

    code: str
    stage: str
    said: str
    who: list[str]
    day: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """So many days on end, from a day on."""

    days: int
    since: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in a rehearsal: its people and letters, and who stood without a partner how long."""

    people: Sequence[Mapping[str, Any]]
    letters: Sequence[Mapping[str, Any]]
    waited: Mapping[str, Span]
    last: date
    still_running: Sequence[str] = ()


def stage_of(path: str) -> Stage:
    """Return the stage of a kind of letter or of a job's path.

    >>> str(stage_of("feedback.pulse")), str(stage_of("lodestar.domain.matching.jobs.compute_runs"))
    ('feedback', 'matching')
    """
    return next((STAGES[word] for word in path.split(".") if word in STAGES), Stage.DESIGN)


def remarks_of(seen: Seen) -> list[dict[str, Any]]:
    """Return what a rehearsal leaves to look at, what is broken first."""
    found = [
        *_letters_that_failed(seen),
        *_stuck(seen),
        *_left_running(seen),
        *_silence_of_all(seen),
        *_silences(seen),
        *_crowds(seen),
    ]
    return [asdict(remark) for remark in found]


def _of_role(seen: Seen, role: str) -> list[Mapping[str, Any]]:
    return [person for person in seen.people if person["role"] == role]


def _name(seen: Seen, key: str) -> str:
    return next((str(each["name"]) for each in seen.people if each["key"] == key), key)


def _told(day: date) -> str:
    return date_format(day, "j F Y")


def _letters_that_failed(seen: Seen) -> Iterable[Remark]:
    by_kind: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for letter in seen.letters:
        if letter["fate"] != "sent":
            by_kind[letter["kind"], letter["fate"]].append(letter)
    for (kind, fate), letters in by_kind.items():
        told = {"subject": letters[0]["subject"] or kind, "fate": FATES[fate], "count": len(letters), "why": letters[0]["why"]}  # fmt: skip
        yield Remark(
            f"letter:{kind}:{fate}",
            stage_of(kind),
            ngettext(
                "A letter, “%(subject)s”, %(fate)s: %(why)s",
                "%(count)d letters like “%(subject)s”: each %(fate)s. %(why)s",
                len(letters),
            )
            % told,
            sorted({letter["to"] for letter in letters}),
            letters[0]["day"],
        )


def _stuck(seen: Seen) -> Iterable[Remark]:
    """Accepted people who for long had neither a partner nor a proposal to answer."""
    for role in ("mentee", "mentor"):
        long = {
            person["key"]: seen.waited[person["key"]]
            for person in _of_role(seen, role)
            if person["key"] in seen.waited and seen.waited[person["key"]].days > STUCK_DAYS
        }
        if not long:
            continue
        key = max(long, key=lambda each: long[each].days)
        told = {"count": len(long), "days": long[key].days, "name": _name(seen, key), "since": _told(long[key].since), "most": STUCK_DAYS}  # fmt: skip
        if role == "mentee":
            said = ngettext(
                "%(name)s was accepted as a mentee and then stood without a mentor and without anything to answer for %(days)d days, from %(since)s on.",
                "%(count)d accepted mentees stood without a mentor and without anything to answer for more than %(most)d days; the longest was %(name)s, %(days)d days from %(since)s on.",
                len(long),
            )
        else:
            said = ngettext(
                "%(name)s was accepted as a mentor and then stood without a mentee and without anything to answer for %(days)d days, from %(since)s on.",
                "%(count)d accepted mentors stood without a mentee and without anything to answer for more than %(most)d days; the longest was %(name)s, %(days)d days from %(since)s on.",
                len(long),
            )
        yield Remark(f"stuck:{role}", Stage.MATCHING, said % told, sorted(long), long[key].since.isoformat())  # fmt: skip


def _left_running(seen: Seen) -> Iterable[Remark]:
    count = len(seen.still_running) // 2
    if count:
        said = ngettext(
            "%(count)d pair that did not close by itself still runs two weeks after the last day; no letter told the two that the cohort is over.",
            "%(count)d pairs that did not close by themselves still run two weeks after the last day; no letter told them that the cohort is over.",
            count,
        )
        yield Remark("running", Stage.FEEDBACK, said % {"count": count}, sorted(set(seen.still_running)), seen.last.isoformat())  # fmt: skip


def _days_of(seen: Seen) -> dict[str, list[date]]:
    """Return on which days each test person got a letter that arrived."""
    found: dict[str, list[date]] = defaultdict(list)
    for letter in seen.letters:
        if letter["fate"] == "sent":
            found[letter["to"]].append(date.fromisoformat(letter["day"]))
    return found


def longest_gap(days: Iterable[date], last: date) -> Span:
    """Return the longest stretch without a letter, from the first letter to the last day.

    >>> longest_gap([date(2026, 1, 1), date(2026, 1, 5)], date(2026, 3, 1))
    Span(days=55, since=datetime.date(2026, 1, 5))
    """
    ordered = sorted(day for day in days if day <= last)
    gaps = zip(ordered, [*ordered[1:], last], strict=True)
    return max((Span((b - a).days, a) for a, b in gaps), key=lambda gap: gap.days)


def _silence_of_all(seen: Seen) -> Iterable[Remark]:
    members = {each["key"] for each in seen.people if each["role"] in ("mentor", "mentee")}
    days = [day for key, found in _days_of(seen).items() if key in members for day in found]
    if not any(day <= seen.last for day in days):
        return
    gap = longest_gap(days, seen.last)
    if gap.days > QUIET_DAYS:
        said = _("For %(days)d days from %(since)s on, nobody at all hears from us.")
        yield Remark("quiet:all", Stage.DESIGN, said % {"days": gap.days, "since": _told(gap.since)}, [], gap.since.isoformat())  # fmt: skip


def _silences(seen: Seen) -> Iterable[Remark]:
    """People with a partner who hear nothing from us for long."""
    heard = _days_of(seen)
    for role in ("mentee", "mentor"):
        paired = [each["key"] for each in _of_role(seen, role) if each.get("is_paired")]
        arrived = {key: [day for day in heard.get(key, ()) if day <= seen.last] for key in paired}
        gaps = {key: longest_gap(days, seen.last) for key, days in arrived.items() if days}
        long = {key: gap for key, gap in gaps.items() if gap.days > QUIET_DAYS}
        if not long:
            continue
        key = max(long, key=lambda each: long[each].days)
        told = {"count": len(long), "all": len(paired), "most": QUIET_DAYS, "name": _name(seen, key), "days": long[key].days, "since": _told(long[key].since)}  # fmt: skip
        said = (
            _(
                "%(count)d of %(all)d mentees with a mentor hear nothing from us for more than %(most)d days on end; the longest is %(name)s, %(days)d days from %(since)s on."
            )
            if role == "mentee"
            else _(
                "%(count)d of %(all)d mentors with a mentee hear nothing from us for more than %(most)d days on end; the longest is %(name)s, %(days)d days from %(since)s on."
            )
        )
        yield Remark(f"quiet:{role}", Stage.FEEDBACK, said % told, sorted(long), long[key].since.isoformat())  # fmt: skip


def _crowds(seen: Seen) -> Iterable[Remark]:
    """People who get many letters within a few days."""
    members = {each["key"] for each in seen.people if each["role"] in ("mentor", "mentee")}
    crowded = {}
    for key, days in _days_of(seen).items():
        most = max(crowd_from(day, days) for day in days)
        if key in members and most >= CROWD:
            crowded[key] = most
    if crowded:
        key = max(crowded, key=lambda each: crowded[each])
        day = next(d for d in sorted(_days_of(seen)[key]) if crowd_from(d, _days_of(seen)[key]) == crowded[key])  # fmt: skip
        said = ngettext(
            "%(name)s gets %(most)d letters within %(days)d days, from %(since)s on.",
            "%(count)d people get %(crowd)d or more letters within %(days)d days; the most is %(name)s with %(most)d, from %(since)s on.",
            len(crowded),
        ) % {"count": len(crowded), "crowd": CROWD, "days": CROWD_DAYS, "name": _name(seen, key), "most": crowded[key], "since": _told(day)}  # fmt: skip
        yield Remark("crowd", Stage.FEEDBACK, said, sorted(crowded), day.isoformat())


def crowd_from(day: date, days: Iterable[date]) -> int:
    """Count the letters in the days that begin with this one."""
    return sum(day <= each < day + timedelta(days=CROWD_DAYS) for each in days)
