"""What does a match keep of a pair that the engine explained?"""

from typing import Any

from lodestar.engine.matching.explanation import MatchedPair


def told_of(pair: MatchedPair, fields: dict[str, str]) -> dict[str, Any]:
    """Return it as fields; `fields` say by criterion which answer it reads."""
    return {
        "score": pair.score,
        "contributions": [[name, points] for name, points in pair.contributions.items()],
        "reasons": [
            {
                "criterion": reason.criterion,
                "field": fields.get(reason.criterion, ""),
                "kind": str(reason.kind),
                "code": reason.code,
                "values": list(reason.values),
            }
            for reason in pair.reasons
        ],
        "alternatives": [[mentor, score] for mentor, score in pair.alternatives],
        "coverage": pair.coverage,
        "rank": pair.rank,
        "is_pinned": pair.pinned,
        "broken_rule": pair.broken_rule or "",
    }
