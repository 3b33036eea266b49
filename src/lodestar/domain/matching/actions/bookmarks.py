"""How does somebody keep another in mind, or say that they are not for them?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.matching.models import Bookmark
from lodestar.domain.people.models import Person


@transaction.atomic
def bookmark(owner: Participant, *, by: Person, about: Participant, kind: str) -> Bookmark | None:
    """Note one thing about another of the same cohort; a blank kind takes the note back.

    It is a private note, so the audit does not hear of it: an entry would say who looked at whom.
    """
    owner = owner.locked()
    if owner.person_id != by.pk or owner.cohort_id != about.cohort_id or owner.role == about.role:
        raise RefusedError(_("You can note this about people you could be matched with."))
    if not kind:
        Bookmark.objects.filter(owner=owner, about=about).delete()
        return None
    known = Bookmark.objects.filter(owner=owner, about=about).first()
    note = known or Bookmark(owner=owner, about=about)
    note.kind = kind
    note.full_clean()
    note.save()
    return note
