"""Who wants to join, as what, hoping for what?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.models import Batch, Occasion
from lodestar.domain.people.models import Import, Person
from lodestar.domain.programs.models import Cohort, Design, SelectionCriterion


class RoleInCohort(models.TextChoices):
    """A role belongs to one cohort, never to a person."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class Application(Occasion):
    """A person's wish to be mentor or mentee in a cohort."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("not yet sent")
        SUBMITTED = "submitted", _("waiting for the office")
        ACCEPTED = "accepted", _("accepted")
        WAITLISTED = "waitlisted", _("on the waitlist")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CARRIED = "carried", _("carried over")

    class Eligibility(models.TextChoices):
        """What the rules of the design say; a person decides."""

        ELIGIBLE = "eligible", _("eligible")
        REMARK = "remark", _("eligible, with a remark")
        UNSURE = "unsure", _("cannot tell")
        OUTSIDE = "outside", _("not eligible")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=RoleInCohort.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    answers = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=60, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=500, blank=True)
    eligibility = models.CharField(max_length=10, choices=Eligibility.choices, blank=True)
    judged_by = models.ForeignKey(
        Design, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    is_disputed = models.BooleanField(default=False)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person", "role"], name="apply_once_a_role")
        ]
        indexes = [models.Index(fields=["cohort", "role", "status"], name="applications_listed")]

    def __str__(self) -> str:
        return f"{self.person} as {self.get_role_display()}"

    def batch(self) -> Batch:
        return self.cohort


class Noted(Fact):
    """A decision that the office has noted and not sent; once released it is carried out, and the row goes."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accept")
        WAITLISTED = "waitlisted", _("put on the waitlist")
        DECLINED = "declined", _("decline")

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="noted")
    decision = models.CharField(max_length=12, choices=Decision.choices)
    sentence = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.application}: {self.get_decision_display()}"


class Wait(Fact):
    """Somebody's time on a waitlist: since when, where the office put them, and what they were told."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="wait")
    since = models.DateTimeField()
    moved_to = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_because = models.CharField(max_length=300, blank=True)
    told_place = models.PositiveSmallIntegerField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    was_taken = models.BooleanField(default=False)
    carry_offered_at = models.DateTimeField(null=True, blank=True)
    carry_wished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moved_to=None) | models.Q(moved_to__gte=1),
                name="waitlists_begin_at_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.application)


class Reading(Fact):
    """One reader's turn at an application, of which they see only what the rubric needs."""

    class Status(models.TextChoices):
        OPEN = "open", _("to be read")
        GIVEN = "given", _("read")
        ENDED = "ended", _("handed back")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    sentence = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reader"], name="read_once_a_reader")
        ]
        indexes = [models.Index(fields=["reader", "status"], name="readings_of_a_reader")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.get_status_display()}"


class Assessment(Fact):
    """What one reader thinks of an application by one criterion; it decides nothing by itself."""

    class Level(models.IntegerChoices):
        WEAK = 1, _("weak")
        FAIR = 2, _("fair")
        STRONG = 3, _("strong")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="assessments"
    )
    criterion = models.ForeignKey(SelectionCriterion, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(choices=Level.choices)
    sentence = models.CharField(max_length=300, blank=True)
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion", "assessor"], name="assess_once_a_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(score__range=(1, 3)), name="assessed_weak_to_strong"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_score_display()}"


class Participant(Fact):
    """An accepted application: the row that matching works on, its answers frozen.

    `visibility` holds what the participant keeps back beyond the design, by the answer's name.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="participant"
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=RoleInCohort.choices)
    capacity = models.PositiveSmallIntegerField(default=1)
    places_taken = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict, blank=True)
    visibility = models.JSONField(default=dict, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person", "role"], name="take_part_once_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(places_taken__lte=models.F("capacity")),
                name="never_over_capacity",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Intake(Fact):
    """An import whose people also become accepted applications of a cohort."""

    source = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=RoleInCohort.choices)
    admitted_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.source} as {self.get_role_display()}"
