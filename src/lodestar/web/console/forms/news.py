"""What does somebody fill in who has news to tell?"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.community.actions.news import NewsWish
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.community.queries.news import Places
from lodestar.domain.community.rules import news as rules
from lodestar.web.common.languages import offered
from lodestar.web.console.forms.designs import AudienceForm

EVERYBODY = "everybody"
ROLES = [("", _("Mentors and mentees")), ("mentor", _("Mentors")), ("mentee", _("Mentees"))]


class NewsForm(forms.Form):
    """The words, and whom they are for; once they are out, the words alone."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=8000,
        help_text=_("An empty line begins a new paragraph. Addresses of pages become links."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=offered)
    whom = forms.ChoiceField(label=_("For whom"))
    role = forms.ChoiceField(label=_("Of these"), choices=ROLES, required=False)

    WORDS = ("title", "text", "language")

    def __init__(
        self, *args: Any, places: Places, piece: NewsPiece | None, is_told: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        if is_told:
            del self.fields["whom"], self.fields["role"]
            return
        cast(forms.ChoiceField, self.fields["whom"]).choices = self.whom_choices()
        for name, field in AudienceForm.fields_of(None).items():
            if name in rules.NARROWING:
                field.initial = getattr(piece, name, None)
                self.fields[name] = field

    def whom_choices(self) -> list[tuple[str, str]]:
        everybody = [(EVERYBODY, str(_("Everybody")))] if self.places.everybody else []
        programs = [
            (each.public_id, str(_("Everybody in %(program)s") % {"program": each}))
            for each in self.places.programs
        ]
        cohorts = [(each.public_id, f"{each.program}, {each.name}") for each in self.places.cohorts]
        return [*everybody, *programs, *cohorts]

    def words(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WORDS]

    def narrowing(self) -> list[forms.BoundField]:
        return [self[name] for name in rules.NARROWING if name in self.fields]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        first, last = said.get("class_year_from"), said.get("class_year_to")
        if first and last and first > last:
            self.add_error("class_year_to", _("The first class is later than the last."))
        if said.get("role") and said.get("whom") == EVERYBODY:
            self.add_error("role", _("Mentors and mentees belong to a program: choose one."))
        return said

    def wish(self) -> NewsWish:
        """Return what was told; for counting, whatever of it makes sense."""
        said = getattr(self, "cleaned_data", {})
        whom = said.get("whom", "")
        found = {each.public_id: each for each in self.places.programs}
        cohorts = {each.public_id: each for each in self.places.cohorts}
        return NewsWish(
            program=found.get(whom),
            cohort=cohorts.get(whom),
            role=said.get("role", "") if whom != EVERYBODY else "",
            **{name: said.get(name, "") for name in self.WORDS},
            **{name: said[name] for name in rules.NARROWING if name in said},
        )


def told_of(piece: NewsPiece) -> dict[str, Any]:
    """Return what a piece says, as its form asks for it."""
    place = piece.cohort or piece.program
    return {
        "title": piece.title,
        "text": piece.text,
        "language": piece.language,
        "whom": place.public_id if place else EVERYBODY,
        "role": piece.role,
    }


class PublishForm(forms.Form):
    """When news comes out, and whether it is a letter, too."""

    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("By your own clock. Leave it empty to publish at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    by_letter = forms.BooleanField(
        label=_("Also by letter"),
        required=False,
        help_text=_(
            "Once to each, with a link to stop such letters. Whoever said no to news gets none."
        ),
    )
