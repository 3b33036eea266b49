"""What do the people of a group have in common, and how is that said?

Only what people themselves answered, counted over the group; never points, and never what one alone said.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lodestar.domain.matching.rules.vocabulary import STEP, language, last_step, work
from lodestar.domain.matching.rules.words import listed, quoted
from lodestar.domain.programs.rules.asked import is_field_shown

Answers = Mapping[str, Any]
Reason = dict[str, Any]
TOLD_TOPICS = 3
MOST_REASONS = 4
FEWEST_IN_COMMON = 2
MAIN_LANGUAGE = "en"
WORK_FIELDS = ("industry", "function")


def reasons_for(people: Sequence[Answers], mentor: Answers | None = None) -> list[Reason]:
    """Return what holds a group together, the weightiest first, as plain data.

    >>> reasons_for([{"topics": ["Pay"]}, {"topics": ["Pay", "Law"]}], {"topics": {"Pay": 3}})
    [{'code': 'offered', 'field': 'topics', 'values': ['Pay'], 'count': 2, 'of': 2}]
    """
    offered = set(_values(mentor or {}, "topics"))
    wished = _counted(people, "topics")
    common = [topic for topic, count in wished.items() if count >= FEWEST_IN_COMMON]
    answered = [topic for topic in common if topic in offered]
    alike = [topic for topic in common if topic not in offered]
    found = [
        *_told("offered", "topics", answered[:TOLD_TOPICS], wished, len(people)),
        *_told("wished", "topics", alike[: TOLD_TOPICS - bool(answered)], wished, len(people)),
    ]
    for field in (*WORK_FIELDS, "field_of_study", "city", "country", "languages"):
        found += _most_common(people, field)
    return found[:MOST_REASONS]


def _told(
    code: str, field: str, values: Sequence[str], counted: Mapping[str, int], people: int
) -> list[Reason]:
    if not values:
        return []
    count = min(counted[value] for value in values)
    return [{"code": code, "field": field, "values": list(values), "count": count, "of": people}]


def _most_common(people: Sequence[Answers], field: str) -> list[Reason]:
    """Return the answer that most gave, where more than half of them did."""
    counted = _counted(people, field)
    if field == "languages":
        counted.pop(MAIN_LANGUAGE, None)
    value, count = next(iter(counted.items()), ("", 0))
    if count < FEWEST_IN_COMMON or 2 * count <= len(people):
        return []
    return [{"code": "same", "field": field, "values": [value], "count": count, "of": len(people)}]


def _counted(people: Iterable[Answers], field: str) -> dict[str, int]:
    """Count each answer once a person, the most frequent first, equals as they were first said."""
    counts = Counter(
        value for answers in people for value in dict.fromkeys(_values(answers, field))
    )
    return dict(counts.most_common())


def _values(answers: Answers, field: str) -> list[str]:
    said = answers.get(field)
    if field in WORK_FIELDS and isinstance(said, str):
        return [said.split(STEP)[0]] if said else []
    if isinstance(said, list | tuple | dict):
        return [str(value) for value in said]
    return [str(said)] if said else []


def in_sentences(
    reasons: Sequence[Reason], shown: Collection[str] | None = None, mentor: str = ""
) -> list[str]:
    """Return why these people are together; with `shown`, only what rests on these answers is told."""
    told = [r for r in reasons if shown is None or is_field_shown(r["field"], shown)]
    spoken = list(filter(None, (_sentence(reason, mentor) for reason in told)))
    return spoken or [
        _("The coordinators looked at everybody together, and think you can do each other good.")
    ]


def _sentence(reason: Reason, mentor: str) -> str:
    facts = {"count": reason["count"], "of": reason["of"], "name": mentor}
    everybody = reason["count"] == reason["of"]
    if reason["code"] == "offered":
        facts["what"] = quoted([last_step(value) for value in reason["values"]])
        if everybody:
            return _("All of you ask for %(what)s, which %(name)s knows well.") % facts
        return (
            _(
                "At least %(count)d of the %(of)d of you ask for %(what)s, which %(name)s knows well."
            )
            % facts
        )
    if reason["code"] == "wished":
        facts["what"] = quoted([last_step(value) for value in reason["values"]])
        if everybody:
            return _("All of you want to talk about %(what)s.") % facts
        return _("At least %(count)d of the %(of)d of you want to talk about %(what)s.") % facts
    return _alike(reason, facts, everybody=everybody)


def _alike(reason: Reason, facts: dict[str, Any], *, everybody: bool) -> str:
    value = str(reason["values"][0])
    field = reason["field"]
    facts["what"] = work(value) or last_step(value) if field in WORK_FIELDS else last_step(value)
    if field == "languages":
        facts["what"] = language(value)
    one, most = {
        "industry": (_("All of you work, or want to work, in %(what)s."), _("%(count)d of the %(of)d of you work, or want to work, in %(what)s.")),
        "function": (_("All of you do, or want to do, the same kind of work: %(what)s."), _("%(count)d of the %(of)d of you do, or want to do, the same kind of work: %(what)s.")),
        "field_of_study": (_("All of you studied %(what)s."), _("%(count)d of the %(of)d of you studied %(what)s.")),
        "languages": (_("All of you speak %(what)s."), _("%(count)d of the %(of)d of you speak %(what)s.")),
    }.get(field, (_("All of you live in %(what)s."), _("%(count)d of the %(of)d of you live in %(what)s.")))  # fmt: skip
    return (one if everybody else most) % facts


__all__ = ["in_sentences", "listed", "reasons_for"]
