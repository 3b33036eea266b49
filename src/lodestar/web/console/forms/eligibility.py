"""How does a coordinator say who can take part?"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.forms.rules import Question, label_of, options_of
from lodestar.domain.programs.models import Audience, Design, EligibilityRule
from lodestar.domain.programs.rules.asked import form_of, roles_in
from lodestar.domain.programs.rules.eligibility import (
    MOST_SAID,
    EligibilityWish,
    choices_of,
    counted_of,
)
from lodestar.web.console.forms.designs import side_title

Role, Kind = Audience.Role, EligibilityRule.Kind
NOT_ASKED, REMARK, BINDING = "", "remark", "binding"
WEIGHTS = [
    (NOT_ASKED, gettext_lazy("is not asked")),
    (REMARK, gettext_lazy("is remarked on")),
    (BINDING, gettext_lazy("has to be so")),
]


class EligibilityForm(forms.Form):
    """For each role who people are, and the numbers that their answers have to reach."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {(rule.role, rule.kind, rule.answer): rule for rule in design.eligibility.all()}
        self.roles = roles_in(design)
        self.chosen: list[tuple[str, str]] = []
        for role in self.roles:
            for kind in (Kind.ON_ROLL, Kind.VERIFIED):
                known = kept.get((role, kind, ""))
                self.fields[f"{role}_{kind}"] = self.weight(kind.label, known)
            for counted in counted_of(role):
                known = kept.get((role, Kind.AT_LEAST, counted.name))
                self.fields[f"{role}_{counted.name}_least"] = forms.IntegerField(
                    label=_("%(what)s, at least") % {"what": counted.label},
                    min_value=1,
                    max_value=MOST_SAID[counted.name],
                    required=False,
                    initial=known.least if known else None,
                )
                label = _("%(what)s: how firmly") % {"what": counted.label}
                self.fields[f"{role}_{counted.name}"] = self.weight(label, known)
            for question in choices_of(form_of(design), role):
                self.ask_for(role, question, kept.get((role, Kind.CHOSEN, question.key)))

    def ask_for(self, role: str, question: Question, known: EligibilityRule | None) -> None:
        """Let a rule ask for some of the answers to a question of the program's own."""
        self.chosen.append((role, question.key))
        self.fields[f"{role}_{question.key}_values"] = forms.MultipleChoiceField(
            label=_("“%(question)s”: one of these") % {"question": label_of(question)},
            choices=options_of(question),
            required=False,
            initial=known.values if known else [],
            widget=forms.CheckboxSelectMultiple,
        )
        label = _("“%(question)s”: how firmly") % {"question": label_of(question)}
        self.fields[f"{role}_{question.key}"] = self.weight(label, known)

    @staticmethod
    def weight(label: object, known: EligibilityRule | None) -> forms.ChoiceField:
        initial = NOT_ASKED if known is None else BINDING if known.is_binding else REMARK
        return forms.ChoiceField(label=str(label), choices=WEIGHTS, required=False, initial=initial)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for role in self.roles:
            for counted in counted_of(role):
                least, weight = f"{role}_{counted.name}_least", f"{role}_{counted.name}"
                if said.get(weight) and said.get(least) is None and least in said:
                    self.add_error(least, _("Say how many, or do not ask for it."))
                elif said.get(least) is not None and not said.get(weight):
                    self.add_error(weight, _("Say whether it is remarked on or has to be so."))
        for of_role, key in self.chosen:
            values, weight = f"{of_role}_{key}_values", f"{of_role}_{key}"
            if said.get(weight) and not said.get(values):
                self.add_error(values, _("Tick at least one answer, or do not ask for it."))
            elif said.get(values) and not said.get(weight):
                self.add_error(weight, _("Say whether it is remarked on or has to be so."))
        return said

    def sides(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (
                side_title(role, self.roles),
                [self[name] for name in self.fields if name.startswith(f"{role}_")],
            )
            for role in self.roles
        ]

    def wished(self) -> list[EligibilityWish]:
        return [wish for role in self.roles for wish in self.of_a_role(role)]

    def of_a_role(self, role: str) -> list[EligibilityWish]:
        said = self.cleaned_data
        who = [
            EligibilityWish(role, kind, is_binding=said[f"{role}_{kind}"] == BINDING)
            for kind in (Kind.ON_ROLL, Kind.VERIFIED)
            if said[f"{role}_{kind}"]
        ]
        numbers = [
            EligibilityWish(
                role,
                Kind.AT_LEAST,
                counted.name,
                said[f"{role}_{counted.name}_least"],
                said[f"{role}_{counted.name}"] == BINDING,
            )
            for counted in counted_of(role)
            if said[f"{role}_{counted.name}"]
        ]
        chosen = [
            EligibilityWish(
                role,
                Kind.CHOSEN,
                key,
                is_binding=said[f"{role}_{key}"] == BINDING,
                values=tuple(said[f"{role}_{key}_values"]),
            )
            for of_role, key in self.chosen
            if of_role == role and said[f"{role}_{key}"]
        ]
        return who + numbers + chosen
