"""How many examples a property is tried on."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

THOROUGH = os.environ.get("LODESTAR_THOROUGH", "")
SHARE = {"": 8, "all": 1}.get(THOROUGH, 4)

# A busy machine is slow, and that is no property of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def tried_on(examples: int) -> Callable[[Any], Any]:
    """Try a property on so many examples; on an eighth of them in the quick suite, and on five at least.

    The whole of CI sets LODESTAR_THOROUGH and tries a quarter of them; set to "all" it tries every one.
    """
    return settings(max_examples=max(5, examples // SHARE))
