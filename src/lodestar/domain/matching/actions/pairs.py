"""How does a coordinator keep two people together, or apart?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match, PairRule
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart
from lodestar.domain.programs.models import Cohort

Kind = PairRule.Kind


def pin_pair(mentor: Participant, mentee: Participant, *, by: Person, reason: str) -> PairRule:
    """Keep two people together in every later run of their cohort."""
    return set_rule(Kind.PIN, mentor, mentee, by=by, reason=reason)


def ban_pair(mentor: Participant, mentee: Participant, *, by: Person, reason: str) -> PairRule:
    """Keep two people apart in every later run of their cohort."""
    return set_rule(Kind.BAN, mentor, mentee, by=by, reason=reason)


@transaction.atomic
def set_rule(
    kind: PairRule.Kind, mentor: Participant, mentee: Participant, *, by: Person, reason: str
) -> PairRule:
    """Set the one rule of a pair; a ban takes the place of a pin, and the other way round."""
    Cohort.objects.select_for_update().get(pk=mentor.cohort_id)
    pins = PairRule.objects.filter(cohort=mentor.cohort_id, kind=Kind.PIN)
    others = list(pins.exclude(mentor=mentor, mentee=mentee))
    declined = Match.objects.filter(mentor=mentor, mentee=mentee, status=Match.Status.DECLINED)
    refusal = rules.why_not_pin(mentor, mentee, kind, others, declined.exists())
    if not refusal and kind == Kind.PIN and are_kept_apart(mentor.person, mentee.person):
        refusal = _(
            "These two are not to be put together. The safeguarding lead can tell you more, or may not."
        )
    if not refusal and not reason.strip():
        refusal = _("Please write a short reason, so that your colleagues understand it later.")
    if refusal:
        raise RefusedError(refusal)
    rule = PairRule.objects.filter(mentor=mentor, mentee=mentee).first()
    rule = rule or PairRule(cohort=mentor.cohort, mentor=mentor, mentee=mentee)
    rule.kind, rule.reason, rule.set_by = kind, reason.strip(), by
    rule.full_clean()
    rule.save()
    record("pair_rule.set", rule, by=by, kind=str(kind))
    return rule


@transaction.atomic
def lift_pair_rule(rule: PairRule, *, by: Person) -> None:
    """Let the next run decide about the two again; lifting twice is lifting once."""
    if PairRule.objects.filter(pk=rule.pk).delete()[0]:
        record("pair_rule.lifted", rule, by=by, kind=rule.kind)
