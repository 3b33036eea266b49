"""How does a room say no?"""


class NotFoundError(Exception):
    """There is no such thing, or this person may not know of it; both look alike."""


class RefusedError(Exception):
    """The rules forbid this change; the message is a sentence for the person who asked."""
