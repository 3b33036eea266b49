"""Who may see somebody's face? Whoever may see the person; the person may keep it for partners."""

from collections.abc import Callable

from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.applications.queries import own_participations
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.time import today
from lodestar.domain.directory.queries.found import Reader, findable
from lodestar.domain.directory.rules import may_look
from lodestar.domain.groups.models import Member
from lodestar.domain.groups.queries import own_members, own_rooms
from lodestar.domain.matching.queries import own_matches
from lodestar.domain.matching.queries.sides import involving
from lodestar.domain.mentorships.queries import own_mentorships
from lodestar.domain.people.models import Person, Photo, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs.models import Coordinator

Way = Callable[[Person, Person], bool]


def photo_for(reader: Person, key: str) -> Photo:
    """Return a photo that this person may see; for anybody else there is none."""
    photo = one(Photo.objects.select_related("person"), public_id=key)
    if not may_see_face(reader, photo.person, is_kept_for_partners=_is_kept(photo)):
        raise NotFoundError
    return photo


def own_photo(person: Person) -> Photo | None:
    return Photo.objects.filter(person=person).defer("large", "small").first()


def may_see_face(reader: Person, person: Person, *, is_kept_for_partners: bool) -> bool:
    """Tell if one person may see another's face, the likeliest reason asked first."""
    if reader.pk == person.pk:
        return True
    if person.blocked_at is not None or reader.blocked_at is not None:
        return False
    ways: list[Way] = [are_partners, share_a_group, coordinates, _is_admin]
    if not is_kept_for_partners:
        ways += [were_proposed, are_asked_together, may_find, looks_after_a_program]
    return any(way(reader, person) for way in ways)


def are_partners(reader: Person, person: Person) -> bool:
    return own_mentorships(reader).filter(involving(person, "match__")).exists()


def share_a_group(reader: Person, person: Person) -> bool:
    rooms = own_rooms(reader).order_by().values("group")
    inside = Member.objects.filter(participant__person=person, group__in=rooms)
    return inside.filter(answer=Member.Answer.ACCEPTED).exists()


def coordinates(reader: Person, person: Person) -> bool:
    """Tell if one looks after a program to which the other has applied, or in which they take part."""
    programs = Coordinator.objects.filter(person=reader).values("program")
    sent = Application.objects.filter(person=person, submitted_at__isnull=False)
    inside = Participant.objects.filter(person=person, cohort__program__in=programs)
    return sent.filter(cohort__program__in=programs).exists() or inside.exists()


def were_proposed(reader: Person, person: Person) -> bool:
    return own_matches(reader).filter(involving(person)).exists()


def are_asked_together(reader: Person, person: Person) -> bool:
    groups = own_members(reader).order_by().values("group")
    asked = Member.objects.filter(participant__person=person, group__in=groups)
    return asked.exclude(answer=Member.Answer.LEFT).exists()


def may_find(reader: Person, person: Person) -> bool:
    """Tell if the reader finds the person in a directory."""
    on = today()
    looking = [own for own in own_participations(reader) if may_look(own, on)]
    return any(
        findable(Reader(own, on)).filter(participant__person=person).exists() for own in looking
    )


def looks_after_a_program(_reader: Person, person: Person) -> bool:
    """Tell if the person stands on the page of a program as somebody to turn to."""
    return Coordinator.objects.filter(person=person, program__is_public=True).exists()


def _is_admin(reader: Person, _person: Person) -> bool:
    return has_role(reader, Role.Kind.ADMIN)


def _is_kept(photo: Photo) -> bool:
    return bool(photo.shown == Photo.Shown.PAIRED)
