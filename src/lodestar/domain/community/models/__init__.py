from lodestar.domain.community.models.interests import (
    InterestGroup,
    Membership,
    Post,
    PostReport,
)
from lodestar.domain.community.models.news import NewsPiece

__all__ = ["InterestGroup", "Membership", "NewsPiece", "Post", "PostReport"]
