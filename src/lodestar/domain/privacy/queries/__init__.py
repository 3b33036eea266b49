"""Who may see whom, and what do we hold about a person?"""

from lodestar.domain.privacy.queries.faces import may_see_face, own_photo, photo_for
from lodestar.domain.privacy.queries.held import held_about
from lodestar.domain.privacy.queries.requests import (
    Leaving,
    due_requests,
    latest_request,
    living_applications,
    living_members,
    open_matches,
    running_mentorships,
    waiting_request,
    what_leaving_does,
    why_not_leave,
)

__all__ = [
    "Leaving", "due_requests", "held_about", "latest_request", "living_applications", "living_members",
    "may_see_face", "open_matches", "own_photo", "photo_for", "running_mentorships", "waiting_request",
    "what_leaving_does", "why_not_leave",
]  # fmt: skip
