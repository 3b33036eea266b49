"""What can a question of a form be, and what is its answer for? No tables: a form is kept by what asks it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How a question of the program's own is answered."""

    SHORT = "short", _("A few words")
    LONG = "long", _("Some sentences")
    ONE = "one", _("One of several")
    SEVERAL = "several", _("Several of several")
    RANKED = "ranked", _("Several, the most important first")
    SCALE = "scale", _("A scale")
    NUMBER = "number", _("A number")
    DATE = "date", _("A day")
    YES_NO = "yes_no", _("Yes or no")


class Use(models.TextChoices):
    """What an answer is for."""

    MATCH = "match", _("for matching")
    BRIEF = "brief", _("for the partner, to know whom they meet")
    REPORT = "report", _("for the numbers of the office")
    NONE = "none", _("for the office to read")


class Survey(models.TextChoices):
    """In which surveys a program asks questions of its own; each is a step of a design, and its name is that step's."""

    NEEDS = "needs", _("Needs survey")


class Step(models.TextChoices):
    """On which page of the form a question stands."""

    YOU = "you", _("Who you are")
    TOPICS = "topics", _("Topics")
    WORDS = "words", _("Own words")
