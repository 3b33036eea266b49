"""Threads with the office."""

from lodestar.domain.office.actions import write_to_office


def make_thread(person, program=None, *, text="May I ask something?"):
    """Return the thread in which somebody has written to the office."""
    return write_to_office(person, program, text=text).thread
