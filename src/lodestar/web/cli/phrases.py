"""Says why somebody has no mentor, and what would help, in a sentence each."""

from pathlib import Path

from lodestar.engine.matching.certificate import Certificate
from lodestar.engine.matching.left_out import (
    LEFT_FOR_LISTS,
    LEFT_FOR_STABLE,
    LEFT_FOR_TOTAL,
    MORE_MENTORS,
    MORE_PLACES,
    MORE_TIME,
    NO_ELIGIBLE_MENTOR,
    RELAX_RULE,
    SEARCH_STOPPED,
    SERVE_FIRST,
    SERVE_MOST,
    Unmatched,
)

KEPT = {"blocked", "past_pair", "banned", "avoid", "same_person"}
LEFT = {
    LEFT_FOR_TOTAL: "The objective is the largest total, and it is larger without this match.",
    LEFT_FOR_STABLE: "A place for them would part two people who would rather have each other.",
    LEFT_FOR_LISTS: "The places they could have went to matches of the ranked lists.",
    SEARCH_STOPPED: "The search was stopped before it could tell whether there is a place for them.",
}


def counted(count: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "mentor"), counted(2_000, "place")
    ('1 mentor', '2,000 places')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def reason_sentence(person: Unmatched) -> str:
    """Return why.

    >>> reason_sentence(Unmatched("a", "no_eligible_mentor", "relax_rule", rules={"too_far": 3}))
    'No eligible mentor: too_far rules out 3.'
    """
    if person.reason == NO_ELIGIBLE_MENTOR:
        ruled = ", ".join(f"{rule} rules out {count}" for rule, count in person.rules.items())
        return f"No eligible mentor: {ruled}." if ruled else "No eligible mentor."
    if person.reason in LEFT:
        return LEFT[person.reason]
    if person.everyone:
        return (
            f"Places short: {counted(person.mentees, 'mentee')}, {counted(person.places, 'place')}."
        )
    return (
        f"{counted(person.mentees, 'mentee')} can only be served by "
        f"{counted(person.mentors, 'mentor')} with {counted(person.places, 'place')}."
    )


def help_sentence(person: Unmatched) -> str:
    """Return what would help."""
    short = person.mentees - person.places
    sentences = {
        RELAX_RULE: _relaxing(person),
        MORE_MENTORS: "Find a mentor.",
        SERVE_FIRST: "Choose the objective served.",
        SERVE_MOST: "Give up some matches of the lists: --serve-most.",
        MORE_TIME: "Give it more --seconds.",
        MORE_PLACES: (
            f"{counted(short, 'more place')}"
            + (
                "."
                if person.everyone
                else " with these mentors, or others whom these mentees may meet."
            )
        ),
    }
    return sentences[person.help]


def summary(proof: Certificate, out: Path) -> str:
    """Say in one line how many are served, and whether that is proven best."""
    proven = "proven best" if proof.is_proven else f"not proven, gap {proof.gap:,}"
    return (
        f"{proof.matched:,} of {proof.mentees:,} mentees have a mentor "
        f"({counted(proof.mentors, 'mentor')}, {counted(proof.places, 'place')}; "
        f"total {proof.total:,}; {proven}). "
        f"The results are in {out}."
    )


def _relaxing(person: Unmatched) -> str:
    """Name the first rule that may be relaxed; what people want of one another may not."""
    rule = next((rule for rule in person.rules if rule not in KEPT), "")
    return f"Relax {rule}, or find a mentor who meets it." if rule else "Find another mentor."
