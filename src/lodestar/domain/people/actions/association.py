"""How does the association say who it is?"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.wording import Vocabulary
from lodestar.domain.people import rules
from lodestar.domain.people.models import Association, Person, Role
from lodestar.domain.people.queries import has_role


@dataclass(frozen=True, slots=True)
class Description:
    """What an admin says of the association; `mark` is None to keep the one there is, b"" for none."""

    name: str
    colour: str
    contact_email: str = ""
    postal_address: str = ""
    mark: bytes | None = None
    reads_in: str = ""
    has_interest_groups: bool = False


@transaction.atomic
def describe_association(description: Description, *, by: Person) -> Association:
    """Keep the name, colour, mark and addresses that every page and letter carries."""
    if not has_role(by, Role.Kind.ADMIN):
        raise NotFoundError
    why_not = rules.why_not_mark(description.mark) if description.mark else None
    if why_not or not rules.is_colour(description.colour):
        raise RefusedError(why_not or _("A colour is written like #264e7e."))
    association = Association.objects.select_for_update().order_by("pk").first() or Association()
    association.name = description.name
    association.colour = description.colour.lower()
    association.contact_email = description.contact_email
    association.postal_address = description.postal_address
    association.reads_in = description.reads_in if rules.is_language(description.reads_in) else ""
    association.has_interest_groups = description.has_interest_groups
    if description.mark is not None:
        association.mark = description.mark or None
        association.mark_type = rules.image_type(description.mark)
    association.full_clean()
    association.save()
    record("association.described", association, by=by, has_new_mark=description.mark is not None)
    return association


@transaction.atomic
def choose_words(vocabulary: Vocabulary, *, by: Person) -> Association:
    """Keep what the association calls its mentors, mentees and programs; what is not said is called as usual."""
    if not has_role(by, Role.Kind.ADMIN):
        raise NotFoundError
    if why_not := rules.why_not_words(vocabulary):
        raise RefusedError(why_not)
    association = Association.objects.select_for_update().order_by("pk").first()
    if association is None:
        raise RefusedError(_("First say what the association is called. Nothing was changed."))
    kept = {language: dict(terms) for language, terms in vocabulary.items() if terms}
    if association.vocabulary != kept:
        association.vocabulary = kept
        association.full_clean()
        association.save()
        record("association.worded", association, by=by, languages=sorted(kept))
    return association
