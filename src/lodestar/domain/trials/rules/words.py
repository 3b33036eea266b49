"""How is what was believed and found said in sentences?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.matching.rules import spoken
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.ways import asking_not_played
from lodestar.engine.simulation import assumptions as sources
from lodestar.engine.simulation.bottlenecks import EVERYONE, MIXED, NO_MENTOR

Facts = Mapping[str, Any]


def rate_in_words(name: str) -> str:
    """Return what a rate is a share of."""
    return {
        "mentee.drop_out": _("Mentees who drop out before matching"),
        "mentor.drop_out": _("Mentors who drop out before matching"),
        "mentee.silence": _("Mentees who do not answer a match in time"),
        "mentor.silence": _("Mentors who do not answer a match in time"),
        "mentee.decline": _("Mentees who say no to a match"),
        "mentor.decline": _("Mentors who say no to a match"),
        "pair.never_met": _("Pairs that both said yes and never meet"),
        "mentee.answer": _("Mentees who answer a pulse"),
        "mentor.answer": _("Mentors who answer a pulse"),
    }[name]


def beginning_in_words(share: float, source: str) -> str:
    """Say with which figure a rate begins, and whether that was published or is our guess."""
    sentence = {
        sources.GUESS: _("Our guess: %(percent)s; nothing is published."),
        sources.STIRLING.split(",")[0]: _(
            "Published: %(percent)s; about 1 in 10 pairs failed in a small alumni e-mentoring scheme."
        ),
        sources.GO_OR_STOP: _(
            "Our guess: %(percent)s, half of the usual go/no-go bound of 10 %% unresolved silence, which both "
            "sides share; nothing is published."
        ),
        sources.SURVEYS: _(
            "Our guess: %(percent)s, the usual go/no-go bound for survey answers; nothing is published."
        ),
    }.get(source, "%(percent)s: %(source)s")
    return sentence % {"percent": percent_in_words(share), "source": source}


def source_in_words(source: str) -> str:
    """Say where the days until a first meeting come from."""
    known = {
        sources.THREE_WEEKS: _(
            "our guess, shaped so that the usual go/no-go bound of 70 % met within 21 days is just about reached"
        )
    }
    return known.get(source, source)


def percent_in_words(share: float) -> str:
    """Return a share in percent, with a tenth where there is one.

    >>> percent_in_words(0.05), percent_in_words(0.115)
    ('5 %', '11.5 %')
    """
    tenths = round(100 * share, 1)
    return f"{localize(int(tenths) if tenths == int(tenths) else tenths)} %"


def measure_in_words(name: str) -> tuple[str, str]:
    """Return what a measure is called, and exactly what it counts."""
    return {
        "accepted": (
            _("Mentees with a mentor"),
            _("Both said yes, in the first match run or a later one."),
        ),
        "met": (_("Mentees who meet"), _("At least one meeting with a mentor who said yes.")),
        "first_meeting_half": (
            _("Working days until half have met"),
            _("From the day the first matches go out; of those who meet."),
        ),
        "first_meeting_nine_of_ten": (
            _("Working days until nine of ten have met"),
            _("From the day the first matches go out; of those who meet."),
        ),
        "score_mean": (
            _("How well matches fit"),
            _("Of a perfect match; mean of the matches to which both said yes."),
        ),
        "score_tenth": (
            _("How well the weakest tenth fits"),
            _("Of a perfect match; a tenth of those matches fit less well than this."),
        ),
        "staff_hours": (
            _("Staff hours"),
            _("For mentees left without a mentor, for silence, and for matching again."),
        ),
        "pulses_answered": (
            _("Answers to pulses"),
            _("From both sides of the pairs that meet, until the cohort ends."),
        ),
        "accepted_share": (_("Mentees with a mentor, of 100"), _("Both said yes.")),
        "met_share": (_("Mentees who meet, of 100"), _("At least one meeting.")),
        "staff_hours_each": (_("Staff hours for each mentee"), _("As above.")),
        "pulses_answered_each": (_("Answers to pulses for each mentee"), _("As above.")),
        "unused_mentors": (
            _("Mentors without a mentee"),
            _("Share of those still there with a place to give."),
        ),
    }[name]


def headline(report: Facts) -> str:
    """Say in one sentence what to expect."""
    met, mentees = report["expected"]["met"], report["inputs"]["mentees"]
    told = {
        "mean": localize(round(met["mean"])),
        "all": localize(mentees),
        "low": localize(round(met["low"] or 0)),
        "high": localize(round(met["high"] or 0)),
    }
    if told["low"] == told["high"] == told["mean"]:
        return (
            _("%(mean)s of %(all)s mentees will meet a mentor, 9 times of 10 or more often.") % told
        )
    return (
        _(
            "About %(mean)s of %(all)s mentees will meet a mentor; 9 times of 10 between %(low)s and %(high)s."
        )
        % told
    )


def bottleneck_in_words(bottleneck: Facts) -> str:
    """Say what binds, and how often."""
    label, share = str(bottleneck["code"]), bottleneck["share"]
    told = {
        "percent": round(100 * share["count"] / share["of"]),
        "mentees": several_mentees(bottleneck["mentees"]),
        "places": several_places(bottleneck["places"]),
        "what": answer_in_words(bottleneck),
    }
    if label == NO_MENTOR:
        sentence = (
            _("In %(percent)d %% of draws %(mentees)s (%(what)s) have no mentor whom the rules allow.")
            if told["what"]
            else _("In %(percent)d %% of draws %(mentees)s have no mentor whom the rules allow.")
        )  # fmt: skip
    elif label == EVERYONE:
        sentence = _("In %(percent)d %% of draws all %(mentees)s share %(places)s.")
    elif label == MIXED:
        sentence = _("In %(percent)d %% of draws %(mentees)s of many kinds share %(places)s.")
    else:
        sentence = _("In %(percent)d %% of draws %(mentees)s (%(what)s) share %(places)s.")
    return sentence % told


def answer_in_words(facts: Facts) -> str:
    """Say which answer a group has in common, or nothing.

    >>> answer_in_words({"field": "topics", "value": "Interviews"})
    'topic: Interviews'
    """
    field, value = str(facts.get("field") or ""), facts.get("value")
    return f"{field_in_words(field)}: {spoken(field, value)}" if value else ""


def field_in_words(field: str) -> str:
    """Return what an answer is an answer to, as it stands within a sentence."""
    return {
        "topics": _("topic"),
        "industry": _("field of work"),
        "function": _("kind of work"),
        "field_of_study": _("field of study"),
        "languages": _("language"),
        "time_zone": _("time zone"),
        "place": _("place"),
        "country": _("country"),
    }.get(field, field.replace("_", " "))


def power_in_words(power: Facts) -> str:
    """Say what difference in outcomes a program of this size could show at all."""
    size = power["first"]
    if power["rating"] is None:
        return ngettext(
            "With %(n)d mentee who meets and answers, no difference in outcomes can be shown.",
            "With %(n)d mentees who meet and answer, no difference in outcomes can be shown.",
            size,
        ) % {"n": size}
    told = {
        "n": localize(size),
        "points": round(100 * (power["share"] or 0)),
        "rating": localize(round(power["rating"], 1)),
    }
    if power["share"] is None:
        return (
            _(
                "With %(n)s mentees who meet and answer, and as many others to compare them with, not even a share "
                "of all against one of half would be seen 4 times of 5; a rating of 1 to 5 would have to "
                "differ by %(rating)s."
            )
            % told
        )
    return (
        _(
            "With %(n)s mentees who meet and answer, and as many others to compare them with, a share of one half "
            "must rise by %(points)d points, or a rating of 1 to 5 by %(rating)s, to be seen 4 times of 5. "
            "Smaller effects may be there and will not show."
        )
        % told
    )


def verdict_in_words(verdict: str) -> str:
    return {
        "within": _("as expected"),
        "below": _("below what was expected"),
        "above": _("above what was expected"),
        "not_yet": _("not there yet"),
    }.get(verdict, _("not known"))


def days_half_met(weights: Sequence[float]) -> int:
    """Return by which working day half of the pairs have met.

    >>> days_half_met((1, 1, 4))
    3
    """
    left = sum(weights) / 2
    for day, weight in enumerate(weights, 1):
        left -= weight
        if left <= 0:
            return day
    return len(weights)


def not_played(design: Design) -> list[str]:
    """Return what a design asks for that no forecast plays."""
    trial = (
        _(
            "The trial meeting is not played: whoever would say no after it says no to the proposal, a little sooner "
            "than in life."
        )
        if design.exploring_days
        else ""
    )
    return [told for told in (asking_not_played(design), trial) if told]


def several_mentees(count: float) -> str:
    n = round(count)
    return ngettext("%(n)s mentee", "%(n)s mentees", n) % {"n": localize(n)}


def several_places(count: float) -> str:
    n = round(count)
    return ngettext("%(n)s place", "%(n)s places", n) % {"n": localize(n)}
