"""What does a coordinator say about a program in further languages?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Program
from lodestar.web.common.languages import house_language, offered
from lodestar.web.console.forms.programs import ProgramForm


@dataclass(frozen=True)
class InLanguage:
    """One further language: its fields, and how many of them nobody has written yet."""

    code: str
    name: str
    fields: list[forms.BoundField]
    missing: int

    @property
    def state(self) -> str:
        if not self.missing:
            return _("complete")
        return ngettext("one text missing", "%(count)d texts missing", self.missing) % {
            "count": self.missing
        }


def further_languages() -> list[tuple[str, str]]:
    """Return the languages besides the one in which a program is written first."""
    return [(code, name) for code, name in offered() if code != house_language()]


class ProgramWordsForm(forms.Form):
    """Name, promise and description once more for each language; what is written first stands beneath."""

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        self.languages = further_languages()
        usual = ProgramForm().fields
        for code, _name in self.languages:
            said = program.words.get(code, {})
            for name in Program.TOLD:
                self.fields[f"{code}-{name}"] = forms.CharField(
                    label=usual[name].label,
                    help_text=getattr(program, name),
                    max_length=usual[name].max_length,  # type: ignore[attr-defined]
                    widget=type(usual[name].widget)(attrs={"lang": code}),
                    initial=said.get(name, ""),
                    required=False,
                )

    def in_languages(self) -> Iterator[InLanguage]:
        for code, language in self.languages:
            said = self.program.words.get(code, {})
            wanted = [name for name in Program.TOLD if getattr(self.program, name)]
            yield InLanguage(
                code,
                language,
                [self[f"{code}-{name}"] for name in Program.TOLD],
                sum(not said.get(name) for name in wanted),
            )

    def words(self) -> dict[str, dict[str, str]]:
        """Return what was written, and what was there in languages that are not offered any more."""
        codes = {code for code, _name in self.languages}
        others = {c: said for c, said in self.program.words.items() if c not in codes}
        told = {
            code: {name: self.cleaned_data[f"{code}-{name}"] for name in Program.TOLD}
            for code in codes
        }
        return others | told
