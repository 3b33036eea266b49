"""How many examples a property is tried on."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

THOROUGH = os.environ.get("LODESTAR_THOROUGH", "")
IS_WHOLE = bool(THOROUGH)
SHARE = {"": 8, "all": 1}.get(THOROUGH, 2)
in_the_whole_of_ci = pytest.mark.skipif(
    not IS_WHOLE,
    reason="It takes seconds, so it is tried in the whole of CI: LODESTAR_THOROUGH=1.",
)


def tried_on(examples: int) -> Callable[[Any], Any]:
    """Try a property on so many examples; on an eighth of them in the quick suite, and on five at least.

    The whole of CI sets LODESTAR_THOROUGH and tries half of them; set to "all" it tries every one.
    """
    return settings(max_examples=max(5, examples // SHARE), deadline=None)
