"""How does a forecast look on a page: each measure with its sentence, its drawing and its numbers?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import floatformat
from django.utils.formats import localize
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Cohort
from lodestar.domain.trials import rules
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries import Comparison, Held
from lodestar.web.common.charts import Span, span_of
from lodestar.web.console.forms.trials import hours_labels

Report = Mapping[str, Any]
MEASURES = (
    "accepted", "met", "first_meeting_half", "first_meeting_nine_of_ten", "score_mean",
    "score_tenth", "unused_mentors", "staff_hours", "pulses_answered",
)  # fmt: skip
PERFECT, AIR, SMALL = 1_000_000, 1.15, 0.1
FOR_EACH = {
    "accepted": "accepted_share", "met": "met_share",
    "staff_hours": "staff_hours_each", "pulses_answered": "pulses_answered_each",
}  # fmt: skip
PERCENTS = {
    "accepted_share": 1,
    "met_share": 1,
    "unused_mentors": 1,
    "score_mean": PERFECT,
    "score_tenth": PERFECT,
}
NEVER_MET, WORTH_TELLING, MOST_DECIDING = "pair.never_met", 0.5, 4
DAYS = ("first_meeting_half", "first_meeting_nine_of_ten")


@dataclass(frozen=True)
class Row:
    """One measure of a forecast as it is shown."""

    name: str
    label: str
    definition: str
    mean: str
    low: str
    high: str
    error: str
    span: Span | None

    @property
    def said(self) -> str:
        if not self.low:
            return _("about %(mean)s") % {"mean": self.mean} if self.mean else _("too few to say")
        if self.low == self.high == self.mean:
            return _("%(mean)s, 9 times of 10 or more often") % {"mean": self.mean}
        words = _("about %(mean)s, 9 times of 10 from %(low)s to %(high)s")
        return words % {"mean": self.mean, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Pairing:
    """One measure of two forecasts, on one scale, and how much the second differs."""

    first: Row
    second: Row
    gain: str
    low: str
    high: str
    is_clear: bool


@dataclass(frozen=True)
class Kept:
    """One measure of the kept forecast, with what happened."""

    row: Row
    actual: str
    verdict: str
    kind: str


def written(name: str, value: float | None, *, signed: bool = False) -> str:
    """Return a number of a measure as one reads it; "" for none."""
    if value is None:
        return ""
    how = (HOW_TO_WRITE | (HOW_TO_WRITE_GAINS if signed else {})).get(name, in_whole)
    number = how(abs(value))
    if not any(digit in "123456789" for digit in number):
        return number
    return f"{'−' if value < 0 else '+' if signed else ''}{number}"


def in_whole(count: float) -> str:
    return str(intcomma(round(count)))


def in_tenths(hours: float) -> str:
    return str(floatformat(hours, -1))


def in_percent(share: float) -> str:
    return f"{localize(round(100 * share))} %"


def in_hundredths(hours: float) -> str:
    return str(floatformat(hours, 2))


def of_perfect(score: float) -> str:
    return in_percent(score / PERFECT)


def of_perfect_exactly(score: float) -> str:
    return f"{floatformat(100 * score / PERFECT, 1)} %"


Writing = dict[str, Callable[[float], str]]
HOW_TO_WRITE: Writing = {
    "unused_mentors": in_percent,
    "staff_hours": in_tenths,
    "score_mean": of_perfect,
    "score_tenth": of_perfect,
    "accepted_share": in_percent,
    "met_share": in_percent,
    "staff_hours_each": in_hundredths,
    "pulses_answered_each": in_tenths,
}
HOW_TO_WRITE_GAINS: Writing = {
    "score_mean": of_perfect_exactly,
    "score_tenth": of_perfect_exactly,
}


def whole_of(name: str, reports: Iterable[Report]) -> float:
    """Return where the scale of a measure ends; the same for all that stand beside each other."""
    found = list(reports)

    def most(key: str) -> float:
        ends = [report["expected"][key]["high"] or report["expected"][key]["mean"] or 0 for report in found]  # fmt: skip
        return float(max(ends, default=0))

    if name in ("accepted", "met"):
        return float(max(report["inputs"]["mentees"] for report in found))
    if name in DAYS:
        return AIR * most("first_meeting_nine_of_ten")
    if name in ("staff_hours", "staff_hours_each", "pulses_answered_each"):
        return AIR * most(name)
    if name == "pulses_answered":
        return most("pulses_asked")
    return PERFECT if name.startswith("score_") else 1.0


def row_of(name: str, report: Report, whole: float, actual: float | None = None) -> Row:
    spread = report["expected"][name]
    label, definition = rules.measure_in_words(name)
    mean, low, high = spread["mean"], spread["low"], spread["high"]
    return Row(
        name=name,
        label=label,
        definition=definition,
        mean=written(name, mean),
        low=written(name, low),
        high=written(name, high),
        error=error_of(name, spread["error"]),
        span=span_of(low, high, mean, whole=whole, actual=actual),
    )


def error_of(name: str, error: float | None) -> str:
    """Return how exactly the draws tell a mean, in the measure's own unit."""
    if error is None:
        return ""
    unit, size = "", error
    if name in PERCENTS:
        unit, size = " %", 100 * error / PERCENTS[name]
    return f"{floatformat(size, 1) if size >= SMALL else _('under %s') % localize(SMALL)}{unit}"


