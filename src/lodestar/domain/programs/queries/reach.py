"""How many people of the roll is an audience made of?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from lodestar.domain.people.models import Person
from lodestar.domain.programs import rules
from lodestar.domain.programs.models import Audience

LAST_YEAR = 9999
SMALLEST_ROLL = 30


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people of the roll an audience has; `unknown` may be in it, the roll does not say."""

    inside: int
    unknown: int
    everybody: int


def asks_anything(audience: Audience) -> bool:
    """Whether an audience leaves anybody out."""
    return any(getattr(audience, name) for name in rules.AUDIENCE_RULES)


def meets(audience: Audience) -> Q:
    """Return the condition on the roll that is met by whoever an audience is made of."""
    met = Q()
    for is_met, _is_unknown in _rules_on_the_roll(audience):
        met &= is_met
    return met


def may_meet(audience: Audience) -> Q:
    """Return the condition on the roll that is met by whoever an audience may be made of, as far as it knows."""
    met = Q()
    for is_met, is_unknown in _rules_on_the_roll(audience):
        met &= is_met | is_unknown
    return met


def reach_of(audience: Audience) -> Reach:
    """Count the people on the roll for whom a design is made in one role."""
    roll = Person.objects.filter(blocked_at=None)
    inside = roll.filter(meets(audience)).distinct().count()
    return Reach(inside, roll.filter(may_meet(audience)).distinct().count() - inside, roll.count())


def people_on_roll() -> int:
    """Count whom a list of the office, or the roll, has brought."""
    return Person.objects.filter(blocked_at=None).exclude(source="joined").count()


def nowhere_on_the_roll(audience: Audience) -> list[str]:
    """Return the countries of an audience in which the roll knows nobody: often a slip of the pen."""
    known = Person.objects.filter(blocked_at=None).exclude(country="").order_by()
    homes = {country.casefold() for country in known.values_list("country", flat=True).distinct()}
    return [country for country in audience.countries if country.casefold() not in homes]


def possible_by_role(audiences: Sequence[Audience]) -> dict[str, int]:
    """Count who may be in each audience that leaves anybody out; a roll not yet imported says nothing."""
    reaches = {each.role: reach_of(each) for each in audiences if asks_anything(each)}
    return {
        role: r.inside + r.unknown for role, r in reaches.items() if r.everybody >= SMALLEST_ROLL
    }


def _rules_on_the_roll(audience: Audience) -> list[tuple[Q, Q]]:
    """Return each rule of an audience as who meets it, and of whom the roll does not know."""
    found = []
    first, last = audience.class_year_from, audience.class_year_to
    if first or last:
        met = Q(class_year__gte=first or 0) & Q(class_year__lte=last or LAST_YEAR)
        found.append((met, Q(class_year=None)))
    if audience.countries:
        found.append((_any_of("country__iexact", audience.countries), Q(country="")))
    if audience.fields_of_study:
        met = _any_of("educations__field__icontains", audience.fields_of_study)
        found.append((met, Q(educations=None) | Q(educations__field="")))
    if audience.industries:
        met = _any_of("positions__industry__icontains", audience.industries)
        found.append((met, Q(positions=None) | Q(positions__industry="")))
    return found


def _any_of(lookup: str, values: list[str]) -> Q:
    found = Q()
    for value in values:
        found |= Q(**{lookup: value})
    return found
