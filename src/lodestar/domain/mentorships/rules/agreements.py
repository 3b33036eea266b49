"""What may be signed, what has changed between two versions, and with what does a first draft begin?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.rules.showing import shown_names_of
from lodestar.domain.mentorships.models import Agreement, Goal, Mentorship
from lodestar.domain.mentorships.rules.pairs import role_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design

WORDS = ("goals", "cadence_days", "channel", "confidentiality", "ending")
Words = Mapping[str, object]


@dataclass(frozen=True)
class Difference:
    """What one part of an agreement said before and says now; cadences are told as sentences."""

    label: str
    gone: list[str]
    new: list[str]


def cadence_of(mentorship: Mentorship) -> int:
    """Return how many days lie between two meetings: as the two agreed, else as the design says."""
    return mentorship.agreed_cadence_days or mentorship.match.mentor.cohort.design.cadence_days


def meets_once(mentorship: Mentorship) -> bool:
    return mentorship.match.mentor.cohort.design.format == Design.Format.FLASH


def signed_at(agreement: Agreement, role: str) -> datetime | None:
    return agreement.mentor_signed_at if role == RoleInCohort.MENTOR else agreement.mentee_signed_at


def has_signed(agreement: Agreement, person: Person) -> bool:
    """Whether one of the two has signed this version."""
    return signed_at(agreement, role_of(agreement.mentorship, person)) is not None


def has_other_signed(agreement: Agreement, person: Person) -> bool:
    other = (
        RoleInCohort.MENTEE
        if role_of(agreement.mentorship, person) == RoleInCohort.MENTOR
        else RoleInCohort.MENTOR
    )
    return signed_at(agreement, other) is not None


def is_review(agreement: Agreement) -> bool:
    """Whether the calendar asks both again, with the words that hold already."""
    return agreement.drafted_by_id is None and agreement.agreed_at is None


def words_of(agreement: Agreement) -> dict[str, object]:
    return {name: getattr(agreement, name) for name in WORDS}


def says_nothing(words: Words) -> bool:
    """Whether an agreement has no words at all beside its cadence."""
    return not any(str(words.get(name) or "").strip() for name in WORDS if name != "cadence_days")


def merged(base: Words, latest: Words, mine: Words) -> tuple[dict[str, object], list[str]]:
    """Put what one wrote together with what the other wrote meanwhile, both from one base.

    What only one of them changed is taken from them; returned are the words, and what both changed.

    >>> merged({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 1, "c": 2}, {"a": 1, "b": 3, "c": 3})
    ({'a': 2, 'b': 3, 'c': 3}, ['c'])
    """
    words = {name: mine[name] if mine[name] != base.get(name) else latest[name] for name in mine}
    both = [name for name in mine if base.get(name) != latest[name] != mine[name] != base.get(name)]
    return words, both


def labels_of(names: list[str]) -> list[str]:
    """Return the parts of an agreement as people read them."""
    return [str(Agreement._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def cadence_in_words(days: int) -> str:
    return ngettext("Every day", "About every %(days)d days", days) % {"days": days}


def differences(before: Agreement | None, after: Agreement) -> list[Difference]:
    """Return what a version says otherwise than the one before it, line by line."""
    if before is None:
        return []
    found = []
    for name, label in zip(WORDS, labels_of(list(WORDS)), strict=True):
        was, now = lines_of(before, name), lines_of(after, name)
        gone = [line for line in was if line not in now]
        new = [line for line in now if line not in was]
        if gone or new:
            found.append(Difference(label, gone, new))
    return found


def lines_of(agreement: Agreement, name: str) -> list[str]:
    if name == "cadence_days":
        return [cadence_in_words(agreement.cadence_days)]
    return [line.strip() for line in str(getattr(agreement, name)).splitlines() if line.strip()]


def first_draft(mentorship: Mentorship, goals: list[Goal]) -> dict[str, object]:
    """Return words to begin with: from their goals, what the mentee asked for, and the design."""
    return {
        "goals": "\n".join(goal.text for goal in goals) or hoped_for(mentorship),
        "cadence_days": cadence_of(mentorship),
        "channel": usual_channel(mentorship.match.mentor.cohort.design),
        "confidentiality": _(
            "What we tell each other stays between us. We write down only what we would show each other. "
            "If one of us fears that somebody could come to harm, we may ask the association for help, and say so first."
        ),
        "ending": _(
            "Either of us can end it at any time, without giving a reason. We say it to each other first, "
            "talk once more if we can, and thank each other."
        ),
    }


def hoped_for(mentorship: Mentorship) -> str:
    """Return what the mentee asked for, as far as the mentor may read it."""
    mentee, design = mentorship.match.mentee, mentorship.match.mentor.cohort.design
    if "topics" not in shown_names_of(mentee, design, is_paired=True):
        return ""
    return "\n".join(str(topic) for topic in list(mentee.answers.get("topics") or [])[:3])


def usual_channel(design: Design) -> str:
    return {
        Design.Mode.EITHER: _("By video or in person, as it suits us. In between we write here."),
        Design.Mode.ONLINE: _("By video. In between we write here."),
        Design.Mode.IN_PERSON: _("In person. In between we write here."),
    }[Design.Mode(design.mode)]
