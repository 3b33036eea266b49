"""Which tests does the quick suite leave to the whole of CI?

Those that were seen to take longer than a moment; they stand in `slow.txt`. They run where they are
asked for by name, and all of them in the whole of CI. `LODESTAR_MEASURE=1 ./lodestar test` runs
everything and writes the list anew.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.tried_on import THOROUGH

A_MOMENT = 0.15  # seconds
SLOW = Path(__file__).with_name("slow.txt")
MEASURES = bool(os.environ.get("LODESTAR_MEASURE"))
IS_QUICK = "LODESTAR_QUICK"


def pytest_configure(config: pytest.Config) -> None:
    """Tell the processes of the suite, which inherit this, whether all of it was asked for."""
    if hasattr(config, "workerinput"):
        return
    all_of_it = config.args_source == pytest.Config.ArgsSource.TESTPATHS
    is_quick = all_of_it and not (THOROUGH or MEASURES or config.option.keyword)
    os.environ[IS_QUICK] = "1" if is_quick else ""
    if MEASURES:
        config.pluginmanager.register(Stopwatch())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get(IS_QUICK):
        return
    slow = set(SLOW.read_text(encoding="utf-8").splitlines())
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in slow])
    items[:] = [item for item in items if item.nodeid not in slow]


class Stopwatch:
    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.seconds[report.nodeid] = report.duration

    def pytest_sessionfinish(self) -> None:
        slow = sorted(name for name, seconds in self.seconds.items() if seconds > A_MOMENT)
        SLOW.write_text("".join(f"{name}\n" for name in slow), encoding="utf-8")
