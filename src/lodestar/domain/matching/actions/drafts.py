"""How do coordinators try moves on a run before anything holds, and keep them?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import random_id
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.actions.pairs import set_rule
from lodestar.domain.matching.actions.runs import request_run
from lodestar.domain.matching.actions.windows import put_lists_together
from lodestar.domain.matching.models import DraftChange, Match, MatchRun, PairRule
from lodestar.domain.people.models import Person

Kind = PairRule.Kind
MOST_CHANGES = 40


@transaction.atomic
def draft_move(run: MatchRun, mentee: Participant, mentor: Participant, *, by: Person) -> None:
    """Consider a mentee with another mentor; their earlier move gives way to this one."""
    run = open_draft(run)
    run.changes.filter(mentee=mentee, kind=Kind.PIN).delete()
    if not run.matches.filter(mentee=mentee, mentor=mentor).exists():
        add(run, Kind.PIN, (mentor, mentee), random_id(), by)


@transaction.atomic
def draft_swap(run: MatchRun, one: Match, other: Match, *, by: Person) -> None:
    """Consider two mentees with each other's mentor, as one step."""
    run, step = open_draft(run), random_id()
    if one.mentor_id == other.mentor_id:
        raise RefusedError(_("Both have the same mentor already."))
    run.changes.filter(mentee__in=[one.mentee_id, other.mentee_id], kind=Kind.PIN).delete()
    add(run, Kind.PIN, (other.mentor, one.mentee), step, by)
    add(run, Kind.PIN, (one.mentor, other.mentee), step, by)


@transaction.atomic
def draft_apart(run: MatchRun, mentee: Participant, mentor: Participant, *, by: Person) -> None:
    """Consider two people never together."""
    add(open_draft(run), Kind.BAN, (mentor, mentee), random_id(), by)


def open_draft(run: MatchRun) -> MatchRun:
    run = run.locked()
    if not rules.waits_for_office(run):
        raise RefusedError(_("These matches are not being looked at any more: ask for a new run."))
    if run.changes.count() >= MOST_CHANGES:
        raise RefusedError(
            _("%(most)d moves are enough for one draft: keep these first, or undo some.")
            % {"most": MOST_CHANGES}
        )
    return run


def add(
    run: MatchRun, kind: PairRule.Kind, pair: tuple[Participant, Participant], step: str, by: Person
) -> None:
    """Put a change into the draft, if what is pinned and drafted already leaves room for it."""
    mentor, mentee = pair
    run.changes.filter(mentor=mentor, mentee=mentee).delete()
    pins = PairRule.objects.filter(cohort=run.cohort_id, kind=Kind.PIN)
    drafted = [PairRule(mentor_id=c.mentor_id, mentee_id=c.mentee_id) for c in run.changes.filter(kind=Kind.PIN)]  # fmt: skip
    moved = {each.mentee_id for each in drafted} | {mentee.pk}
    others = [*drafted, *pins.exclude(mentee__in=moved)]
    declined = Match.objects.filter(mentor=mentor, mentee=mentee, status=Match.Status.DECLINED)
    if refusal := rules.why_not_pin(mentor, mentee, kind, others, declined.exists()):
        raise RefusedError(refusal)
    change = DraftChange(run=run, kind=kind, mentor=mentor, mentee=mentee, step=step, made_by=by)
    change.full_clean()
    change.save()


@transaction.atomic
def undo_step(run: MatchRun, step: str) -> None:
    """Take one step out of a draft; without a step, the whole of it."""
    steps = run.changes.filter(step=step) if step else run.changes.all()
    steps.delete()


@transaction.atomic
def keep_draft(run: MatchRun, *, by: Person, reason: str) -> MatchRun:
    """Set what was drafted as pins and bans, and ask for a run that solves the rest again."""
    run = run.locked()
    changes = list(queries.changes_in(run))
    if not changes:
        raise RefusedError(_("There is no move in this draft yet."))
    if queries.waiting_run(run.cohort):
        raise RefusedError(_("A match run is being computed here just now. Try again in a minute."))
    moved = [each.mentee_id for each in changes if each.kind == Kind.PIN]
    pins = PairRule.objects.filter(cohort=run.cohort_id, kind=Kind.PIN, mentee__in=moved)
    for pin in pins:
        record("pair_rule.lifted", pin, by=by, kind=pin.kind)
    pins.delete()
    for each in changes:
        set_rule(Kind(each.kind), each.mentor, each.mentee, by=by, reason=reason)
    run.changes.all().delete()
    record("match_run.rearranged", run, by=by, changes=len(changes))
    if run.kind == MatchRun.Kind.WINDOW:
        return put_lists_together(run.cohort, by=by)
    return request_run(run.cohort, by=by, seed=run.seed, tried=rules.tried_from(run.tried))
