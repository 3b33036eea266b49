"""News, told or still a draft, and interest groups with what is written in them."""

from datetime import timedelta

from lodestar.domain.common.time import now
from lodestar.domain.community.models import InterestGroup, Membership, NewsPiece, Post
from lodestar.domain.people.models import Association
from tests.factories.people import make_person


def make_news(title="The garden party", *, by=None, is_out=True, **fields):
    """Return a piece for everybody that came out an hour ago, unless told otherwise."""
    fields.setdefault("text", "Come on Friday.\n\nBring a friend.")
    if is_out:
        fields.setdefault("published_at", now() - timedelta(hours=1))
    by = by or make_person("Lena", "Berg")
    return NewsPiece.objects.create(title=title, language="en", written_by=by, **fields)


def turn_groups_on():
    house = Association.objects.first() or Association(name="The association")
    house.has_interest_groups = True
    house.save()


def make_interest_group(name="Gardeners", *, moderator=None, members=(), **fields):
    """Return a group for everybody, with one who moderates it; interest groups are on from then on."""
    turn_groups_on()
    moderator = moderator or make_person("Ruth", "Okafor")
    fields.setdefault("kind", "cohort" if fields.get("cohort") else "topic")
    group = InterestGroup.objects.create(
        name=name, purpose="Beds and bees.", opened_by=moderator, **fields
    )
    Membership.objects.create(group=group, person=moderator, is_moderator=True)
    for person in members:
        Membership.objects.create(group=group, person=person)
    return group


def make_post(group, author, text="When do you sow beans?", **fields):
    return Post.objects.create(group=group, author=author, text=text, **fields)
