"""How is news written, published, changed and withdrawn?"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.community.queries import news as queries
from lodestar.domain.community.rules import news as rules
from lodestar.domain.messaging.actions import keep_from_leaving, queue_letters
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Program

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewsWish:
    """What somebody wants to tell, and to whom."""

    title: str
    text: str
    language: str
    program: Program | None = None
    cohort: Cohort | None = None
    role: str = ""
    class_year_from: int | None = None
    class_year_to: int | None = None
    countries: Sequence[str] = ()
    fields_of_study: Sequence[str] = ()
    industries: Sequence[str] = ()


WORDS = ("title", "text", "language")


def as_piece(wish: NewsWish, piece: NewsPiece | None = None) -> NewsPiece:
    """Return the piece that a wish describes, not stored: for counting, previewing and keeping."""
    piece = piece or NewsPiece()
    for field in fields(wish):
        said = getattr(wish, field.name)
        setattr(piece, field.name, list(said) if isinstance(said, tuple) else said)
    if piece.cohort is not None:
        piece.program = piece.cohort.program
    return piece


@transaction.atomic
def write_news(wish: NewsWish, *, by: Person) -> NewsPiece:
    """Keep a draft; nobody reads it yet."""
    piece = as_piece(wish)
    piece.written_by = by
    kept(piece, by=by)
    record("news.written", piece, by=by)
    return piece


@transaction.atomic
def change_news(piece: NewsPiece, wish: NewsWish, *, by: Person) -> NewsPiece:
    """Change a piece; once it is out only its words change, and readers see that they did."""
    piece, now = locked_for(piece, by), current_time()
    if not rules.can_change(piece, now):
        raise RefusedError(_("This news was withdrawn. Nothing was changed."))
    if rules.is_told(piece, now):
        before = [getattr(piece, name) for name in WORDS]
        for name in WORDS:
            setattr(piece, name, getattr(wish, name))
        if before != [getattr(piece, name) for name in WORDS]:
            piece.edited_at = now
    else:
        piece = as_piece(wish, piece)
    kept(piece, by=by)
    record("news.changed", piece, by=by)
    return piece


def kept(piece: NewsPiece, *, by: Person) -> None:
    if not queries.may_write_for(by, piece.program):
        raise NotFoundError
    if why_not := rules.why_not_for(piece):
        raise RefusedError(why_not)
    piece.full_clean()
    piece.save()


def locked_for(piece: NewsPiece, by: Person) -> NewsPiece:
    """Return the piece as it is now, if it is this person's to look after."""
    piece = piece.locked()
    if not queries.may_write_for(by, piece.program):
        raise NotFoundError
    return piece


@transaction.atomic
def publish_news(
    piece: NewsPiece, *, by: Person, by_letter: bool, at: datetime | None = None
) -> NewsPiece:
    """Let a piece come out, now or at a moment; of two who publish it at once, one does."""
    piece, now = locked_for(piece, by), current_time()
    if why_not := rules.why_not_at(at, now):
        raise RefusedError(why_not)
    drafts = NewsPiece.objects.filter(pk=piece.pk, published_at=None)
    if not rules.can_publish(piece, now) or not drafts.update(
        published_at=at or now, by_letter=by_letter
    ):
        raise RefusedError(_("This news is published already. Nothing was changed."))
    piece.refresh_from_db()
    record("news.published", piece, by=by, by_letter=by_letter, is_planned=at is not None)
    wake("write_news_letters")
    return piece


@transaction.atomic
def put_off_news(piece: NewsPiece, *, by: Person) -> NewsPiece:
    """Make a planned piece a draft again."""
    piece, now = locked_for(piece, by), current_time()
    planned = NewsPiece.objects.filter(pk=piece.pk, published_at__gt=now)
    if not rules.can_put_off(piece, now) or not planned.update(published_at=None):
        raise RefusedError(_("This news is out already. Nothing was changed."))
    piece.refresh_from_db()
    record("news.put_off", piece, by=by)
    return piece


@transaction.atomic
def withdraw_news(piece: NewsPiece, *, by: Person) -> NewsPiece:
    """Take a piece from everybody's pages; letters that have not left never do."""
    piece, now = locked_for(piece, by), current_time()
    if not rules.can_withdraw(piece, now):
        raise RefusedError(_("This news is not out. Nothing was changed."))
    piece.withdrawn_at = now
    piece.save()
    keep_from_leaving(letters_about(piece), why=_("The news was withdrawn."))
    record("news.withdrawn", piece, by=by)
    return piece


@transaction.atomic
def discard_news(piece: NewsPiece, *, by: Person) -> None:
    """Throw a draft away."""
    piece = locked_for(piece, by)
    if not rules.can_discard(piece, current_time()):
        raise RefusedError(_("Only a draft can be thrown away. Nothing was changed."))
    record("news.discarded", piece, by=by)
    piece.delete()


def letters_about(piece: NewsPiece) -> QuerySet[Letter]:
    return Letter.objects.filter(about_kind=piece._meta.label_lower, about_key=piece.public_id)


@transaction.atomic
def write_letters(piece: NewsPiece, *, now: datetime) -> bool:
    """Queue the next letters of a piece, and note how far it has come; False once there are no more.

    Rows and note are one transaction, and a letter's key is its person's: two at once queue no letter twice.
    """
    piece = piece.locked()
    if not rules.owes_letters(piece, now):
        return False
    people = queries.people_to_write_to(piece).filter(pk__gt=piece.letters_up_to)
    some = list(people.order_by("pk")[:AT_ONCE])
    progress = NewsPiece.objects.filter(pk=piece.pk, letters_up_to=piece.letters_up_to)
    if not some:
        progress.update(letters_done_at=now)
        return False
    if not progress.update(letters_up_to=some[-1].pk):
        return False
    queue_letters(
        queries.NEWS,
        [(each, piece, f"news:{piece.public_id}:{each.public_id}") for each in some],
        urgency=Letter.Urgency.CAMPAIGN,
    )
    return True
