"""What is this program, and is it ready?"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.messaging.models import Batch
from lodestar.domain.people.models import Person


class Program(Fact):
    """The standing offer of an association: a design that lives for years."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    promise = models.CharField(max_length=200)
    description = models.TextField(max_length=4000, blank=True)
    contact_email = models.EmailField(blank=True)
    is_public = models.BooleanField(default=False)
    template = models.CharField(max_length=30, blank=True)
    like = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class Coordinator(Fact):
    """Someone who runs a program for the association."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="coordinators")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="coordinator_once_a_program")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Design(Fact):
    """One version of a program's rules; a cohort keeps the one it began with."""

    class Objective(models.TextChoices):
        WORST_FIRST = (
            "worst-first",
            _("Serve the most mentees, then the weakest match as good as possible, then the total"),
        )
        SERVED = "served", _("Serve the most mentees, then the best total")
        TOTAL = "total", _("The best total, even if fewer are served")

    class Format(models.TextChoices):
        ONE_TO_ONE = "one-to-one", _("Two people, for months")
        FLASH = "flash", _("One good conversation")
        REVERSE = "reverse", _("Two people, for months; the younger one is the mentor")

    class Mode(models.TextChoices):
        EITHER = "either", _("Online or in person, as the two like")
        ONLINE = "online", _("Online")
        IN_PERSON = "in-person", _("In person")

    class Shown(models.TextChoices):
        """From when on a partner reads an answer of the application form."""

        PROPOSAL = "proposal", _("with the proposal")
        PAIRED = "paired", _("once both said yes")
        OFFICE = "office", _("only to the office")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="designs")
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    cadence_days = models.PositiveSmallIntegerField(default=14)
    hours_per_month = models.PositiveSmallIntegerField(default=2)
    capacity_default = models.PositiveSmallIntegerField(default=1)
    capacity_maximum = models.PositiveSmallIntegerField(default=3)
    reply_days = models.PositiveSmallIntegerField(default=5)
    first_meeting_days = models.PositiveSmallIntegerField(default=14)
    pulse_first_days = models.PositiveSmallIntegerField(default=30)
    pulse_every_days = models.PositiveSmallIntegerField(default=60)
    objective = models.CharField(
        max_length=20, choices=Objective.choices, default=Objective.WORST_FIRST
    )
    format = models.CharField(
        _("format"), max_length=20, choices=Format.choices, default=Format.ONE_TO_ONE
    )
    mode = models.CharField(
        _("how the two meet"), max_length=20, choices=Mode.choices, default=Mode.EITHER
    )
    visibility = models.JSONField(default=dict, blank=True)
    topics = models.JSONField(default=list, blank=True)
    expected_of_mentors = models.TextField(max_length=2000, blank=True)
    expected_of_mentees = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "version"], name="one_design_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.program}, version {self.version}"

    @property
    def mentors_can_be_counted_on(self) -> list[str]:
        """What is expected of mentors, one thing each."""
        return [line.strip() for line in self.expected_of_mentors.splitlines() if line.strip()]

    @property
    def mentees_can_be_counted_on(self) -> list[str]:
        """What is expected of mentees, one thing each."""
        return [line.strip() for line in self.expected_of_mentees.splitlines() if line.strip()]

    def expected_of(self, role: str) -> list[str]:
        """Return what is expected of people of one role."""
        is_mentor = role == "mentor"
        return self.mentors_can_be_counted_on if is_mentor else self.mentees_can_be_counted_on


class Goal(Fact):
    """What a design wants to reach: a metric, where it stands, where it should be, and when."""

    class Metric(models.TextChoices):
        MENTEES_SERVED = "mentees_served", _("Mentees with a mentor")
        SERVED_SHARE = "served_share", _("Accepted mentees with a mentor, in percent")
        MET_SHARE = "met_share", _("Mentorships that met, in percent")
        ANSWER_SHARE = "answer_share", _("Pulses answered, in percent")
        USEFULNESS = "usefulness", _("Usefulness, 1 to 5")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="goals")
    metric = models.CharField(max_length=30, choices=Metric.choices)
    baseline = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=8, decimal_places=2)
    due_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.get_metric_display()


