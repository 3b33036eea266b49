"""What does somebody fill in who looks around, and who says what others see?"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.rules.showing import (
    EVIDENCE,
    Shown,
    choosable,
    levels_within,
    shown_of,
)
from lodestar.domain.directory.queries import SHOWS, Choice, Wish
from lodestar.domain.matching.models import Bookmark
from lodestar.domain.matching.rules.vocabulary import WORK
from lodestar.web.common.answers import styles
from lodestar.web.common.choices import language_names

LONGEST = 120
MOST_HOURS = 40
TOGETHER = [
    ("", _("any")),
    ("4", _("four or more")),
    ("8", _("eight or more")),
    ("11", _("nearly the whole day")),
]
BY_CHOICE = ("topic", "industry", "place", "language", "study", "work", "style")
FIRST = ("text", "topic")
LEVELS = {
    Shown.PROPOSAL: _("everybody here"),
    Shown.PAIRED: _("my partner, once paired"),
    Shown.OFFICE: _("only the office"),
}
KNOWN_WORK = {path.casefold(): name for path, name in WORK.items()}


def choice_of(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, required=False)


class WishForm(forms.Form):
    """Words and filters, in an address that can be kept; what makes no sense there asks nothing."""

    text = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    topic = choice_of(_("Topic"))
    industry = choice_of(_("Industry"))
    place = choice_of(_("Place"))
    language = choice_of(_("Language"))
    study = choice_of(_("Studied"))
    work = choice_of(_("Works as"))
    together = forms.IntegerField(
        label=_("Waking hours in common"), min_value=1, max_value=12, required=False
    )
    hours = forms.IntegerField(
        label=_("Hours a month, at least"), min_value=1, max_value=MOST_HOURS, required=False
    )
    style = choice_of(_("As a mentor"))
    show = forms.ChoiceField(choices=[(show, show) for show in SHOWS], required=False)

    def wish(self) -> Wish:
        """Return what is looked for; a field that was not understood is left out."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Wish(**{name: clean(value) for name, value in said.items()})

    def offer(self, choices: Mapping[str, Sequence[Choice]], *, has_zone: bool) -> None:
        """Show the fields by which anybody can be found here, each with what there is to choose."""
        self.fields["show"].widget = forms.HiddenInput()
        for name in BY_CHOICE:
            said = str(self.data.get(name) or "")[:LONGEST]
            offered = [(each.value, label_of(name, each)) for each in choices.get(name, ())]
            if said and said not in dict(offered):
                offered.append((said, said))
            if offered:
                self.fields[name].widget = forms.Select(choices=[("", _("any")), *offered])
            else:
                del self.fields[name]
        if not choices.get("hours"):
            del self.fields["hours"]
        if has_zone:
            self.fields["together"].widget = forms.Select(choices=TOGETHER)
        else:
            del self.fields["together"]

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in (*FIRST, "show")]

    @property
    def has_more(self) -> bool:
        """Tell if one of the less usual filters is set."""
        return any(self.data.get(field.name) for field in self.more())


def clean(value: Any) -> Any:
    return " ".join(value.replace("\x00", "").split()) if isinstance(value, str) else value


def label_of(kind: str, choice: Choice) -> str:
    """Return what a choice is called, with how many there are where that is known."""
    known = {
        "language": lambda: language_names([choice.label])[0],
        "style": lambda: styles({"style": [choice.label]}, is_mentor=True)[0],
        "industry": lambda: work_named(choice),
        "work": lambda: work_named(choice),
    }
    label = known[kind]() if kind in known else choice.label
    return label if choice.count is None else f"{label} ({choice.count})"


def work_named(choice: Choice) -> str:
    told = str(KNOWN_WORK.get(choice.value, ""))
    return told[:1].upper() + told[1:] if told else choice.label


class NoteForm(forms.Form):
    """One private note about somebody; a blank one takes it back."""

    kind = forms.ChoiceField(choices=[("", ""), *Bookmark.Kind.choices], required=False)


class ShowingForm(forms.Form):
    """Who reads each answer, as far as the design leaves a choice."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        design = participant.cohort.design
        for asked in choosable(design, participant.role):
            levels = levels_within(design, asked.name)
            self.fields[asked.name] = forms.ChoiceField(
                label=str(asked.label),
                choices=[(level.value, LEVELS[level]) for level in levels],
                initial=shown_of(participant, design, asked.name).value,
            )
        if participant.role == "mentor":
            self.fields[EVIDENCE] = forms.ChoiceField(
                label=_("What is known of you as a mentor"),
                help_text=_(
                    "How soon you usually answer, mentorships completed, what you are asked about."
                ),
                choices=[(level.value, LEVELS[level]) for level in (Shown.PROPOSAL, Shown.OFFICE)],
                initial=participant.visibility.get(EVIDENCE, Shown.PROPOSAL.value),
            )

    def wished(self) -> dict[str, str]:
        return dict(self.cleaned_data)


class PlacesForm(forms.Form):
    """How many mentees somebody takes at most."""

    capacity = forms.TypedChoiceField(label=_("How many mentees do you take at most?"), coerce=int)

    def __init__(self, *args: Any, fewest: int, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, str(number)) for number in range(fewest, max(fewest, most) + 1)]
        self.fields["capacity"].choices = choices  # type: ignore[attr-defined]


class PauseForm(forms.Form):
    """Until when somebody is away."""

    until = forms.DateField(
        label=_("Until when?"),
        help_text=_("On that day you are there again by yourself."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @staticmethod
    def proposed(on: date) -> date:
        return on + timedelta(days=30)
