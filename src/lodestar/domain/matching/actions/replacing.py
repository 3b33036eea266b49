"""How is somebody else proposed when a match did not go ahead?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import take_places
from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.actions.publishing import tell
from lodestar.domain.matching.models import Match, PairRule
from lodestar.domain.matching.queries.replacing import Replacement
from lodestar.domain.matching.rules.explaining import told_of
from lodestar.domain.matching.rules.replacing import Waiting
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart
from lodestar.domain.programs.models import Cohort
from lodestar.engine.matching.explanation import MatchedPair


def replace_in(cohort: Cohort, now: datetime) -> int:
    """Propose somebody else wherever nobody has to look first; return how many were proposed.

    What was found is computed outside any transaction, and held against the rows when it is proposed.
    """
    waiting = queries.waiting_for_another(cohort)
    ready = [each for each in waiting if not rules.why_look(each, cohort.design)]
    proposed = 0
    for found in queries.replacements_in(cohort, ready):
        try:
            proposed += propose_replacement(found, by=None, now=now) is not None
        except RefusedError:
            continue  # the place went to somebody else meanwhile; the next look finds another
    return proposed


@transaction.atomic
def propose_replacement(found: Replacement, *, by: Person | None, now: datetime) -> Match | None:
    """Propose the mentor that was found to the mentee who waits; None if neither holds any more.

    Both places are taken, or the last one went to somebody else and nothing is changed.
    """
    if found.mentor is None or found.pair is None:
        return None
    found.mentor.cohort.locked()  # as a publication does, so that neither waits for the other's places
    mentee = Participant.objects.select_related("cohort__design").get(pk=found.waiting.mentee.pk)
    waiting = queries.waits_still(mentee)
    if waiting is None or why_not_propose(waiting, found.mentor):
        return None
    if by is None and rules.why_look(waiting, mentee.cohort.design):
        return None
    take_places([found.mentor])
    take_places([mentee])
    match = match_after(waiting, found.mentor, found.pair, now, fields_of(mentee.cohort))
    match.proposed_by = by
    match.full_clean()
    match.save()
    record("match.replaced", match, by=by, source=found.source.value)
    for side in (match.mentor, match.mentee):
        tell("matching.proposed", match, side.person, until=match.reply_by)
    return match


def why_not_propose(waiting: Waiting, mentor: Participant) -> str:
    """Return why a mentor can't be proposed any more: set apart, or tried with this mentee before."""
    apart = PairRule.objects.filter(
        kind=PairRule.Kind.BAN, mentor=mentor, mentee=waiting.mentee
    ).exists()
    if apart or mentor.pk in waiting.tried or are_kept_apart(mentor.person, waiting.mentee.person):
        return _("These two are not to be proposed to each other.")
    return ""


def match_after(
    waiting: Waiting, mentor: Participant, pair: MatchedPair, now: datetime, fields: dict[str, str]
) -> Match:
    """Return the open match of one who waits, after the one which did not go ahead."""
    design = mentor.cohort.design
    match = Match(
        origin=Match.Origin.STANDBY,
        follows=waiting.after,
        mentor=mentor,
        mentee=waiting.mentee,
        status=Match.Status.PROPOSED,
        proposed_at=now,
        reply_by=rules.deadline(now, design.reply_days),
        **told_of(pair, fields),
    )
    match.next_reminder_at = rules.next_reminder(match, now)
    return match


def fields_of(cohort: Cohort) -> dict[str, str]:
    return dict(cohort.design.criteria.values_list("name", "mentee_field"))
