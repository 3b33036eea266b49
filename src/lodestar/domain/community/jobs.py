"""What is due when news has come out?"""

from datetime import datetime

from lodestar.domain.common.apart import each_apart
from lodestar.domain.community.actions import news as actions
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.community.queries import news as queries


def write_news_letters(now: datetime) -> int:
    """Queue the letters of all news that is out, batch by batch; return how many pieces had some."""

    def write(piece: NewsPiece) -> bool:
        batches = 0
        while actions.write_letters(piece, now=now):
            batches += 1
        return batches > 0

    return each_apart(queries.news_owing_letters(now), write)
