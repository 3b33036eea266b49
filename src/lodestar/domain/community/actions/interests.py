"""How is an interest group opened, joined, written to and moderated?"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.community.models import InterestGroup, Membership, Post, PostReport
from lodestar.domain.community.queries import interests as queries
from lodestar.domain.community.rules import interests as rules
from lodestar.domain.messaging.actions import keep_from_leaving, keep_message, tell_of_message
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import is_coordinator

WRITTEN = "community.post"


@transaction.atomic
def open_group(
    *, by: Person, name: str, kind: str, purpose: str, cohort: Cohort | None = None
) -> InterestGroup:
    """Open a group; whoever opens it moderates it at first. Of two with one name the second is refused."""
    if not queries.may_open(by) or (cohort and not is_coordinator(by, cohort.program)):
        raise NotFoundError
    group = InterestGroup(name=name, kind=kind, purpose=purpose, cohort=cohort, opened_by=by)
    group.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise RefusedError(_("There is a group of this name already.")) from None
    Membership.objects.create(group=group, person=by, is_moderator=True)
    record("interest_group.opened", group, by=by)
    return group


@transaction.atomic
def close_group(group: InterestGroup, *, by: Person) -> InterestGroup:
    """Let nobody write any more; what was written stays for its members."""
    group = group.locked()
    queries.office_group_for(by, group.public_id)
    if group.closed_at is not None:
        raise RefusedError(_("This group is closed."))
    group.closed_at = now()
    group.save()
    record("interest_group.closed", group, by=by)
    return group


@transaction.atomic
def join_group(group: InterestGroup, *, by: Person) -> Membership:
    """Come in, or come back; twice is once."""
    group = queries.interest_group_for(by, group.locked().public_id)
    membership, _is_new = Membership.objects.get_or_create(group=group, person=by)
    membership = membership.locked()
    if why := rules.why_not_join(group, membership):
        raise RefusedError(why)
    membership.left_at = None
    membership.save()
    record("interest_group.joined", membership, by=by)
    return membership


@transaction.atomic
def leave_group(group: InterestGroup, *, by: Person) -> None:
    """Go, without a word to anybody; what was written stays."""
    own = Membership.objects.filter(group=group, person=by, left_at=None)
    if own.update(left_at=now(), is_moderator=False, wants_letters=False):
        record("interest_group.left", group, by=by)


def leave_interest_groups(person: Person) -> None:
    """Let somebody who leaves the association go from every group."""
    for membership in Membership.objects.filter(person=person, left_at=None).select_related(
        "group"
    ):
        leave_group(membership.group, by=person)


@transaction.atomic
def choose_group_letters(group: InterestGroup, *, by: Person, is_wanted: bool) -> None:
    """Be told of new posts by letter, or not any more."""
    own = Membership.objects.filter(group=group, person=by, left_at=None)
    if not own.update(wants_letters=is_wanted):
        raise NotFoundError
    record("interest_group.letters_chosen", group, by=by, is_wanted=is_wanted)


@transaction.atomic
def write_post(
    group: InterestGroup, *, by: Person, text: str, answers: Post | None = None, form_key: str = ""
) -> Post:
    """Write to a group, or answer in it; the same form sent twice is one post."""
    membership = queries.membership_of(by, group)
    group = group.locked()
    if why := rules.why_not_write(group, membership, text):
        raise RefusedError(why)
    if answers is not None and (answers.group_id != group.pk or answers.answers_id is not None):
        raise NotFoundError
    parent = {"answers": answers} if answers else {}
    post, is_new = keep_message(Post, by=by, text=text, form_key=form_key, group=group, **parent)
    if is_new:
        record("post.written", post, by=by)
        for each in queries.members_to_write_to(post):
            tell_of_message(WRITTEN, group, to=each, message=post)
    return post


@transaction.atomic
def report_post(post: Post, *, by: Person) -> PostReport:
    """Ask the moderators to look at a post; twice is once, and its writer never learns who asked."""
    post = queries.post_for(by, post.public_id)
    if why := rules.why_not_report(post, by):
        raise RefusedError(why)
    report, is_new = PostReport.objects.get_or_create(post=post, reporter=by)
    if is_new:
        record("post.reported", report, by=by)
    return report


@transaction.atomic
def hide_post(post: Post, *, by: Person, because: str) -> Post:
    """Take a post from the page, with a reason that its writer reads; its reports are settled."""
    post = queries.post_to_moderate(by, post.locked().public_id)
    if post.hidden_at is not None:
        raise RefusedError(_("This post is hidden already. Nothing was changed."))
    if not because.strip():
        raise RefusedError(_("Say why, in a sentence: whoever wrote it reads it."))
    post.hidden_at, post.hidden_because = now(), because.strip()
    post.full_clean()
    post.save()
    settle(post)
    record("post.hidden", post, by=by, about=post.author)
    return post


@transaction.atomic
def leave_post(post: Post, *, by: Person) -> None:
    """Let a reported post stand: nothing is wrong with it."""
    post = queries.post_to_moderate(by, post.public_id)
    if settle(post):
        record("post.left", post, by=by)


def settle(post: Post) -> int:
    return post.reports.filter(settled_at=None).update(settled_at=now())


@transaction.atomic
def remove_member(target: Membership, *, by: Person, is_ban: bool) -> None:
    """Take a member out; with a ban they cannot come back and do not find the group any more."""
    target = queries.member_to_moderate(by, target.locked().public_id)
    own = queries.membership_of(by, target.group)
    if own is None:
        raise NotFoundError
    if why := rules.why_not_remove(target, own):
        raise RefusedError(why)
    target.left_at, target.wants_letters = now(), False
    target.banned_at = now() if is_ban else None
    target.save()
    keep_from_leaving(
        Letter.objects.filter(kind=WRITTEN, person=target.person, about_key=target.group.public_id),
        why=_("They are not in the group any more."),
    )
    record("interest_group.removed", target, by=by, about=target.person, is_ban=is_ban)


@transaction.atomic
def lift_ban(target: Membership, *, by: Person) -> None:
    """Let somebody who was shut out join again, if they wish."""
    target = queries.member_to_moderate(by, target.public_id)
    if Membership.objects.filter(pk=target.pk, banned_at__isnull=False).update(banned_at=None):
        record("interest_group.ban_lifted", target, by=by, about=target.person)
