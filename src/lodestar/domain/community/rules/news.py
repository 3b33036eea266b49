"""In which state is a piece of news, and what may be done with it?"""

from datetime import datetime

from django.utils.translation import gettext as _

from lodestar.domain.community.models import NewsPiece

State = NewsPiece.State
NARROWING = ("class_year_from", "class_year_to", "countries", "fields_of_study", "industries")
WHOM = ("program_id", "cohort_id", "role", *NARROWING)


def state_of(piece: NewsPiece, now: datetime) -> NewsPiece.State:
    if piece.withdrawn_at is not None:
        return State.WITHDRAWN
    if piece.published_at is None:
        return State.DRAFT
    return State.PLANNED if piece.published_at > now else State.PUBLISHED


def is_told(piece: NewsPiece, now: datetime) -> bool:
    """Whether readers have it: then whom it is for stays as it is, and a change of its words leaves a mark."""
    return state_of(piece, now) == State.PUBLISHED


def can_change(piece: NewsPiece, now: datetime) -> bool:
    return state_of(piece, now) != State.WITHDRAWN


def can_publish(piece: NewsPiece, now: datetime) -> bool:
    return state_of(piece, now) == State.DRAFT


def can_withdraw(piece: NewsPiece, now: datetime) -> bool:
    return is_told(piece, now)


def can_put_off(piece: NewsPiece, now: datetime) -> bool:
    """What is planned becomes a draft again; nobody has read it."""
    return state_of(piece, now) == State.PLANNED


def can_discard(piece: NewsPiece, now: datetime) -> bool:
    return state_of(piece, now) == State.DRAFT


def owes_letters(piece: NewsPiece, now: datetime) -> bool:
    return piece.by_letter and piece.letters_done_at is None and is_told(piece, now)


def why_not_at(at: datetime | None, now: datetime) -> str:
    """Say why news cannot come out at a moment, or nothing; no moment is now."""
    return _("That moment has passed. Choose one that is still ahead.") if at and at < now else ""


def why_not_for(piece: NewsPiece) -> str:
    """Say why nobody can be meant by what was chosen, or nothing."""
    first, last = piece.class_year_from, piece.class_year_to
    if first and last and first > last:
        return _("The first class is later than the last.")
    if piece.role and piece.program is None:
        return _("Mentors and mentees belong to a program: choose one.")
    return ""
