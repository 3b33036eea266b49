"""How does a query find one row or say that there is none?"""

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet

from lodestar.domain.common.errors import NotFoundError

M = TypeVar("M", bound=Model)


def one(rows: QuerySet[M], **conditions: Any) -> M:
    """Return the only row that meets the conditions; anything else is not found.

    PostgreSQL keeps no text with a zero in it and raises where SQLite finds nothing.
    """
    if any("\x00" in value for value in conditions.values() if isinstance(value, str)):
        raise NotFoundError
    try:
        return rows.get(**conditions)
    except (ObjectDoesNotExist, ValidationError, ValueError, OverflowError) as error:
        raise NotFoundError from error
