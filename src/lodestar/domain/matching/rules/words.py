"""How is a match, or the want of one, said in sentences?

Mentors and mentees read only what speaks for the two of them, chosen from what both answered;
no points, ranks, or names of others. Coordinators also read why somebody is left without.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.numbers import in_digits
from lodestar.domain.forms.rules import is_own_field, value_in_words
from lodestar.domain.matching.models import Match, Unmatched
from lodestar.domain.matching.rules.answers import answer_of, other_side
from lodestar.domain.matching.rules.asking import asked_in_words
from lodestar.domain.matching.rules.exploring import has_trial_meeting, verdict_of
from lodestar.domain.matching.rules.vocabulary import (
    EVERYBODY_WRITES,
    STEP,
    language,
    last_step,
    work,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import form_of, is_field_shown, question_of_field

Reason = Mapping[str, Any]
MOST_SENTENCES = 4
MOST_VALUES = 3
EASY_HOURS = 3
AT_WORK = ("industry", "function", "role")
STUDIED = ("field_of_study",)
SILENT_KINDS = ("opt_in",)  # what somebody is goes without saying
FIELD_OF_KIND = {
    "topics": "topics", "language": "languages", "timezone": "time_zone", "text": "about",
    "gap": "years_of_experience",
}  # fmt: skip


def in_sentences(
    match: Match, side: RoleInCohort, shown: Collection[str] | None = None
) -> list[str]:
    """Return what speaks for the two, as one of them reads it, the weightiest first.

    With `shown`, only what rests on these answers of the form is told.
    """
    return speaking_for(match, side, shown) or [
        _("The coordinators looked at everyone together, and think you two can do each other good.")
    ]


def speaking_for(
    match: Match, side: RoleInCohort, shown: Collection[str] | None = None
) -> list[str]:
    """Return the sentences that rest on what both answered, if any does."""
    told = [r for r in match.reasons if shown is None or is_field_shown(field_of(r), shown)]
    sentences = [sentence_of(reason, match, side) for reason in told]
    return [sentence for sentence in dict.fromkeys(sentences) if sentence][:MOST_SENTENCES]


def field_of(reason: Reason) -> str:
    """Return the field that a reason rests on; those of old runs name only their kind."""
    return str(
        reason.get("field") or FIELD_OF_KIND.get(reason["kind"]) or reason.get("criterion") or ""
    )


def sentence_of(reason: Reason, match: Match, side: RoleInCohort) -> str:
    """Return one reason as a sentence, or nothing where it is not for telling."""
    if reason["kind"] in SILENT_KINDS:
        return ""
    if is_own_field(field_of(reason)):
        return own_answer(reason, match)
    say = SENTENCES.get(reason["code"])
    return say(reason, match, side) if say else ""


def own_answer(reason: Reason, match: Match) -> str:
    """Say what the two answered alike to a question of the program's own."""
    question = question_of_field(form_of(match.mentor.cohort.design), field_of(reason))
    if question is None or reason["code"] not in ("shared", "words"):
        return ""
    values = [value_in_words(question, value) for value in reason["values"]]
    told = {"what": quoted(values), "question": question.label}
    if reason["code"] == "words":
        return _("You both wrote about %(what)s under “%(question)s”.") % told
    return _("You both answered %(what)s to “%(question)s”.") % told


def shared(reason: Reason, match: Match, side: RoleInCohort) -> str:
    values = quoted([last_step(value) for value in reason["values"]])
    if reason["kind"] == "language":
        return _("You both speak %(what)s.") % {
            "what": listed([language(code) for code in reason["values"]])
        }
    if reason["kind"] != "topics":
        return _("You both named %(what)s.") % {"what": values}
    if side == RoleInCohort.MENTEE:
        return _("%(name)s offers help with %(what)s, which you asked for.") % {
            "name": match.mentor.person.first_name,
            "what": values,
        }
    return _("%(name)s asks for help with %(what)s, which you offer.") % {
        "name": match.mentee.person.first_name,
        "what": values,
    }


def near(reason: Reason, match: Match, side: RoleInCohort) -> str:
    """Say what is wanted and the nearest that is offered."""
    wanted, offered = (last_step(value) for value in reason["values"])
    if side == RoleInCohort.MENTEE:
        return _("You asked for help with “%(wanted)s”; %(name)s offers “%(offered)s”.") % {
            "name": match.mentor.person.first_name,
            "wanted": wanted,
            "offered": offered,
        }
    return _("%(name)s asks for help with “%(wanted)s”; you offer “%(offered)s”.") % {
        "name": match.mentee.person.first_name,
        "wanted": wanted,
        "offered": offered,
    }