def rows_of(report: Report) -> list[Row]:
    return [row_of(name, report, whole_of(name, [report])) for name in MEASURES]


def pairings_of(found: Comparison) -> list[Pairing]:
    """Return the measures that both forecasts keep by draw, side by side."""
    reports: list[Report] = [found.first.report, found.second.report]
    rows = []
    for name, difference in found.differences.items():
        shown, tried = name, reports
        if found.for_each and name in FOR_EACH:
            shown, tried = FOR_EACH[name], [with_each(name, each) for each in reports]
        whole = whole_of(shown, tried)
        gain = difference.gain
        rows.append(
            Pairing(
                row_of(shown, tried[0], whole),
                row_of(shown, tried[1], whole),
                written(shown, gain.mean if gain.draws else None, signed=True),
                written(shown, difference.low, signed=True),
                written(shown, difference.high, signed=True),
                is_clear=gain.low is not None and (gain.low > 0 or (gain.high or 0) < 0),
            )
        )
    return rows


def headline_of(found: Comparison) -> str:
    """Say in one sentence what the second changes; in shares where the numbers of mentees differ."""
    if not found.for_each:
        return rules.difference_in_words(found.differences["met"], is_same=found.is_same)
    tried = found.first.report, found.second.report
    met = tuple(report["expected"]["met"]["mean"] for report in tried)
    mentees = tuple(report["inputs"]["mentees"] for report in tried)
    return rules.shares_in_words((met[0], met[1]), (mentees[0], mentees[1]))


def with_each(name: str, report: Report) -> Report:
    """Return a report with one measure more: what comes to each mentee."""
    mentees, spread = report["inputs"]["mentees"], report["expected"][name]
    scaled = {
        key: None if spread[key] is None else spread[key] / mentees
        for key in ("mean", "low", "high", "error")
    }
    return {**report, "expected": {**report["expected"], FOR_EACH[name]: scaled}}


def kept_rows(forecast: Forecast, held: Iterable[Held], *, is_over: bool) -> list[Kept]:
    rows = []
    for each in held:
        whole = max(whole_of(each.name, [forecast.report]), each.actual or 0)
        row = row_of(each.name, forecast.report, whole, each.actual)
        verdict = each.verdict if is_over or each.verdict != "below" else "not_yet"
        rows.append(
            Kept(row, written(each.name, each.actual), rules.verdict_in_words(verdict),
                 {"within": "good", "below": "warn", "above": "warn"}.get(verdict, ""))
        )  # fmt: skip
    return rows


