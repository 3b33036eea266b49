"""How does somebody show their face, say what can be seen, and take it back?"""

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.people.models import Person, Photo
from lodestar.engine.pictures.portrait import Portrait


@transaction.atomic
def keep_photo(
    person: Person, *, by: Person, portrait: Portrait, words: str = "", shown: str = ""
) -> Photo:
    """Show a new photo instead of the one before; of that nothing is kept."""
    person = person.locked()
    Photo.objects.filter(person=person).delete()
    photo = Photo(person=person, large=portrait.large, small=portrait.small, words=words)
    photo.shown = shown or Photo.Shown.FOUND
    photo.full_clean()
    photo.save()
    Person.objects.filter(pk=person.pk).update(photo_key=photo.public_id)
    record("photo.kept", photo, by=by, about=person)
    return photo


@transaction.atomic
def describe_photo(photo: Photo, *, by: Person, words: str, shown: str) -> Photo:
    """Say in words what can be seen, and who sees it."""
    photo = photo.locked()
    photo.words, photo.shown = words, shown
    photo.full_clean()
    photo.save(update_fields=["words", "shown"])
    record("photo.described", photo, by=by, about=photo.person, shown=shown)
    return photo


@transaction.atomic
def remove_photo(person: Person, *, by: Person) -> None:
    """Forget somebody's photo; their initials stand there again."""
    person = person.locked()
    for photo in Photo.objects.filter(person=person).defer("large", "small"):
        record("photo.removed", photo, by=by, about=person)
        photo.delete()
    Person.objects.filter(pk=person.pk).update(photo_key="")