class Audience(Fact):
    """Whom a design is made for, by role: rules on what the roll knows; a blank rule asks nothing."""

    class Role(models.TextChoices):
        MENTOR = "mentor", _("mentors")
        MENTEE = "mentee", _("mentees")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="audiences")
    role = models.CharField(max_length=10, choices=Role.choices)
    class_year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    class_year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    countries = models.JSONField(default=list, blank=True)
    fields_of_study = models.JSONField(default=list, blank=True)
    industries = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["design", "role"], name="audience_once_a_role")
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class SelectionCriterion(Fact):
    """One thing by which applications of a role are read, and what three levels of it look like.

    `answer` names the answer that it is read off; blank, it is the whole application.
    """

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="selection")
    role = models.CharField(max_length=10, choices=Audience.Role.choices)
    name = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=30, blank=True)
    weak = models.CharField(max_length=200, blank=True)
    fair = models.CharField(max_length=200, blank=True)
    strong = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["role", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def levels(self) -> tuple[str, str, str]:
        """Return what a weak, a fair and a strong answer look like."""
        return self.weak, self.fair, self.strong


class Criterion(Fact):
    """One thing that matching weighs; the weights of a design are read as shares of their sum."""

    class Kind(models.TextChoices):
        TOPICS = "topics", _("Topics wished for and offered")
        CATEGORY = "category", _("The same answer on both sides")
        HIERARCHY = "hierarchy", _("The same branch, or a near one")
        TIMEZONE = "timezone", _("Waking hours in common")
        LANGUAGE = "language", _("A language in common")
        GAP = "gap", _("Some years ahead")
        OPT_IN = "opt_in", _("The same answer, where both asked for it")
        TEXT = "text", _("Their own words")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="criteria")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    mentee_field = models.CharField(max_length=60)
    mentor_field = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["design", "name"], name="criterion_once_a_design")
        ]

    def __str__(self) -> str:
        return self.name


class Constraint(Fact):
    """A rule that no pair may break; its value is a number of hours or years, or a field's name."""

    class Kind(models.TextChoices):
        COMMON_LANGUAGE = "common_language", _("They share a language")
        MAX_HOURS_APART = "max_hours_apart", _("Their clocks are not too far apart")
        NOT_SAME = "not_same", _("They do not work for the same employer")
        MIN_GAP = "min_gap", _("The mentor is some years ahead")
        BLOCKED = "blocked", _("Neither has blocked the other")
        PAST_PAIR = "past_pair", _("They were not a pair before")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="constraints")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}".strip()


class Milestone(Fact):
    """One day of a design, counted from a turn of the cohort: first steps, preparation, an event.

    It lasts one day or more; 0 days from its turn is the very day.
    """

    class Kind(models.TextChoices):
        ONBOARDING = "onboarding", _("First steps")
        PREPARATION = "preparation", _("Preparation")
        EVENT = "event", _("Event")
        SURVEY = "survey", _("Survey")
        OTHER = "other", _("Something else")

    class ForWhom(models.TextChoices):
        BOTH = "both", _("mentors and mentees")
        MENTOR = "mentor", _("mentors")
        MENTEE = "mentee", _("mentees")

    class Anchor(models.TextChoices):
        OPENS = "opens_on", _("applications open")
        CLOSES = "closes_on", _("applications close")
        MATCHING = "matching_on", _("matching begins")
        STARTS = "starts_on", _("the mentorships start")
        HALFWAY = "halfway", _("the mentorships are half over")
        ENDS = "ends_on", _("the cohort ends")

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=80)
    for_whom = models.CharField(max_length=10, choices=ForWhom.choices, default=ForWhom.BOTH)
    anchor = models.CharField(max_length=20, choices=Anchor.choices)
    offset_days = models.SmallIntegerField(
        default=0, validators=[MinValueValidator(-400), MaxValueValidator(400)]
    )
    lasting_days = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Cohort(Batch):
    """One run of a program, with the dates of its phases; nobody outside sees it until published."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open for applications")
        CLOSED = "closed", _("closed for applications")
        MATCHING = "matching", _("matching")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="cohorts")
    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    is_pilot = models.BooleanField(default=False)
    opens_on = models.DateField()
    closes_on = models.DateField()
    matching_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "name"], name="cohort_name_once_a_program"),
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("closes_on"))
                & models.Q(closes_on__lte=models.F("matching_on"))
                & models.Q(matching_on__lte=models.F("starts_on"))
                & models.Q(starts_on__lt=models.F("ends_on")),
                name="phases_of_a_cohort_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program}, {self.name}"
