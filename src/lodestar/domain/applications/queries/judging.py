"""Who is an applicant, as far as anybody knows, and what do the rules of the design say of them?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import like_named
from lodestar.domain.applications.queries.forms import answers_asked_for
from lodestar.domain.applications.rules.answers import for_matching
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.find import one
from lodestar.domain.people.models import Education, ImportRow, Person, Position, Verification
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import asks_anything
from lodestar.domain.programs.rules.eligibility import (
    engine_rules,
    reasons_for_letter,
    to_applicant,
    to_office,
)
from lodestar.engine.selection.eligibility import Finding, Judgement, Kind, Rule, judge

Status = Application.Status
JUDGED = (Status.SUBMITTED, Status.ACCEPTED, Status.WAITLISTED)
WHO_THEY_ARE = (Kind.ON_ROLL, Kind.VERIFIED)


@dataclass(frozen=True, slots=True)
class Known:
    """How we know who somebody is: on the roll by their address, found there, vouched for, or not at all."""

    is_on_roll: bool = False
    words: tuple[Verification, ...] = ()

    @property
    def is_linked(self) -> bool:
        return any(word.on_roll_id for word in self.words)

    @property
    def is_verified(self) -> bool:
        return self.is_on_roll or bool(self.words)


def known_of(people: Iterable[int]) -> dict[int, Known]:
    """Tell for the keys of some people how we know them; four questions for however many."""
    keys = list(people)
    rows = ImportRow.objects.filter(person__in=keys, is_done=True)
    listed = rows.exclude(outcome=ImportRow.Outcome.REFUSED).values_list("person", flat=True)
    numbered = Person.objects.filter(pk__in=keys).exclude(external_id="")
    on_roll = {*listed.distinct(), *numbered.values_list("pk", flat=True)}
    words: dict[int, list[Verification]] = {}
    given = Verification.objects.filter(person__in=keys, status=Verification.Status.GIVEN)
    for word in given.select_related("by", "on_roll").order_by("answered_at", "pk"):
        words.setdefault(word.person_id, []).append(word)
    return {key: Known(key in on_roll, tuple(words.get(key, ()))) for key in keys}


def known_person(person: Person) -> Known:
    return known_of([person.pk])[person.pk]


def may_be_on_roll(application: Application) -> list[Person]:
    """Return people of the roll who are called the same and whom nobody signs in as: to be looked at."""
    same = [each.pk for each in like_named(application)]
    taken = Verification.objects.filter(status="given", on_roll__in=same).values("on_roll")
    free = Person.objects.filter(pk__in=same, account=None).exclude(pk__in=taken)
    known = known_of(free.values_list("pk", flat=True))
    return [each for each in free.order_by("pk") if known[each.pk].is_on_roll]


def on_roll_for(application: Application, key: str) -> Person:
    """Return one of the people of the roll who are offered as the same as an applicant."""
    for person in may_be_on_roll(application):
        if person.public_id == key:
            return person
    raise RefusedError(_("This person of the roll is not free any more. Look again."))


def word_for(application: Application, key: str) -> Verification:
    """Return what somebody said about an applicant."""
    for word in known_person(application.person).words:
        if word.public_id == key:
            return word
    raise RefusedError(_("This was taken back already. Nothing was changed."))


def asked_word_for(person: Person, key: str) -> Verification:
    """Return what this member is asked to say about somebody."""
    return one(Verification.objects.filter(by=person).select_related("person"), public_id=key)


def words_asked_by(person: Person) -> int:
    """Count the members whom somebody has asked to vouch for them and who have not answered."""
    return Verification.objects.filter(person=person, status=Verification.Status.ASKED).count()


def rules_for(design: Design, role: str) -> list[Rule]:
    """Return the rules of a design on who may take part in a role."""
    audience = next((each for each in design.audiences.all() if each.role == role), None)
    own = [each for each in design.eligibility.all() if each.role == role]
    return engine_rules(audience, own)


def asks_who_may(design: Design) -> bool:
    """Whether a design has any rule on who may take part."""
    return design.eligibility.exists() or any(map(asks_anything, design.audiences.all()))


def judgements_of(
    applications: Sequence[Application], design: Design | None = None
) -> dict[int, Judgement]:
    """Judge some applications, by their cohort's design or by another; by the key of each."""
    facts = facts_of(applications)
    rules: dict[tuple[int, str], list[Rule]] = {}
    found = {}
    for each in applications:
        by = design or each.cohort.design
        key = (by.pk, each.role)
        if key not in rules:
            rules[key] = rules_for(by, each.role)
        found[each.pk] = judge(rules[key], facts[each.pk])
    return found


