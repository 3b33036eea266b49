"""What may each wish for once it has ended?"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.mentorships.models import Mentorship, Wish
from lodestar.domain.mentorships.rules.pairs import is_party, is_running, participant_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.ways import can_ask_on, only_ask


def why_not_wish(mentorship: Mentorship, person: Person, kind: Wish.Kind, on: date) -> str:
    """Return why this person can't wish for somebody new, or for the same partner again, or ""."""
    if not is_party(mentorship, person):
        return _("This mentorship is not yours.")
    if is_running(mentorship):
        return _(
            "This mentorship still goes on. Once it has ended you can say what you would like."
        )
    if kind == Wish.Kind.AGAIN:
        return ""
    cohort = mentorship.match.mentor.cohort
    if on > cohort.ends_on or participant_of(mentorship, person).left_at is not None:
        return _("This cohort is over for you; apply to the next one, and we look again.")
    return ""


def finds_themselves(mentorship: Mentorship, person: Person, on: date) -> bool:
    """Whether this one has time left to find somebody new without the office: by asking, or by being asked."""
    cohort = mentorship.match.mentor.cohort
    is_free = not why_not_wish(mentorship, person, Wish.Kind.NEW, on)
    return is_free and only_ask(cohort.design) and can_ask_on(cohort, on)


def is_mutual(wishes: Iterable[Wish]) -> bool:
    """Whether both of the two wish to be together again."""
    again = {wish.person_id for wish in wishes if is_living(wish) and wish.kind == Wish.Kind.AGAIN}
    return len(again) > 1


def is_living(wish: Wish) -> bool:
    return wish.taken_back_at is None
