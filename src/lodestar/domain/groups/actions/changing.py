"""How does the office change drafted groups, and keep people together or apart?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.actions.forming import tell_reasons
from lodestar.domain.groups.models import FormingRun, Group, KeptApart, Member, WithoutGroup
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

Status = FormingRun.Status


def changeable(run: FormingRun) -> FormingRun:
    """Return the run locked, free to change; whatever is changed has to be looked at again."""
    run = run.locked()
    if problem := rules.why_not_change(run):
        raise RefusedError(problem)
    if run.status == Status.REVIEWED:
        run.status, run.reviewed_at, run.reviewed_by = Status.SOLVED, None, None
    run.moves += 1
    run.save(update_fields=["status", "reviewed_at", "reviewed_by", "moves"])
    return run


@transaction.atomic
def move_person(
    run: FormingRun, participant: Participant, *, into: Group | None, by: Person
) -> FormingRun:
    """Move somebody into another drafted group, or out of all; a rule that breaks is told, not forbidden."""
    run = run.locked()
    if into is not None and into.run_id != run.pk:
        raise RefusedError(_("This group belongs to another forming. Look at the latest ones."))
    member = Member.objects.filter(group__run=run, participant=participant).select_related("group")
    if participant.role == RoleInCohort.MENTOR:
        raise RefusedError(_("A mentor stays with the group. Move the others instead."))
    present = member.first()
    source = present.group if present else None
    if source == into:
        return run
    run = changeable(run)
    if present:
        present.delete()
    if into is None:
        WithoutGroup.objects.create(run=run, participant=participant, reason="taken_out")
    else:
        WithoutGroup.objects.filter(run=run, participant=participant).delete()
        Member.objects.create(group=into, participant=participant)
    for group in filter(None, (source, into)):
        recount(run, group)
    record("forming.moved", run, by=by, about=participant.person)
    return run


def recount(run: FormingRun, group: Group) -> None:
    """Count anew what everybody of a changed group is worth in it, and say why they are together."""
    bench = queries.bench_of(run)
    this = next(each for each in bench.groups if each.group.pk == group.pk)
    mentor = this.mentor.participant if this.mentor else None
    people = [member.participant for member in this.others]
    for member in this.others:
        member.points = bench.each_worth(mentor, people, member.participant)
        member.save(update_fields=["points"])
    tell_reasons(group)


@transaction.atomic
def open_group(run: FormingRun, *, by: Person, mentor: Participant | None = None) -> Group:
    """Add an empty group to a draft, of a mentor who has none or among peers."""
    run = changeable(run)
    is_led = run.cohort.design.format == run.cohort.design.Format.GROUP
    if is_led != (mentor is not None):
        raise RefusedError(_("Choose a mentor who has no group yet."))
    left = WithoutGroup.objects.filter(run=run, participant=mentor)
    if mentor and not left.exists():
        raise RefusedError(_("%(name)s has a group already.") % {"name": mentor})
    last = run.groups.order_by("-number").first()
    group = Group.objects.create(cohort=run.cohort, run=run, number=last.number + 1 if last else 1)
    if mentor:
        Member.objects.create(group=group, participant=mentor)
        left.delete()
    record("forming.group_opened", group, by=by)
    return group


@transaction.atomic
def keep_group(group: Group, *, is_kept: bool, by: Person) -> Group:
    """Keep a drafted group as it is when the rest is formed again, or let it go into the next forming."""
    changeable(group.run)
    group = group.locked()
    if group.is_kept != is_kept:
        group.is_kept = is_kept
        group.save(update_fields=["is_kept"])
        record("forming.group_kept", group, by=by, is_kept=is_kept)
    return group


@transaction.atomic
def keep_apart(
    cohort: Cohort, one: Participant, other: Participant, *, by: Person, reason: str
) -> KeptApart:
    """Never put two people into one group of this cohort, from the next forming on."""
    cohort.locked()
    if one.pk == other.pk:
        raise RefusedError(_("Choose two different people."))
    if not reason.strip():
        raise RefusedError(
            _("Please write a short reason, so that your colleagues understand it later.")
        )
    first, second = sorted((one, other), key=lambda each: each.pk)
    row, is_new = KeptApart.objects.get_or_create(
        cohort=cohort, one=first, other=second, defaults={"reason": reason.strip(), "set_by": by}
    )
    if is_new:
        row.full_clean()
        record("kept_apart.set", row, by=by)
    return row


@transaction.atomic
def lift_apart(row: KeptApart, *, by: Person) -> None:
    """Let the next forming decide about the two again; lifting twice is lifting once."""
    if KeptApart.objects.filter(pk=row.pk).delete()[0]:
        record("kept_apart.lifted", row, by=by)
