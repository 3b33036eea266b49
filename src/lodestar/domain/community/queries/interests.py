"""Which interest groups are open to somebody, and what do they read there?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.community.models import InterestGroup, Membership, Post, PostReport
from lodestar.domain.community.rules import interests as rules
from lodestar.domain.people.models import Block, Person, Role
from lodestar.domain.people.queries import association, has_role, kept_apart_from
from lodestar.domain.programs.queries import cohorts_for, coordinates_anything


def are_on() -> bool:
    """Whether the association has turned interest groups on."""
    return association().has_interest_groups


def groups_open_to(person: Person) -> QuerySet[InterestGroup]:
    """Return the groups that somebody may know of: those for everybody, of their cohorts, and their own.

    Whoever was shut out of one does not find it any more.
    """
    if not are_on():
        return InterestGroup.objects.none()
    own = Participant.objects.filter(person=person, left_at=None)
    mine = Membership.objects.filter(group=OuterRef("pk"), person=person)
    inside = Exists(mine.filter(left_at=None))
    groups = InterestGroup.objects.filter(
        Q(cohort=None) | Q(cohort__in=own.values("cohort")) | inside
    )
    found = counted(groups).exclude(Exists(mine.filter(banned_at__isnull=False)))
    return found.filter(Q(closed_at=None) | inside)


def counted(groups: QuerySet[InterestGroup]) -> QuerySet[InterestGroup]:
    """Add how many are in each of some groups."""
    present = Q(memberships__left_at=None)
    return groups.annotate(member_count=Count("memberships", filter=present))


def interest_groups_for(person: Person) -> tuple[list[InterestGroup], list[InterestGroup]]:
    """Return the groups that a member is in, and those they may join; where groups are off there is no page."""
    if not are_on():
        raise NotFoundError
    inside = Membership.objects.filter(person=person, left_at=None).values_list("group", flat=True)
    mine = set(inside)
    groups = list(groups_open_to(person).order_by("name"))
    return [g for g in groups if g.pk in mine], [g for g in groups if g.pk not in mine]


def interest_group_for(person: Person, key: str) -> InterestGroup:
    return one(groups_open_to(person), public_id=key)


def membership_of(person: Person, group: InterestGroup) -> Membership | None:
    return Membership.objects.filter(group=group, person=person).first()


def seen_by(person: Person, posts: QuerySet[Post]) -> QuerySet[Post]:
    """Return the posts that somebody reads: none of those they blocked or were blocked by, and hidden ones only if their own."""
    blocks = Block.objects.filter(lifted_at=None)
    seen = posts.exclude(author__in=blocks.filter(blocker=person).values("blocked"))
    seen = seen.exclude(author__in=blocks.filter(blocked=person).values("blocker"))
    return seen.filter(Q(hidden_at=None) | Q(author=person)).select_related("author")


def posts_for(person: Person, group: InterestGroup) -> QuerySet[Post]:
    """Return what was begun in a group, the newest first, each with its answers; for members alone."""
    if not rules.is_in(membership_of(person, group)):
        return Post.objects.none()
    answers = Prefetch(
        "replies", queryset=seen_by(person, Post.objects.order_by("pk")), to_attr="seen_replies"
    )
    begun = Post.objects.filter(group=group, answers=None).order_by("-pk")
    return seen_by(person, begun).prefetch_related(answers)


def post_for(person: Person, key: str) -> Post:
    """Return a post that somebody reads in a group of theirs."""
    own = Membership.objects.filter(person=person, left_at=None).values("group")
    rows = seen_by(person, Post.objects.filter(group__in=own)) if are_on() else Post.objects.none()
    return one(rows.select_related("group", "answers"), public_id=key)


def moderated_by(person: Person) -> QuerySet[InterestGroup]:
    own = Membership.objects.filter(person=person, left_at=None, is_moderator=True)
    groups = InterestGroup.objects.filter(pk__in=own.values("group"))
    return groups if are_on() else groups.none()


def group_to_moderate(person: Person, key: str) -> InterestGroup:
    return one(moderated_by(person), public_id=key)


def post_to_moderate(person: Person, key: str) -> Post:
    """Return a post for a moderator; a block between the two does not take their duty from them."""
    rows = Post.objects.filter(group__in=moderated_by(person).values("pk"))
    return one(rows.select_related("group", "author"), public_id=key)


def member_to_moderate(person: Person, key: str) -> Membership:
    rows = Membership.objects.filter(group__in=moderated_by(person).values("pk"))
    return one(rows.select_related("group", "person"), public_id=key)


@dataclass(frozen=True, slots=True)
class Moderation:
    """What the moderators of a group look at: reported posts, hidden ones, and who is in."""

    reported: Sequence[Post]
    hidden: Sequence[Post]
    members: Sequence[Membership]
    banned: Sequence[Membership]


def reported_in(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Return those of some posts that a moderator has to look at."""
    waiting = PostReport.objects.filter(post=OuterRef("pk"), settled_at=None)
    return posts.filter(Exists(waiting), hidden_at=None)


def moderation_of(group: InterestGroup) -> Moderation:
    posts = Post.objects.filter(group=group).select_related("author").order_by("pk")
    people = Membership.objects.filter(group=group).select_related("person").order_by("pk")
    return Moderation(
        list(reported_in(posts)),
        list(posts.exclude(hidden_at=None)),
        list(people.filter(left_at=None)),
        list(people.exclude(banned_at=None)),
    )


def members_to_write_to(post: Post) -> list[Person]:
    """Return who wished a letter about new posts and reads this one; never its writer."""
    rows = Membership.objects.filter(group=post.group, left_at=None, wants_letters=True)
    away = {post.author_id, *kept_apart_from(post.author)}
    return [each.person for each in rows.exclude(person__in=away).select_related("person")]


def may_open(person: Person) -> bool:
    """Admins and coordinators open groups, once the association has turned them on."""
    is_of_the_office = has_role(person, Role.Kind.ADMIN) or coordinates_anything(person)
    return is_of_the_office and are_on()


def groups_of_the_office(person: Person) -> QuerySet[InterestGroup]:
    """Return the groups that somebody of the office looks after: admins all, coordinators those they opened or of their cohorts."""
    if not may_open(person):
        raise NotFoundError
    groups = counted(InterestGroup.objects.select_related("cohort__program"))
    if not has_role(person, Role.Kind.ADMIN):
        mine = Q(opened_by=person) | Q(cohort__in=cohorts_for(person).values("pk"))
        groups = groups.filter(mine)
    return groups.order_by("name")


def office_group_for(person: Person, key: str) -> InterestGroup:
    return one(groups_of_the_office(person), public_id=key)
