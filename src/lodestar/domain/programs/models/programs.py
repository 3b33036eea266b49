"""What does the association offer, and who runs it?"""

from django.db import models
from django.utils.translation import get_language

from lodestar.domain.common.models import Fact
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
    words = models.JSONField(default=dict, blank=True)

    TOLD = ("name", "promise", "description")

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """Return its name as the reader has it."""
        return self.in_readers_words("name")

    @property
    def promises(self) -> str:
        return self.in_readers_words("promise")

    @property
    def tells(self) -> str:
        return self.in_readers_words("description")

    def in_readers_words(self, name: str) -> str:
        """Return one of its texts in the reader's language; where nobody has written that, as it is."""
        said: dict[str, str] = self.words.get(get_language() or "", {})
        return said.get(name) or str(getattr(self, name))


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


class Reviewer(Fact):
    """Someone who reads applications for a program, and sees of them only what that needs."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "person"], name="reviewer_once_a_program")
        ]

    def __str__(self) -> str:
        return str(self.person)
