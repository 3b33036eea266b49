"""What do coordinators tell each other about a run, and who signs it off?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Comment, Match, MatchRun
from lodestar.domain.people.models import Person


@transaction.atomic
def sign_run_off(run: MatchRun, *, by: Person) -> MatchRun:
    """Say as a second coordinator that these matches may be sent; the first signature stands."""
    run = run.locked()
    if run.signed_by_id:
        return run
    if refusal := rules.why_not_sign(run, by):
        raise RefusedError(refusal)
    run.signed_at, run.signed_by = current_time(), by
    run.save(update_fields=["signed_at", "signed_by"])
    record("match_run.signed_off", run, by=by)
    return run


@transaction.atomic
def comment_on(
    run: MatchRun | None, *, by: Person, text: str, match: Match | None = None
) -> Comment:
    """Keep what a coordinator says about a run, or about one of its matches; only coordinators read it."""
    if not text.strip():
        raise RefusedError(_("Write what your colleagues should know."))
    comment = Comment(run=run, match=match, author=by, text=text.strip())
    comment.full_clean()
    comment.save()
    record("match_run.commented", run or comment, by=by)
    return comment