def same_path(reason: Reason, _match: Match, _side: RoleInCohort) -> str:
    path, field = str(reason["values"][0]), reason.get("field") or reason["criterion"]
    if field in AT_WORK:
        return same_work(path, is_same=reason["code"] == "same")
    if field in STUDIED and reason["code"] != "same":
        return _("What you two studied is close.")
    if field == "place" and STEP not in path:
        return ""  # a continent in common brings nobody together
    what = last_step(path)
    sentence = {
        "field_of_study": _("You both studied %(what)s."),
        "place": _("You are both in %(what)s."),
        "city": _("You are both in %(what)s."),
        "country": _("You are both in %(what)s."),
    }.get(field, _("You both named %(what)s."))
    return sentence % {"what": what}


def same_work(path: str, *, is_same: bool) -> str:
    """Say what both do; a field without a name of its own is told only in their own words."""
    known = work(path)
    if known:
        return _("You both work, or want to work, in %(what)s.") % {"what": known}
    if is_same:
        return _("You both named the same work: %(what)s.") % {"what": last_step(path)}
    return ""


def years_ahead(reason: Reason, match: Match, side: RoleInCohort) -> str:
    years = int(reason["values"][0])
    if side == RoleInCohort.MENTEE:
        return ngettext(
            "%(name)s is a year further along the way.",
            "%(name)s is about %(years)d years further along the way.",
            years,
        ) % {"name": match.mentor.person.first_name, "years": years}
    return ngettext(
        "You are a year further along the way than %(name)s.",
        "You are about %(years)d years further along the way than %(name)s.",
        years,
    ) % {"name": match.mentee.person.first_name, "years": years}


def hours_apart(reason: Reason, _match: Match, _side: RoleInCohort) -> str:
    hours = float(reason["values"][0])
    if hours == 0:
        return _("Your clocks show the same time, so an hour together is easy to find.")
    if hours > EASY_HOURS:
        return ""
    if hours == 1:
        return _("Your clocks are only an hour apart.")
    return _("Your clocks are only %(hours)s hours apart.") % {"hours": in_digits(hours)}


def same_words(reason: Reason, _match: Match, _side: RoleInCohort) -> str:
    telling = [word for word in reason["values"] if word.casefold() not in EVERYBODY_WRITES]
    if not telling:
        return ""
    return _("You both wrote about %(what)s.") % {"what": quoted(telling)}


SENTENCES: dict[str, Callable[[Reason, Match, RoleInCohort], str]] = {
    "shared": shared,
    "near": near,
    "same": same_path,
    "same_family": same_path,
    "years_ahead": years_ahead,
    "hours_apart": hours_apart,
    "words": same_words,
}


def quoted(words: Sequence[str]) -> str:
    """Join what people wrote or chose, as they wrote it."""
    return listed([_("“%(word)s”") % {"word": word} for word in words])


def listed(values: Sequence[str]) -> str:
    """Join a few values as a person would say them."""
    return get_text_list(list(values[:MOST_VALUES]), _("and"))


def next_in_words(match: Match, reader: Person) -> str:
    """Return where a match stands for one of its two, and what happens next, by when."""
    if sentence := asked_in_words(match, reader):
        return sentence
    partner = other_side(match, reader).person.first_name
    day = date_format(match.reply_by, "l, j F") if match.reply_by else ""
    return STANDING[standing_of(match, reader)] % {"name": partner, "day": day}


def standing_of(match: Match, reader: Person) -> str:
    own, verdict = answer_of(match, reader), verdict_of(match, reader)
    if match.status == Match.Status.EXPLORING:
        return "exploring" if verdict == Match.Answer.WAITING else "explored"
    if match.status in Match.WAITING:
        is_asked, meets = own == Match.Answer.WAITING, has_trial_meeting(design_of(match))
        return ("asked_to_meet" if meets else "asked") if is_asked else "waiting"
    if match.status == Match.Status.DECLINED and Match.Answer.DECLINED in (own, verdict):
        return "own_no"
    return match.status


def design_of(match: Match) -> Design:
    return match.mentor.cohort.design


STANDING = {
    "asked": gettext_lazy(
        "Please answer by %(day)s. If you both say yes, you learn at once how to reach each other. "
        "If one of you says no, nobody is told why."
    ),
    "asked_to_meet": gettext_lazy(
        "Please answer by %(day)s. A yes is a yes to one meeting, not to all of it: if you both say "
        "yes you meet once, and then each of you tells us alone whether to go on. If one of you says "
        "no, nobody is told why."
    ),
    "exploring": gettext_lazy(
        "You both said yes to a first meeting. Write to each other here, meet once, and tell us by "
        "%(day)s whether you would like to go on. %(name)s does not read what you say: two yeses "
        "begin your mentorship, and a no from either of you ends it without saying whose it was."
    ),
    "explored": gettext_lazy(
        "You would like to go on. %(name)s is asked the same until %(day)s and does not know what "
        "you said; then you hear from us. Until then you can still change your mind."
    ),
    "waiting": gettext_lazy("You said yes. %(name)s has until %(day)s; then you hear from us."),
    "accepted": gettext_lazy("You and %(name)s both said yes: your mentorship has begun."),
    "own_no": gettext_lazy(
        "You said no, and that is fine. Your place is free, and the coordinators look for "
        "somebody else for you."
    ),
    "declined": gettext_lazy(
        "This match does not go ahead. The coordinators look for somebody else for you."
    ),
    "expired": gettext_lazy(
        "The time to answer ran out on %(day)s. Nothing is lost: the coordinators look again."
    ),
    "withdrawn": gettext_lazy(
        "The coordinators took this match back. They look for somebody else for you."
    ),
    "drafted": gettext_lazy("This match has not been proposed."),
}