def judgement_of(application: Application) -> Judgement:
    return judgements_of([application])[application.pk]


@dataclass(frozen=True, slots=True)
class InWords:
    """What the rules say of somebody, in sentences."""

    outcome: Application.Eligibility
    against: list[str]
    unknown: list[str]
    remarks: list[str]
    asks: bool = True

    @property
    def sentences(self) -> list[str]:
        return [*self.against, *self.unknown, *self.remarks]


def for_the_office(application: Application) -> InWords:
    """Return what the rules say of an applicant, as the office reads it."""
    asks = bool(rules_for(application.cohort.design, application.role))
    return _in_words(judgement_of(application), to_office, asks=asks)


def for_the_applicant(application: Application) -> InWords:
    """Return what the rules say of an applicant, as they read it themself."""
    return _in_words(judgement_of(application), to_applicant, asks=True)


def _in_words(judgement: Judgement, say: Callable[[Finding], str], *, asks: bool) -> InWords:
    return InWords(
        Application.Eligibility(judgement.outcome.value),
        [say(each) for each in judgement.against],
        [say(each) for each in judgement.unknown],
        [say(each) for each in judgement.remarks],
        asks,
    )


def reasons_of(applications: Sequence[Application]) -> dict[int, str]:
    """Return for each application what a kind no may say by the rules; blank where they speak for nothing."""
    return {key: reasons_for_letter(j.against) for key, j in judgements_of(applications).items()}


def facts_of(applications: Sequence[Application]) -> dict[int, dict[str, object]]:
    """Return what is known of each applicant: their answers before what the roll says, of themself or as linked."""
    keys = [each.person_id for each in applications]
    known = known_of(keys)
    behind = {
        key: word.on_roll for key, each in known.items() for word in each.words if word.on_roll
    }
    everybody = {*keys, *(person.pk for person in behind.values())}
    studies = _latest(
        Education.objects.filter(person__in=everybody).order_by("year", "pk"), "field"
    )
    working = Position.objects.filter(person__in=everybody, is_current=True).order_by("pk")
    work = _latest(working, "industry")

    def told(person: Person) -> dict[str, object]:
        return {
            "class_year": person.class_year,
            "country": person.country,
            "field_of_study": studies.get(person.pk),
            "industry": work.get(person.pk),
        }

    found = {}
    for each in applications:
        said: dict[str, object] = (
            dict(told(behind[each.person_id])) if each.person_id in behind else {}
        )
        said |= {name: value for name, value in told(each.person).items() if value}
        answers = answers_asked_for(each)  # a draft keeps what is hidden, until it is sent
        said |= {name: value for name, value in answers.items() if value not in ("", None)}
        said = for_matching(said, each.cohort.starts_on)
        said |= {"on_roll": known[each.person_id].is_on_roll or known[each.person_id].is_linked}
        found[each.pk] = said | {"verified": known[each.person_id].is_verified}
    return found


def _latest(rows: QuerySet[Education] | QuerySet[Position], name: str) -> dict[int, object]:
    return dict(rows.values_list("person", name))


def must_be_known(application: Application) -> bool:
    """Tell if the design lets in only people of whom somebody knows who they are, and nobody does of this one."""
    return any(each.rule.kind in WHO_THEY_ARE for each in judgement_of(application).unknown)


def applications_to_judge() -> QuerySet[Application]:
    """Sent applications that were never judged, or by another version of the design."""
    rows = Application.objects.filter(status__in=JUDGED)
    stale = Q(judged_by=None) | ~Q(judged_by=F("cohort__design"))
    return rows.filter(stale).select_related("person", "cohort__design").order_by("pk")
