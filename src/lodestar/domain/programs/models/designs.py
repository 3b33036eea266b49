"""By which rules does a program run, and what does it want to reach?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.models import Fact
from lodestar.domain.programs.models.programs import Program


def the_office_alone() -> list[str]:
    """Return the ways of matching that a design begins with."""
    return ["office"]


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
        GROUP = "group", _("One mentor with a few mentees, for months")
        PEERS = "peers", _("A few people among themselves, for months; nobody is the mentor")

    IN_GROUPS = (Format.GROUP, Format.PEERS)

    class Leads(models.TextChoices):
        """Who sees to it that a group meets."""

        MENTOR = "mentor", _("The mentor")
        TURNS = "turns", _("Everybody in turn")
        ONE = "one", _("One of them, whom they choose")

    class Mode(models.TextChoices):
        EITHER = "either", _("Online or in person, as the two like")
        ONLINE = "online", _("Online")
        IN_PERSON = "in-person", _("In person")

    class Way(models.TextChoices):
        """How two people find each other; a design may use several side by side."""

        OFFICE = (
            "office",
            _("The office matches: everybody together, each pair proposed with its reasons"),
        )
        ASK = "ask", _("People ask: a mentee asks one mentor after the other")
        RANK = "rank", _("People rank: lists are collected, then all put together at once")

    class Shown(models.TextChoices):
        """From when on a partner reads an answer of the application form."""

        PROPOSAL = "proposal", _("with the proposal")
        PAIRED = "paired", _("once both said yes")
        OFFICE = "office", _("only to the office")

    class Replacing(models.TextChoices):
        """How somebody else is proposed when a match does not go ahead."""

        ITSELF = "itself", _("By itself, within the hour")
        LOOK = "look", _("After a coordinator has looked at it")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="designs")
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    cadence_days = models.PositiveSmallIntegerField(default=14)
    hours_per_month = models.PositiveSmallIntegerField(default=2)
    capacity_default = models.PositiveSmallIntegerField(default=1)
    capacity_maximum = models.PositiveSmallIntegerField(default=3)
    reply_days = models.PositiveSmallIntegerField(default=5)
    exploring_days = models.PositiveSmallIntegerField(default=0)
    replacing = models.CharField(max_length=10, choices=Replacing.choices, default=Replacing.ITSELF)
    most_replacements = models.PositiveSmallIntegerField(default=2)
    first_meeting_days = models.PositiveSmallIntegerField(default=14)
    pulse_first_days = models.PositiveSmallIntegerField(default=30)
    pulse_every_days = models.PositiveSmallIntegerField(default=60)
    asks_midpoint = models.BooleanField(default=False)
    asks_closing = models.BooleanField(default=False)
    undo_minutes = models.PositiveSmallIntegerField(default=15)
    needs_sign_off = models.BooleanField(default=False)
    objective = models.CharField(
        max_length=20, choices=Objective.choices, default=Objective.WORST_FIRST
    )
    format = models.CharField(
        _("format"), max_length=20, choices=Format.choices, default=Format.ONE_TO_ONE
    )
    mode = models.CharField(
        _("how the two meet"), max_length=20, choices=Mode.choices, default=Mode.EITHER
    )
    ways = models.JSONField(_("ways to a partner"), default=the_office_alone, blank=True)
    most_choices = models.PositiveSmallIntegerField(default=6)
    most_asks = models.PositiveSmallIntegerField(default=3)
    window_days = models.PositiveSmallIntegerField(default=0)
    asks_are_read = models.BooleanField(default=False)
    group_least = models.PositiveSmallIntegerField(_("fewest in a group"), default=3)
    group_most = models.PositiveSmallIntegerField(_("most in a group"), default=6)
    led_by = models.CharField(
        _("who leads the meetings"), max_length=10, choices=Leads.choices, default=Leads.MENTOR
    )
    group_rules = models.JSONField(default=list, blank=True)
    visibility = models.JSONField(default=dict, blank=True)
    form = models.JSONField(_("application form"), default=list, blank=True)
    surveys = models.JSONField(_("own questions in surveys"), default=dict, blank=True)
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

    @property
    def has_mentors(self) -> bool:
        """Tell if somebody applies as a mentor; among peers nobody does."""
        return self.format != self.Format.PEERS

    @property
    def makes_groups(self) -> bool:
        """Whether people are put into groups rather than into pairs."""
        return self.format in self.IN_GROUPS

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
