"""What a child process may be asked to do; it imports no Django."""

import os


def add(left, *, right):
    return left + right


def refuse():
    raise ValueError("one sentence for people")


def grow(*_arguments, **_options):
    return len(bytearray(6 * 1024**3))


def spin(*_arguments, **_options):
    while True:
        pass


def die(*_arguments, **_options):
    os._exit(9)


def count(most, *, tell):
    for done in range(most):
        tell(done / most)
    return most


def count_for_ever(*, tell):
    while True:
        tell(0.5)


def die_told(*_arguments, tell, **_options):
    tell(0.5)
    os._exit(9)


def forecast_little(*arguments, **options):
    from lodestar.engine.simulation.forecast_report import forecast_pool

    return forecast_pool(*arguments, draws=5, **options)