def rule_in_words(code: str) -> str:
    """Return a rule that no pair may break as the end of a sentence about mentors."""
    known = {
        "common_language": _("share no language with them"),
        "max_hours_apart": _("live too many hours away"),
        "not_same": _("share an employer or another thing that must differ"),
        "min_gap": _("are not far enough ahead"),
        "banned": _("were set apart from them by a coordinator"),
        "blocked": _("are not to be put together with them"),
        "declined": _("are in a match that one of the two said no to"),
        "past_pair": _("have been their partner before"),
        "same_person": _("are the same person"),
        "below_floor": _("score under the lowest score that this program proposes"),
    }
    return known.get(code.split(":")[0], _("break the rule “%(rule)s”") % {"rule": code})


def criterion_in_words(name: str) -> str:
    """Return the name of a criterion as a heading."""
    return name.replace("_", " ").capitalize()


def unmatched_in_words(unmatched: Unmatched) -> tuple[str, str]:
    """Return why a participant is left without, with its counts, and what would help."""
    why, help_ = UNMATCHED.get(unmatched.reason, UNMATCHED["left_for_total"])
    return why(unmatched.details), help_(unmatched.details)


def no_mentor(details: Mapping[str, Any]) -> str:
    rules: Mapping[str, int] = details.get("rules", {})
    if not rules:
        return _("There was no mentor with a free place.")
    parts = [
        ngettext("%(count)d mentor: they %(rule)s", "%(count)d mentors: they %(rule)s", count)
        % {"count": count, "rule": rule_in_words(code)}
        for code, count in rules.items()
    ]
    return _("No mentor could be asked. %(parts)s.") % {"parts": "; ".join(parts)}


def no_mentor_help(details: Mapping[str, Any]) -> str:
    if not details.get("rules"):
        return _("One more mentor who can take somebody.")
    return _("A mentor who meets these rules, or a milder rule.")


def places_short(details: Mapping[str, Any]) -> str:
    numbers = {name: details.get(name, 0) for name in ("mentees", "mentors", "places")}
    if details.get("everyone"):
        return (
            _("All %(mentors)d mentors together have %(places)d places for %(mentees)d mentees.")
            % numbers
        )
    return (
        _(
            "%(mentees)d mentees, this one among them, can only be served by %(mentors)d mentors "
            "who have %(places)d places."
        )
        % numbers
    )


def places_short_help(details: Mapping[str, Any]) -> str:
    missing = max(1, details.get("mentees", 0) - details.get("places", 0))
    return ngettext(
        "One more place with one of these mentors, or one more mentor like them.",
        "%(count)d more places with these mentors, or more mentors like them.",
        missing,
    ) % {"count": missing}


def left_for_total(_details: Mapping[str, Any]) -> str:
    return _("Serving this mentee would have lowered the total, which this program puts first.")


def left_for_total_help(_details: Mapping[str, Any]) -> str:
    return _("The objective “serve the most mentees” in the design.")


def search_stopped(_details: Mapping[str, Any]) -> str:
    return _("The search was stopped before it could tell whether there is a place for them.")


def search_stopped_help(_details: Mapping[str, Any]) -> str:
    return _("More time for a run: the operator can raise MATCHING_SECONDS.")


def waits_shorter(_details: Mapping[str, Any]) -> str:
    return _("The free places went to those who have waited longer.")


def waits_shorter_help(_details: Mapping[str, Any]) -> str:
    return _("One more place with a mentor whom they may be proposed.")


def not_needed(details: Mapping[str, Any]) -> str:
    places = int(details.get("places", 1))
    return ngettext(
        "%(count)d place stayed free: every mentee who could be served has a mentor.",
        "%(count)d places stayed free: every mentee who could be served has a mentor.",
        places,
    ) % {"count": places}


def not_needed_help(_details: Mapping[str, Any]) -> str:
    return _("More mentees, or a word of thanks: they are the ones to ask when somebody falls out.")


Saying = Callable[[Mapping[str, Any]], str]
UNMATCHED: dict[str, tuple[Saying, Saying]] = {
    "no_eligible_mentor": (no_mentor, no_mentor_help),
    "places_short": (places_short, places_short_help),
    "left_for_total": (left_for_total, left_for_total_help),
    "search_stopped": (search_stopped, search_stopped_help),
    "waits_shorter": (waits_shorter, waits_shorter_help),
    "not_needed": (not_needed, not_needed_help),
}
