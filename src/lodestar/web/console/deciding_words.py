"""What noted decisions would do and did, and what is free, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries.noted import Effect
from lodestar.domain.programs.models import Cohort


def effect_in_words(effect: Effect) -> list[str]:
    """Say what a release would do to mentees, places and the waitlists."""
    told = {
        "mentees": effect.after.mentees,
        "were": effect.before.mentees,
        "places": effect.after.places,
        "had": effect.before.places,
    }
    found = [
        _("Then %(mentees)d mentees take part (now %(were)d), and mentors offer %(places)d places (now %(had)d).")
        % told
    ]  # fmt: skip
    short = effect.after.mentees - effect.after.places
    if short > 0:
        found.append(
            ngettext(
                "%(count)d mentee more than there are places: somebody would find no mentor.",
                "%(count)d mentees more than there are places: they would find no mentor.",
                short,
            )
            % {"count": short}
        )
    labels = {RoleInCohort.MENTEE: _("mentees"), RoleInCohort.MENTOR: _("mentors")}
    for role, label in labels.items():
        before, after = effect.waiting_before[role], effect.waiting_after[role]
        if before != after:
            sentence = _("On the waitlist of %(who)s stand %(after)d then (now %(before)d).")
            found.append(sentence % {"who": label, "after": after, "before": before})
    return found


def noted_words(noted: int, refused: int) -> str:
    if not noted and not refused:
        return _("Nobody was ticked, so nothing was changed.")
    said = ngettext(
        "%(count)d decision is noted. Nothing is sent before you release it.",
        "%(count)d decisions are noted. Nothing is sent before you release them.",
        noted,
    ) % {"count": noted}
    if refused:
        said += " " + ngettext(
            "%(count)d had changed meanwhile and was left as it is.",
            "%(count)d had changed meanwhile and were left as they are.",
            refused,
        ) % {"count": refused}
    return said


def released_words(count: int, cohort: Cohort) -> str:
    if not count:
        return _("Nothing was noted any more, so nothing was sent.")
    if cohort.holds_letters:
        return ngettext(
            "%(count)d decision is released. Its letter is held until you release it.",
            "%(count)d decisions are released. Their letters are held until you release them.",
            count,
        ) % {"count": count}
    return ngettext(
        "%(count)d decision is released; its letter goes within a minute.",
        "%(count)d decisions are released; their letters go within a minute.",
        count,
    ) % {"count": count}


def free_in_words(role: RoleInCohort, free: int, waiting: int) -> str:
    """Say how many places are free for those who wait in a role."""
    if role == RoleInCohort.MENTOR:
        sentence = ngettext(
            "%(free)d mentee has no place with a mentor yet.",
            "%(free)d mentees have no place with a mentor yet.",
            free,
        )
        return sentence % {"free": free} if free else _("Every mentee has a place with a mentor.")
    if not free:
        return _(
            "No place is free now. One becomes free when a mentee leaves, or a mentor offers more."
        )
    sentence = ngettext(
        "%(free)d place is free, and %(waiting)d wait.",
        "%(free)d places are free, and %(waiting)d wait.",
        free,
    )
    return sentence % {"free": free, "waiting": waiting}
