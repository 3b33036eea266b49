"""Where does a mentee's list stand, and each mentor on it, in sentences?"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import Ask
from lodestar.domain.matching.rules import ask_in_words
from lodestar.domain.programs.rules.ways import Way, asking_begins_on, last_day_of_window, uses


def list_in_words(mentee: Participant, waiting: Ask | None, has_list: bool, on: date) -> list[str]:
    """Say where it stands, what happens next, and when."""
    cohort = mentee.cohort
    if waiting:
        return [ask_in_words(waiting), *_and_then(waiting)]
    if mentee.places_taken >= mentee.capacity:
        return [
            _("You have a partner, or a proposal that waits. Your list is kept and asks nobody.")
        ]
    first, last = asking_begins_on(cohort), last_day_of_window(cohort)
    told = []
    if last and on <= last:
        told.append(
            _("You can change your list until the evening of %(day)s. Then all lists are put together at once: who came first does not matter.")
            % {"day": date_format(last, "l, j F")}
        )  # fmt: skip
    elif last and not uses(cohort.design, Way.ASK):
        told.append(_("The lists are being put together. You hear from us as soon as the coordinators have looked at the result."))  # fmt: skip
    if first and on < first:
        told.append(
            _("From %(day)s on you can ask. It is the same day for everybody, so nobody has to hurry.")
            % {"day": date_format(first, "l, j F")}
        )  # fmt: skip
    elif first and has_list:
        told.append(_("Nobody is being asked just now. Ask the first on your list; after a no or no answer it goes on by itself."))  # fmt: skip
    elif first:
        told.append(_("Put mentors on your list, or ask one right away."))
    return told


def _and_then(waiting: Ask) -> list[str]:
    if waiting.questioned_at and not waiting.replied_at:
        return []
    return [
        _(
            "Whoever is next on your list is asked by itself after a no. Nobody sees your list but you."
        )
    ]
