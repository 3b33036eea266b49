"""What does one person see of another? Always the same, whoever looks, and for oneself too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.queries import own_participations
from lodestar.domain.applications.rules.showing import is_evidence_shown, shown_names_of
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.directory import rules
from lodestar.domain.directory.models import Listing
from lodestar.domain.directory.queries.evidence import evidence_of
from lodestar.domain.directory.queries.fit import Mine
from lodestar.domain.directory.queries.found import Reader, findable
from lodestar.domain.directory.queries.promising import ROW, Row
from lodestar.domain.directory.rules.evidence import evidence_from
from lodestar.domain.directory.rules.listing import open_answers
from lodestar.domain.matching.models import Bookmark
from lodestar.domain.matching.queries import bookmarks_of, line_of
from lodestar.domain.people.models import Person
from lodestar.engine.matching.finding import Fit


@dataclass(frozen=True)
class Seen:
    """A participant as another sees them."""

    participant: Participant
    line: str
    answers: Mapping[str, Any]
    evidence: list[str]
    reasons: list[str] = field(default_factory=list)
    away: str = ""
    note: str = ""

    @property
    def person(self) -> Person:
        return self.participant.person

    @property
    def words(self) -> str:
        return str(self.answers.get("about") or "")

    @property
    def is_kept(self) -> bool:
        return self.note == Bookmark.Kind.KEPT

    @property
    def is_not_for_me(self) -> bool:
        return self.note == Bookmark.Kind.NOT_FOR_ME


def picture_of(
    participant: Participant, shown: Collection[str], known: rules.Evidence, **told: Any
) -> Seen:
    """Return what others see: the one place in which it is decided."""
    return Seen(
        participant,
        line_of(participant, shown),
        open_answers(participant, shown),
        rules.evidence_in_sentences(known) if is_evidence_shown(participant) else [],
        **told,
    )


def seen_of(
    reader: Reader,
    mine: Mine,
    fit: Fit,
    places: Sequence[tuple[int, Row]],
    notes: Mapping[int, str],
) -> list[Seen]:
    """Return some people as this reader sees them, read afresh from what they let be read now."""
    keys = [row.participant for _place, row in places]
    people = Participant.objects.select_related("person").in_bulk(keys)
    evidence = dict(
        Listing.objects.filter(participant__in=keys).values_list("participant", "evidence")
    )
    found = []
    for place, row in places:
        other = people[row.participant]
        shown = shown_names_of(other, reader.participant.cohort.design, is_paired=False)
        found.append(
            picture_of(
                other,
                shown,
                evidence_from(evidence.get(other.pk, {})),
                reasons=mine.reasons(fit, place, other, shown),
                away=rules.away_in_words(other, reader.on),
                note=notes.get(other.pk, ""),
            )
        )
    return found


def seen_for(reader: Reader, key: str) -> Seen:
    """Return one person whom this reader may find; whoever a rule keeps apart is not found."""
    rows = findable(reader).filter(participant__public_id=key).values_list(*ROW)
    found = [Row(*row) for row in rows]
    mine = Mine(reader.participant)
    fit = mine.fit(found)
    met = [(place, row) for place, row in enumerate(found) if fit.broken[place] is None]
    notes = {note.about_id: note.kind for note in bookmarks_of(reader.participant)}
    people = seen_of(reader, mine, fit, met, notes)
    if not people:
        raise NotFoundError
    return people[0]


def seen_by_others(participant: Participant) -> Seen:
    """Return oneself as others see one."""
    shown = shown_names_of(participant, participant.cohort.design, is_paired=False)
    known = evidence_of([participant.person_id]).get(participant.person_id, rules.Evidence())
    return picture_of(participant, shown, known)


def looking(person: Person, on: date) -> list[Reader]:
    """Return where somebody may look around: once for each cohort that has accepted them."""
    own = own_participations(person).filter(role=RoleInCohort.MENTEE)
    return [Reader(each, on) for each in own if rules.may_look(each, on)]
