"""Whom would a mentee like as a mentor, and what became of asking?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.models import Fact
from lodestar.domain.matching.models.matches import Match
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Person


class Choice(Fact):
    """One mentor on a mentee's private list in a cohort, with the rank and a note to that mentor."""

    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    note = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mentee", "mentor"], name="choose_a_mentor_once")
        ]

    def __str__(self) -> str:
        return f"{self.mentee}: {self.mentor}"


class Ask(Occasion):
    """A choice that was put to its mentor; it has a match from the moment at which it goes to them.

    One of a mentee's is open at a time. `closing` says what came back, `again_on` when a mentor who said
    "not now" may be asked again.
    """

    class Closing(models.TextChoices):
        YES = "yes", _("the mentor said yes")
        NO = "no", _("the mentor said no")
        LATER = "later", _("the mentor said: not now")
        SILENT = "silent", _("no answer came in time")
        NOT_FREE = "not_free", _("the mentor has no free place any more")
        TAKEN_BACK = "taken_back", _("the mentee took it back")
        RELEASED = "released", _("the office let it go")
        TAKEN = "taken", _("the mentee was proposed to somebody else")

    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="asks")
    mentee = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    match = models.OneToOneField(
        Match, on_delete=models.PROTECT, null=True, blank=True, related_name="ask"
    )
    note = models.TextField(max_length=1000, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.TextField(max_length=1000, blank=True)
    questioned_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=12, choices=Closing.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    again_on = models.DateField(null=True, blank=True)
    office_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"],
                condition=models.Q(closed_at=None),
                name="one_open_ask_a_mentee",
            )
        ]

    def __str__(self) -> str:
        return str(self.choice)

    def batch(self) -> Batch:
        return self.mentee.cohort
