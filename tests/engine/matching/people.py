"""A made-up cohort in which every kind of criterion and rule has something to do."""

import numpy as np

from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    TextMethod,
)

CRITERIA = (
    Criterion("help", CriterionKind.TOPICS, "topics", "topics", 30),
    Criterion("way", CriterionKind.CATEGORY, "way", "way", 5),
    Criterion("trade", CriterionKind.HIERARCHY, "trade", "trade", 12),
    Criterion("clock", CriterionKind.TIMEZONE, "time_zone", "time_zone", 7),
    Criterion("tongue", CriterionKind.LANGUAGE, "languages", "languages", 4),
    Criterion("lead", CriterionKind.GAP, "years", "years", 9),
    Criterion("self", CriterionKind.OPT_IN, "identity", "identity", 4),
    Criterion("words", CriterionKind.TEXT, "about", "about", 10),
    Criterion("themes", CriterionKind.TEXT, "about", "about", 5, method=TextMethod.THEMES),
    Criterion("choice", CriterionKind.RANKED, "choices", "key", 8),
    Criterion("hours", CriterionKind.AVAILABILITY, "free", "free", 6),
)
CONSTRAINTS = (
    Constraint("tongue", ConstraintKind.COMMON_LANGUAGE),
    Constraint("clocks", ConstraintKind.MAX_HOURS_APART, 9),
    Constraint("boss", ConstraintKind.NOT_SAME, "employer"),
    Constraint("senior", ConstraintKind.MIN_GAP, 1),
    Constraint("campus", ConstraintKind.MUST_SHARE, "campus"),
    Constraint("not them", ConstraintKind.AVOID),
)
DESIGN = Design(criteria=CRITERIA, constraints=CONSTRAINTS, floor=250_000)
CHOICES = {
    "way": ("listens", "challenges", "opens doors"),
    "trade": ("Health > Care", "Health > Biotech", "Law", "Arts > Film", "Arts > Music > Jazz"),
    "time_zone": ("Europe/Berlin", "Asia/Tokyo", "America/New_York", "Africa/Lagos"),
    "employer": ("Acme", "Beta", "Gamma", "Delta"),
    "campus": ("North", "South"),
    "free": ("Mon 18-20", "weekends", "Tue, Thu evenings", "weekday lunch"),
}
LISTS = {
    "topics": ("Work > Pay", "Work > Law", "Work", "Python", "Speaking", "Moving abroad"),
    "languages": ("English", "German", "Japanese", "Yoruba"),
    "identity": ("first generation", "parent"),
}
WORDS = [
    "wind",
    "sea",
    "data",
    "law",
    "film",
    "jazz",
    "nurse",
    "code",
    "chess",
    "river",
    "bread",
    "glass",
    "paper",
    "stone",
    "cloud",
]


def cohort(mentees: int, mentors: int, seed: int = 1) -> tuple[list[Mentee], list[Mentor]]:
    """Draw people who answer most questions, in every combination."""
    rng = np.random.default_rng(seed)
    told = [
        Mentee(f"e{n:03}", answers(rng, n, is_mentor=False, others=mentors)) for n in range(mentees)
    ]
    offered = [
        Mentor(f"m{n:03}", answers(rng, n, is_mentor=True, others=mentees), int(rng.integers(0, 4)))
        for n in range(mentors)
    ]
    return told, offered


def answers(rng: np.random.Generator, number: int, *, is_mentor: bool, others: int) -> dict:
    said: dict = {name: str(rng.choice(values)) for name, values in CHOICES.items()}
    for name, values in LISTS.items():
        size = int(rng.integers(1, len(values) + 1))
        said[name] = tuple(rng.choice(values, size, replace=False).tolist())
    if is_mentor or number % 3:
        said["topics"] = {topic: int(rng.integers(1, 4)) for topic in said["topics"]}
    said["years"] = int(rng.integers(5, 30) if is_mentor else rng.integers(0, 9))
    said["about"] = " ".join(rng.choice(WORDS, 8))
    other = "e" if is_mentor else "m"
    said["avoid"] = (f"{other}{int(rng.integers(others)):03}",) if number % 5 == 0 else ()
    if not is_mentor:
        said["choices"] = tuple(
            f"m{k:03}" for k in rng.choice(others, min(3, others), replace=False)
        )
    return {name: answer for name, answer in said.items() if rng.random() < 0.85}
