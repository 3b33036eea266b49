"""Who are the test people of a rehearsal? Always the same ones, and nobody could take them for real."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from lodestar.demo.cast import Figure, figure
from lodestar.demo.words import HOPES, STYLES, hopes_of, offers_of
from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.forms.rules import invented
from lodestar.domain.people.actions.accounts import admit
from lodestar.domain.people.actions.profile import keep_profile
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Audience, Design
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.defaults import topic_names

MENTOR, MENTEE = RoleInCohort.MENTOR, RoleInCohort.MENTEE
# Names that have broken letters elsewhere: other scripts, no surname, very long ones, marks within a word.
SPECIAL = {
    MENTOR: (("Amal", "Probe"), ("أمل", "تجربة"), ("Kim", ""), ("Maximiliana-Theodora", "von und zu Probenhausen-Testfelde"), ("Siobhán", "O’Test"), ("李", "试演")),
    MENTEE: (("Yusuf", "Muster"), ("نور", "مثال"), ("Bo", ""), ("Wilhelmine Friederike", "Beispielsberger-Musterfrau"), ("Zoë", "d’Essai"), ("試", "太郎")),
}  # fmt: skip
GIVEN = {
    MENTOR: ("Ada", "Bruno", "Chidi", "Dagny", "Emre", "Farida", "Goran", "Hedda", "Ivo", "Joy", "Kofi", "Lena"),
    MENTEE: ("Mara", "Nils", "Oyuki", "Pia", "Quim", "Rana", "Sana", "Tariq", "Una", "Vera", "Wim", "Yara"),
}  # fmt: skip
FAMILY = {
    MENTOR: ("Sample", "Ejemplo", "Testsson", "Proof"),
    MENTEE: ("Tryout", "Esempio", "Testova", "Pretend"),
}
YEARS_AGO = {MENTOR: (30, 10), MENTEE: (7, 1)}
A_GENERATION = 12
LEAVES_BLANK = 4  # every fourth tells only what has to be told
OPTIONAL = ("employer", "style", "hours_per_month", "field_of_study")


@dataclass
class Player:
    """One test person: what they say of themselves, and what they will do."""

    key: str
    role: str
    figure: Figure
    answers: dict[str, object]
    answer_share: float
    declines: bool = False
    is_silent: bool = False
    drops_out: bool = False
    never_meets: bool = False
    is_late: bool = False
    person: Person | None = None

    @property
    def here(self) -> Person:
        if self.person is None:
            raise LookupError(f"{self.key} has not joined yet.")
        return self.person


def names_of(role: str, count: int) -> list[tuple[str, str]]:
    """Return so many names, each once, the difficult ones first.

    >>> names_of("mentor", 3)
    [('Amal', 'Probe'), ('أمل', 'تجربة'), ('Kim', '')]
    """
    given, family = GIVEN[RoleInCohort(role)], FAMILY[RoleInCohort(role)]
    plain = [
        (name, family[(place + turn) % len(family)])
        for turn in range(len(family))
        for place, name in enumerate(given)
    ]
    return [*SPECIAL[RoleInCohort(role)], *plain][:count]


def players_of(given: Mapping[str, Any], design: Design, year: int) -> list[Player]:
    """Return the whole cast with its fates; mentors first."""
    dice, fates = Random(given["seed"]), given["fates"]  # noqa: S311  test people need no secrets
    mentors = [player(MENTOR, n, name, design, dice, year) for n, name in enumerate(names_of(MENTOR, given["mentors"]), 1)]  # fmt: skip
    mentees = [player(MENTEE, n, name, design, dice, year) for n, name in enumerate(names_of(MENTEE, given["mentees"]), 1)]  # fmt: skip
    for each in mentors:
        each.answer_share = fates["mentors_answer"]
    for each in mentees:
        each.answer_share = fates["mentees_answer"]
    deal(mentors, dice, declines=fates["mentors_decline"], is_silent=fates["mentors_silent"])
    deal(
        mentees,
        dice,
        is_silent=fates["mentees_silent"],
        never_meets=fates["never_meet"],
        drops_out=fates["drop_out"],
        is_late=1,
    )
    return [*mentors, *mentees]


def deal(players: list[Player], dice: Random, **counts: int) -> None:
    """Give each fate to so many, one fate a person; with too few people the last fates fall to nobody."""
    free = players.copy()
    dice.shuffle(free)
    for fate, count in counts.items():
        for _turn in range(min(count, len(free))):
            setattr(free.pop(), fate, True)


def player(
    role: str, number: int, name: tuple[str, str], design: Design, dice: Random, year: int
) -> Player:
    audience = design.audiences.filter(role=role).first() or Audience(role=role)
    someone = figure(number, " ".join(name), dice, years=years_for(audience, year))
    key = f"{role}-{number}"
    someone = replace(
        someone, given_name=name[0], family_name=name[1], email=f"{key}@rehearsal.invalid"
    )
    answers = fitted(answers_of(someone, role, design, dice), audience, dice)
    form = form_of(design)
    if number % LEAVES_BLANK == 0:
        needed = {name for each in form if each.is_required for name in each.fields}
        blank = set(OPTIONAL) - needed
        answers = {name: value for name, value in answers.items() if name not in blank}
    answers = invented(form, role, answers, dice)
    return Player(key, role, someone, answers, answer_share=1.0)


def years_for(audience: Audience, year: int) -> tuple[int, int]:
    """Return the class years to draw from: those the design is for."""
    oldest, youngest = (year - ago for ago in YEARS_AGO[RoleInCohort(audience.role)])
    first, last = audience.class_year_from, audience.class_year_to
    if first and last:
        return first, max(first, last)
    if first:
        return first, max(first, min(youngest, first + A_GENERATION))
    return (max(oldest, last - A_GENERATION) if oldest < last else last, last) if last else (oldest, youngest)  # fmt: skip


def answers_of(someone: Figure, role: str, design: Design, dice: Random) -> dict[str, object]:
    """Return what a test person writes into the form, in the topics of this design."""
    city, country, zone, languages = someone.place
    topics = topic_names(design.topics) or [topic for topic, _text in HOPES]
    _topics, about = (offers_of if role == MENTOR else hopes_of)(someone, dice)
    chosen = dice.sample(topics, k=min(len(topics), 5 if role == MENTOR else 3))
    answers: dict[str, object] = {
        "topics": {topic: dice.choice((1, 2, 2, 3)) for topic in chosen} if role == MENTOR else chosen,
        "about": about,
        "industry": someone.field.industry,
        "function": someone.function,
        "employer": someone.employer,
        "field_of_study": someone.study,
        "languages": list(languages),
        "time_zone": zone,
        "country": country,
        "city": city,
        "class_year": someone.class_year,
        "style": [dice.choice(STYLES)],
        "hours_per_month": dice.choice((1, 2, 2, 3)),
        "matching_consent": True,
    }  # fmt: skip
    if role == MENTOR:
        answers["capacity"] = min(dice.choice((1, 1, 2)), design.capacity_maximum)
    return answers


def fitted(answers: dict[str, object], audience: Audience, dice: Random) -> dict[str, object]:
    """Move a test person into the audience of the design, where it is narrower."""
    for name, wanted in (
        ("country", audience.countries),
        ("field_of_study", audience.fields_of_study),
        ("industry", audience.industries),
    ):
        if wanted and answers[name] not in wanted:
            answers[name] = dice.choice(wanted)
    return answers


def join(player: Player) -> Person:
    """Let a test person sign in for the first time and say who they are."""
    person = admit(player.figure.email).person
    if person is None:
        raise LookupError(player.key)
    said = {
        name: player.answers[name]
        for name in ("city", "country", "time_zone", "languages", "class_year")
    }
    player.person = keep_profile(
        person,
        by=person,
        given_name=player.figure.given_name,
        family_name=player.figure.family_name,
        **said,
    )
    return player.person
