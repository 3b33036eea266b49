"""How is it noted what the rules of the design say of an applicant, and who says that they know them?"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries.judging import JUDGED, judgements_of
from lodestar.domain.applications.rules.scoring import UNDECIDED
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging.actions import end_links, queue_letter
from lodestar.domain.people.actions import verifying
from lodestar.domain.people.models import Person, Verification
from lodestar.domain.people.queries import account_behind
from lodestar.domain.programs.queries import is_coordinator


def judge_applications(applications: Sequence[Application]) -> int:
    """Note of some applications what the rules say of each; nobody is told, and nothing is decided."""
    judged = judgements_of(applications)
    for application in applications:
        application.eligibility = judged[application.pk].outcome.value
        application.judged_by = application.cohort.design
    Application.objects.bulk_update(applications, ["eligibility", "judged_by"], batch_size=200)
    return len(applications)


def judge_again() -> None:
    """Let the next look judge everybody anew who waits, because the roll knows something else now."""
    Application.objects.filter(status__in=UNDECIDED).update(judged_by=None)
    wake("judge_applications")


@transaction.atomic
def vouch_for_applicant(application: Application, *, by: Person, sentence: str) -> Verification:
    """Let a coordinator vouch for somebody who applied to their program."""
    _only_the_office(application, by)
    word = verifying.vouch(application.person, by=by, sentence=sentence)
    _judge_anew(application.person)
    return word


@transaction.atomic
def find_on_roll(application: Application, *, on_roll: Person, by: Person) -> Verification:
    """Let a coordinator say that an applicant is somebody whom the roll knows under another address."""
    _only_the_office(application, by)
    word = verifying.link_to_roll(application.person, on_roll=on_roll, by=by)
    _judge_anew(application.person)
    return word


@transaction.atomic
def end_word(application: Application, word: Verification, *, by: Person) -> Verification:
    """Let a coordinator take back what was said about an applicant."""
    _only_the_office(application, by)
    if word.person_id != application.person_id:
        raise NotFoundError
    word = verifying.end_verification(word, by=by)
    _judge_anew(application.person)
    return word


@transaction.atomic
def ask_for_vouching(application: Application, *, by: Person, email: str) -> None:
    """Ask a member by their address to vouch for an applicant. Nobody learns whether there is such a member."""
    if application.person_id != by.pk:
        raise RefusedError(_("Only the person who applied can do that."))
    account = account_behind(email)
    if account is None or account.person is None or account.person.blocked_at:
        return
    word = verifying.ask_to_vouch(by, of=account.person)
    if word is not None:
        words = {"vouch": word.public_id}
        queue_letter("applications.vouch", to=account.person, about=application, words=words)


@transaction.atomic
def answer_vouching(word: Verification, *, by: Person, knows: bool, sentence: str = "") -> None:
    """Let a member who was asked say how they know the person, or that they do not."""
    if word.by_id != by.pk or word.locked().status not in verifying.LIVING:
        raise RefusedError(_("This is answered already. Nothing was changed."))
    if knows:
        verifying.vouch(word.person, by=by, sentence=sentence)
        _judge_anew(word.person)
    else:
        verifying.refuse_to_vouch(word, by=by)
        end_links(word, now=now())


def _only_the_office(application: Application, by: Person) -> None:
    if not is_coordinator(by, application.cohort.program):
        raise RefusedError(_("Only a coordinator of this program can do that."))
    if application.person_id == by.pk:
        raise RefusedError(_("This is your own application, so somebody else looks after it."))


def _judge_anew(person: Person) -> None:
    rows = Application.objects.filter(person=person, status__in=JUDGED)
    judge_applications(list(rows.select_related("person", "cohort__design")))
