"""What does somebody look for?"""

from dataclasses import dataclass, fields

from lodestar.domain.directory.rules.listing import term_of

FREE, LATER, KEPT, SET_ASIDE = "", "later", "kept", "not-for-me"
SHOWS = (FREE, LATER, KEPT, SET_ASIDE)
BY_TERM = ("topic", "study", "work", "industry", "place", "language", "style")


@dataclass(frozen=True, slots=True)
class Wish:
    """Words and filters; what is blank asks nothing. `together` are waking hours in common."""

    text: str = ""
    topic: str = ""
    study: str = ""
    work: str = ""
    industry: str = ""
    place: str = ""
    language: str = ""
    style: str = ""
    together: int | None = None
    hours: int | None = None
    show: str = FREE

    @property
    def terms(self) -> list[str]:
        """Return what one filters by, as listings keep it."""
        told = ((kind, getattr(self, kind)) for kind in BY_TERM)
        return [term_of(kind, value) for kind, value in told if value]

    @property
    def is_blank(self) -> bool:
        return all(getattr(self, each.name) in ("", None) for each in fields(self))
