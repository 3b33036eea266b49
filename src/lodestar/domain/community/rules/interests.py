"""Who may join, write, and moderate in an interest group?"""

from django.utils.translation import gettext as _

from lodestar.domain.community.models import InterestGroup, Membership, Post
from lodestar.domain.people.models import Person

LONGEST_POST = 4000


def is_in(membership: Membership | None) -> bool:
    return membership is not None and membership.left_at is None


def is_banned(membership: Membership | None) -> bool:
    return membership is not None and membership.banned_at is not None


def can_moderate(membership: Membership | None) -> bool:
    return membership is not None and is_in(membership) and membership.is_moderator


def why_not_join(group: InterestGroup, membership: Membership | None) -> str:
    """Say why somebody for whom a group is open cannot join it, or nothing."""
    if group.closed_at is not None:
        return _("This group is closed.")
    return _("The moderators have shut you out of this group.") if is_banned(membership) else ""


def why_not_write(group: InterestGroup, membership: Membership | None, text: str) -> str:
    if group.closed_at is not None:
        return _("This group is closed.")
    if not is_in(membership):
        return _("Join the group first; then you can write.")
    return "" if text.strip() else _("Your post is still empty. Write a line, then send it.")


def why_not_report(post: Post, person: Person) -> str:
    return _("This is your own post.") if post.author_id == person.pk else ""


def why_not_remove(target: Membership, by: Membership) -> str:
    """Moderators do not turn on each other, nor on themselves: the office changes who moderates."""
    if target.is_moderator:
        return _("Whoever moderates cannot be taken out here.")
    return "" if is_in(target) or by.pk == target.pk else _("They are not in the group any more.")