def changed_figures(first: Report, second: Report) -> list[tuple[str, str, str]]:
    """Return the rates and hours in which two forecasts differ, each with both figures."""
    hours = [
        (str(label), in_tenths_or_less(first["hours"][kind]), in_tenths_or_less(second["hours"][kind]))
        for kind, label in hours_labels()
        if first["hours"].get(kind) != second["hours"].get(kind)
        and kind in first["hours"] and kind in second["hours"]
    ]  # fmt: skip
    return changed_rates(first, second) + hours


def in_tenths_or_less(hours: float) -> str:
    return str(floatformat(hours, -2))


def changed_rates(first: Report, second: Report) -> list[tuple[str, str, str]]:
    return [
        (rules.rate_in_words(name), percent(rate["usual"]), percent(second["rates"][name]["usual"]))
        for name, rate in first["rates"].items()
        if percent(rate["usual"]) != percent(second["rates"][name]["usual"])
    ]


def fit_before(found: tuple[Cohort, float] | None) -> dict[str, str]:
    """Return an earlier cohort's name, and how well its matches fitted."""
    return {"name": found[0].name, "fit": written("score_mean", found[1])} if found else {}


def typed_in(report: Report) -> list[str]:
    """Name the rates that somebody typed in, each beside what it would have been."""
    sentence = _("%(rate)s: %(typed)s instead of %(usual)s")
    told = []
    for name, rate in report["rates"].items():
        if rate["typed"] is None:
            continue
        shrunk = (rate["weight"] * rate["published"] + rate["count"]) / (
            rate["weight"] + rate["of"]
        )
        facts = {"typed": percent(rate["typed"]), "usual": percent(shrunk)}
        told.append(sentence % {"rate": rules.rate_in_words(name), **facts})
    return told


def percent(share: float) -> str:
    return f"{floatformat(100 * share, -1)} %"


def rates_of(report: Report) -> list[dict[str, str]]:
    """Return every rate with its source, its own history and what the forecast made of both."""
    rows = []
    for name, rate in report["rates"].items():
        seen = _("%(count)s of %(of)s") % {"count": rate["count"], "of": rate["of"]}
        rows.append(
            {
                "label": rules.rate_in_words(name),
                "beginning": rules.beginning_in_words(rate["published"], rate["source"]),
                "seen": seen if rate["of"] else _("nobody yet"),
                "typed": "" if rate["typed"] is None else percent(rate["typed"]),
                "usual": percent(rate["usual"]),
                "bounds": f"{percent(rate['low'])} – {percent(rate['high'])}",
            }
        )
    return rows


def reliefs_of(report: Report) -> list[dict[str, Any]]:
    """Return what would help, the cheapest first, with gain and cost; what gains nothing is left out."""
    return [
        {
            "sentence": rules.relief_in_words(relief),
            "mean": relief["gain"]["mean"],
            "cost": rules.cost_in_words(relief),
            "per_hour": "" if relief.get("hours") is None else localize(round(relief["gain_per_hour"], 1)),
            "gain": localize(round(relief["gain"]["mean"], 1)),
            "met": "" if relief["met_gain"] is None else localize(round(relief["met_gain"]["mean"], 1)),
        }
        for relief in report["reliefs"]
        if relief["gain"]["mean"] >= 0.05
    ]  # fmt: skip


def strongest_of(reliefs: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what helps most, whatever it costs."""
    return max(reliefs, key=lambda relief: relief["mean"], default=None)


def deciding_of(report: Report) -> list[dict[str, str]]:
    """Return which rates move the number of mentees who meet the most, by the names of the table of rates."""
    rows = {}
    for bar in report["sensitivity"]:
        name = NEVER_MET if bar["name"].endswith(".no_show") else bar["name"]
        width = abs(bar["at_high"]["mean"] - bar["at_low"]["mean"])
        if name in report["rates"] and name not in rows and width >= WORTH_TELLING:
            rows[name] = {
                "label": rules.rate_in_words(name),
                "low": percent(bar["low"]), "high": percent(bar["high"]),
                "at_low": written("met", bar["at_low"]["mean"], signed=True),
                "at_high": written("met", bar["at_high"]["mean"], signed=True),
            }  # fmt: skip
    return list(rows.values())[:MOST_DECIDING]
