"""Which tests does the quick suite leave to the whole of CI?

Those that were seen to take more than a moment's work; they stand in `slow.txt`. They run where they
are asked for by name, and all of them in the whole of CI. `LODESTAR_MEASURE=1 ./lodestar test` runs
everything and writes the list anew. Work is the processor's, so that a busy machine measures the same.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tried_on import THOROUGH

A_MOMENT = 0.15  # seconds of the processor's work
SLOW = Path(__file__).with_name("slow.txt")
MEASURES = bool(os.environ.get("LODESTAR_MEASURE"))
IS_QUICK = "LODESTAR_QUICK"
WORK = "work"


def pytest_configure(config: pytest.Config) -> None:
    """Tell the processes of the suite, which inherit this, whether all of it was asked for."""
    if MEASURES:
        config.pluginmanager.register(Stopwatch())
    if hasattr(config, "workerinput"):
        return
    all_of_it = config.args_source == pytest.Config.ArgsSource.TESTPATHS
    is_quick = all_of_it and not (THOROUGH or MEASURES or config.option.keyword)
    os.environ[IS_QUICK] = "1" if is_quick else ""
    if MEASURES:
        config.pluginmanager.register(SlowList())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get(IS_QUICK):
        return
    slow = set(SLOW.read_text(encoding="utf-8").splitlines())
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in slow])
    items[:] = [item for item in items if item.nodeid not in slow]


class Stopwatch:
    """Measures each test with the fixtures that are made for it alone."""

    def __init__(self) -> None:
        self.work = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        began = time.process_time()
        made = yield
        if fixturedef.scope == "function":
            self.work += time.process_time() - began
        return made

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        began = time.process_time()
        try:
            return (yield)
        finally:
            work, self.work = self.work + time.process_time() - began, 0.0
            item.user_properties.append((WORK, work))


class SlowList:
    """Collects what the processes measured, and writes the list."""

    def __init__(self) -> None:
        self.work: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.work[report.nodeid] = dict(report.user_properties).get(WORK, 0.0)

    def pytest_sessionfinish(self) -> None:
        slow = sorted(name for name, work in self.work.items() if work > A_MOMENT)
        SLOW.write_text("".join(f"{name}\n" for name in slow), encoding="utf-8")
