"""Who lets people outside read how a cohort stands, and who stops it?"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.insights.models import RoadmapLink
from lodestar.domain.insights.queries.sharing import live_links
from lodestar.domain.insights.rules import LINK_DAYS, MOST_LINKS
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Cohort


@transaction.atomic
def share_roadmap(cohort: Cohort, *, by: Person, days: int) -> RoadmapLink:
    """Make a random address for a cohort's roadmap that opens for some days."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if days not in LINK_DAYS:
        raise RefusedError(_("Choose one of the days offered."))
    if live_links(cohort, now()).count() >= MOST_LINKS:
        raise RefusedError(
            _("There are %(most)d links already. Close one that nobody needs any more.")
            % {"most": MOST_LINKS}
        )
    link = RoadmapLink(cohort=cohort, made_by=by, expires_at=now() + timedelta(days=days))
    link.full_clean()
    link.save()
    record("roadmap_link.made", link, by=by, days=days)
    return link


@transaction.atomic
def revoke_link(link: RoadmapLink, *, by: Person) -> RoadmapLink:
    """Close a link at once; closing it twice changes nothing."""
    link = link.locked()
    require_coordinator(by, link.cohort.program)
    if link.revoked_at is None:
        link.revoked_at = now()
        link.save()
        record("roadmap_link.revoked", link, by=by)
    return link
