"""A face for a test: no picture at all, because only its bytes matter."""

from lodestar.domain.people.models import Person, Photo


def make_photo(person, **fields):
    photo = Photo.objects.create(person=person, large=b"large", small=b"small", **fields)
    Person.objects.filter(pk=person.pk).update(photo_key=photo.public_id)
    return photo
