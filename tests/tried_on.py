"""How many examples a property is tried on."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import settings

SHARE = 1 if os.environ.get("LODESTAR_THOROUGH") else 4


def tried_on(examples: int) -> Callable[[Any], Any]:
    """Try a property on so many examples; on a quarter of them in the quick suite.

    The whole of CI sets LODESTAR_THOROUGH and tries all of them.
    """
    return settings(max_examples=max(5, examples // SHARE), deadline=None)
