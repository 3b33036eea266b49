"""Says in words what rated matches teach about the weights, and what they do not."""

from lodestar.engine.learning.backtest import BackTest, Comparison
from lodestar.engine.learning.weights import Caution, Kept, LearnedWeights, Standing

CAUTIONS = {
    Caution.ONLY_MATCHED_PAIRS: "Only matched pairs have ratings: nothing is known of pairs that were never made.",
    Caution.MANY_UNRATED: "Fewer than half of the pairs were rated; those who answer may differ from those who do not.",
    Caution.ONE_SIDE: "Only one side rated.",
    Caution.MOSTLY_TOP_RATINGS: "Most ratings are the highest there is, which tells little apart.",
    Caution.MENTORS_UNKNOWN: "The mentors are not named, so a liked mentor cannot be told from a good fit.",
    Caution.FEW_MENTORS: "There are fewer than ten mentors, so a liked mentor is hard to tell from a good fit.",
    Caution.SCORE_SAYS_LITTLE: "The score as a whole says little about the ratings.",
}


def learned_sentences(learned: LearnedWeights) -> list[str]:
    """Return what was learned, the weights that would change, and the cautions."""
    cautions = [CAUTIONS[caution] for caution in learned.cautions]
    return [standing_sentence(learned), *weight_sentences(learned), *cautions]


def standing_sentence(learned: LearnedWeights) -> str:
    """Say how far the ratings carry.

    >>> standing_sentence(LearnedWeights(Standing.TOO_FEW, 12, 8, ()))
    '8 of 12 pairs were rated: too few to say anything. 22 more are needed.'
    """
    said = f"{learned.rated:,} of {learned.pairs:,} pairs were rated"
    more = learned.missing_ratings
    match learned.standing:
        case Standing.TOO_FEW:
            return f"{said}: too few to say anything. {more} more are needed."
        case Standing.NOTHING_TO_LEARN:
            return f"{said}, but fewer than two criteria differ between pairs: there is nothing to learn."
        case Standing.SHOWING:
            return (
                f"{said}: enough for estimates, too few for a proposal. {more} more are needed. "
                "The weights stay as they are."
            )
        case Standing.NOT_BETTER:
            return (
                f"{said}. Other weights did not foretell ratings they had not seen clearly better "
                "than yours: the weights stay as they are."
            )
    return (
        f"{said}. Other weights foretold ratings they had not seen clearly better than yours: "
        "look at the proposal, and take it only if it makes sense to you."
    )


def weight_sentences(learned: LearnedWeights) -> list[str]:
    """Return a line for each criterion, in basis points of 10,000."""
    proposal = dict(zip((e.name for e in learned.estimates), learned.proposal, strict=False))
    found = []
    for estimate in learned.estimates:
        line = f"  {estimate.name}: {estimate.designer:,} now"
        if estimate.kept is Kept.DEMOGRAPHIC:
            line += ", never learned"
        elif estimate.kept is Kept.NO_VARIATION:
            line += ", the same for all pairs"
        else:
            line += f", the ratings suggest {estimate.learned:,} ({estimate.low:,} to {estimate.high:,})"
        found.append(line + (f"; proposed {proposal[estimate.name]:,}" if proposal else ""))
    return found


def back_test_sentences(tested: BackTest) -> list[str]:
    """Return how weights learned before each cohort would have done on it."""
    if tested.correlation is None or tested.ordering is None:
        return [
            "Tested forward in time: too few ratings to say. A step needs 30 rated pairs before it "
            "and 20 in its cohort."
        ]
    return [
        f"Tested forward in time on {tested.tested_on:,} pairs that were not learned from:",
        f"  agreement with the ratings (rank correlation): {compared(tested.correlation)}",
        f"  a good pair scores above a weaker one (share): {compared(tested.ordering)}",
    ]


def compared(comparison: Comparison) -> str:
    gain = comparison.gain
    return (
        f"{comparison.designer:.2f} with your weights, {comparison.learned:.2f} with learned ones "
        f"(difference {gain.value:+.2f}, from {gain.low:+.2f} to {gain.high:+.2f})"
    )
