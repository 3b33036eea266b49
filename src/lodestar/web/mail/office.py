"""How is an office called in a letter, and where is its thread?"""

from lodestar.domain.office.models import Thread
from lodestar.domain.people.queries import association
from lodestar.web.mail.links import page_url


def called(thread: Thread) -> str:
    """Return the name of the program, or of the association, that somebody wrote to."""
    return thread.program.called if thread.program else association().name


def page_of(thread: Thread) -> str:
    """Return where its person reads a thread."""
    if thread.program is None:
        return page_url("portal:office-association")
    return page_url("portal:office-program", thread.program.slug)
