"""What if two people change one thing at the same time? Both changes stay; where they meet, the second is told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class MergingForm(forms.Form):
    """Remembers what it showed, so that only what somebody changed in it is written.

    A form that does not say what it showed is trusted: all it says is written.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def changes(self) -> dict[str, Any]:
        """Return what was changed since the form was shown."""
        silent = (n for n in self.fields if self.add_initial_prefix(n) not in self.data)
        return {name: self.cleaned_data[name] for name in {*self.changed_data, *silent}}

    def shown(self) -> dict[str, Any]:
        """Return what the changed fields were when the form was shown, where it says so."""
        said = {name: self.data.get(self.add_initial_prefix(name)) for name in self.changed_data}
        return {
            name: self.fields[name].to_python(raw) for name, raw in said.items() if raw is not None
        }

    def is_overtaken(self, now: Mapping[str, Any]) -> bool:
        """Tell if somebody else changed the same meanwhile, and say so beside each; saving again overrules them."""
        overtaken = [n for n, was in self.shown().items() if in_lines(was) != in_lines(now[n])]
        for name in overtaken:
            shows = {self.add_initial_prefix(name): self.fields[name].prepare_value(now[name])}
            self.data = {name: self.data[name] for name in self.data} | shows
            self.add_error(name, overtaken_by(now[name]))
        return bool(overtaken)


def in_lines(value: Any) -> Any:
    """Return a text as it compares: browsers send other line ends than they were given."""
    return value.splitlines() if isinstance(value, str) else value


def overtaken_by(value: object) -> str:
    """Say what somebody else wrote; a tick or a blank has no words to show."""
    if value in ("", None, True, False):
        return _(
            "Somebody else changed this while you were at it, so nothing was saved. Save again to keep yours."
        )
    return _(
        "Somebody else changed this to “%(value)s” while you were at it, so nothing was saved. Save again to keep yours."
    ) % {"value": value}
