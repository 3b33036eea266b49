"""What does a long computation find, and with which sentence does it end where it finds nothing?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings

from lodestar.engine.limits import (
    ChildBrokeError,
    ChildTookTooLongError,
    OutOfMemoryError,
    run_limited,
)
from lodestar.engine.matching.problem import MatchingError

R = TypeVar("R")


class NoResultError(Exception):
    """There is no result; the message is the sentence for the coordinators."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a computation may take, and what is said when it took longer or needed too much memory.

    Both sentences may name the %(seconds)d and the %(size)d in MiB.
    """

    seconds: float
    too_long: str
    too_large: str


def found_within(
    limits: Limits,
    function: Callable[..., R],
    arguments: Callable[[], Sequence[object]],
    options: Mapping[str, object],
    hear: Callable[[float], None] | None = None,
) -> R:
    """Compute in a child process, without any transaction; `arguments` are made of what was frozen.

    Raises NoResultError with a sentence, or ChildBrokeError where it died without an answer.
    """
    told = {"seconds": limits.seconds, "size": settings.MATCHING_MIB}
    try:
        return run_limited(
            function,
            arguments(),
            options,
            seconds=limits.seconds,
            mebibytes=settings.MATCHING_MIB,
            hear=hear,
        )
    except MatchingError as refusal:
        raise NoResultError(str(refusal)) from refusal
    except ChildTookTooLongError as error:
        raise NoResultError(limits.too_long % told) from error
    except OutOfMemoryError as error:
        raise NoResultError(limits.too_large % told) from error


__all__ = ["ChildBrokeError", "Limits", "NoResultError", "found_within"]
