"""What does an office hand in, and what does it say about the columns?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lodestar.domain.applications.actions import Purpose
from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.people.models import Import
from lodestar.domain.people.rules import LEFT_OUT
from lodestar.domain.programs.models import Cohort
from lodestar.web.console.import_words import column_choices

ROLL = "roll"


def size_limit() -> int:
    """Return how many bytes a list may have that comes through the browser."""
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def purposes(cohorts: Iterable[Cohort], *, is_admin: bool) -> list[tuple[str, str]]:
    """Return what a list may be for, as far as this person is in charge of it."""
    found = [(ROLL, _("The alumni roll: whom the association knows"))] if is_admin else []
    for cohort in cohorts:
        name = f"{cohort.program.called}, {cohort.name}"
        mentors, mentees = _("Mentors of %(cohort)s"), _("Mentees of %(cohort)s")
        found.append((f"{RoleInCohort.MENTOR}-{cohort.public_id}", mentors % {"cohort": name}))
        found.append((f"{RoleInCohort.MENTEE}-{cohort.public_id}", mentees % {"cohort": name}))
    return found


class UploadForm(forms.Form):
    """A file and what it is for."""

    purpose = forms.ChoiceField(label=_lazy("What is this list?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_lazy("The file"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": _lazy("This file is empty. Export it again and choose it here.")},
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], cohorts: Iterable[Cohort], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cohorts = {cohort.public_id: cohort for cohort in cohorts}
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["purpose"].initial = choices[0][0]
        self.fields["file"].help_text = _("CSV or XLSX, up to %(size)s.") % {
            "size": filesizeformat(size_limit())
        }

    def clean_file(self) -> UploadedFile:
        chosen: UploadedFile = self.cleaned_data["file"]
        if (chosen.size or 0) > size_limit():
            sizes = {
                "size": filesizeformat(chosen.size or 0),
                "limit": filesizeformat(size_limit()),
            }
            raise forms.ValidationError(
                _(
                    "This file has %(size)s; %(limit)s is the most. Save it as CSV, which is smaller, "
                    "or split it into parts that each begin with the headings."
                )
                % sizes
            )
        return chosen

    def wish(self) -> Purpose:
        role, _dash, key = str(self.cleaned_data["purpose"]).partition("-")
        return Purpose() if role == ROLL else Purpose(self.cohorts[key], role)


class ColumnsForm(forms.Form):
    """What each column of a list means; only what somebody changed is kept as chosen."""

    def __init__(self, *args: Any, source: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns: list[dict[str, Any]] = source.summary.get("columns", [])
        self.chosen_before = dict(source.mapping)
        choices = column_choices(source)
        for column in self.columns:
            self.fields[self.name_of(column)] = forms.ChoiceField(
                label=column["heading"] or _("Column %(number)d") % {"number": column["index"] + 1},
                choices=choices,
                initial=column["field"] or LEFT_OUT,
            )

    @staticmethod
    def name_of(column: Mapping[str, Any]) -> str:
        return f"column-{column['index']}"

    def chosen(self) -> dict[int, str]:
        """Return every column that somebody gave another meaning, now or before."""
        found = {int(index): field for index, field in self.chosen_before.items()}
        for column in self.columns:
            said = self.cleaned_data[self.name_of(column)]
            if said != (column["field"] or LEFT_OUT):
                found[column["index"]] = said
        return found

    @property
    def is_changed(self) -> bool:
        return self.chosen() != {int(index): field for index, field in self.chosen_before.items()}
