"""How do queued letters leave the house?"""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging import actions, queries, rules
from lodestar.domain.messaging.models import Letter, LetterWishes, Suppression
from lodestar.domain.people.rules import clock_of
from lodestar.web.mail.post import Fate, Post, Receipt
from lodestar.web.mail.registry import KINDS, held_kinds
from lodestar.web.mail.writing import write

LETTERS_A_LOOK = 500
logger = logging.getLogger("lodestar.mail")


def send_letters(now: datetime) -> int:
    """Send what is due, one letter at a time: claim, send outside any transaction, mark.

    One at a time, so that a killed worker leaves one letter in doubt and no more, and a sign-in
    code that arrives meanwhile goes before the rest.
    """
    actions.reclaim_letters(now, hold=held_kinds())
    count = 0
    with Post() as post:
        while letter := actions.claim_letter(current_time()):
            count += 1
            if not deliver(letter, post):
                return count
            if count >= LETTERS_A_LOOK:
                wake("send_letters")
                return count
    return count


def deliver(letter: Letter, post: Post) -> bool:
    """Send one claimed letter; False means that the server cannot take any more now."""
    to = queries.address_for(letter)
    if problem := why_dead(letter, to):
        actions.mark_dead(letter, problem=problem)
        return True
    if problem := why_held(letter, to):
        actions.mark_held(letter, problem=problem)
        return True
    if is_put_off(letter):
        return True
    try:
        mail = write(letter, to)
    except NotFoundError:  # what it is about was taken back, or is not its reader's any more
        actions.mark_dead(letter, problem=_("What it was about is not there any more."))
        return True
    except Exception as error:  # whatever is wrong with one letter must not stop the others
        logger.exception("letter %s cannot be written", letter.public_id)
        actions.try_later(letter, problem=f"{type(error).__name__}: {error}", now=current_time())
        return True
    return mark(letter, to, str(mail.subject), post.send(mail))


def why_dead(letter: Letter, to: str) -> str:
    """Return why this letter has no sense any more, or nothing."""
    if rules.is_too_late(letter, current_time()):
        return _("Too late: what it was about has passed.")
    if not to:
        return _("Its person has no address that we may use.")
    if queries.is_leaving(letter):
        return _("Its person has left.")
    if letter.kind not in KINDS:
        return _("Nobody knows how to write this kind of letter.")
    return ""


def why_held(letter: Letter, to: str) -> str:
    """Return which rule keeps this letter back at this moment, or nothing."""
    if queries.is_shut_out(letter, to):
        return _("The person no longer has access.")
    is_sign_in = letter.urgency == Letter.Urgency.SIGN_IN
    if queries.is_suppressed(to, even_bounced=not is_sign_in):
        return _("Its address asked for no more mail, or does not exist.")
    if KINDS[letter.kind].is_optional and not is_wanted(letter):
        return _("Its reader does not want letters of this kind.")
    return ""


def is_wanted(letter: Letter) -> bool:
    """Whether its reader wants this kind, and its whole topic."""
    if letter.person is None or not queries.wants(letter.person, letter.kind):
        return letter.person is None
    topic = KINDS[letter.kind].topic
    return not topic or getattr(queries.wishes_of(letter.person), topic) != LetterWishes.Pace.NONE


def is_put_off(letter: Letter) -> bool:
    """Keep a letter for its reader's daily one, or until their quiet hours are over, if they wish so."""
    kind = KINDS[letter.kind]
    if letter.person is None or letter.urgency == Letter.Urgency.SIGN_IN or kind.is_for_any_hour:
        return False
    wishes, now = queries.wishes_of(letter.person), current_time()
    if kind.topic and getattr(wishes, kind.topic) == LetterWishes.Pace.DAILY:
        return actions.gather(letter, now=now)
    until = rules.quiet_until(wishes, clock_of(letter.person), now)
    return until is not None and actions.put_off(letter, until=until)


def mark(letter: Letter, to: str, subject: str, receipt: Receipt) -> bool:
    """Store what became of the letter; False if the server is in trouble itself."""
    now, fate, problem = current_time(), receipt.fate, receipt.problem
    if fate is Fate.SENT:
        actions.mark_sent(letter, to=to, subject=subject, now=now)
    elif fate is Fate.UNSURE and KINDS[letter.kind].is_held_after_crash:
        actions.mark_unsure(letter, problem=problem)
    elif fate in (Fate.NEVER, Fate.NO_SUCH_ADDRESS):
        actions.mark_dead(letter, problem=problem)
        if fate is Fate.NO_SUCH_ADDRESS:
            actions.suppress(to, Suppression.Reason.BOUNCED)
    elif fate is Fate.NOBODY_THERE:
        actions.wait_for_server(letter, problem=problem, now=now)
    else:
        actions.try_later(letter, problem=problem, now=now)
    return fate not in (Fate.NOBODY_THERE, Fate.CUT)
