"""Whom does somebody keep in mind? Asked for the owner only."""

from django.db.models import QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import Bookmark


def bookmarks_of(owner: Participant) -> QuerySet[Bookmark]:
    """Return what somebody noted about others, the latest first."""
    return Bookmark.objects.filter(owner=owner).order_by("-created_at", "-pk")
