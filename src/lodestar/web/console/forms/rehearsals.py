"""What does a coordinator fill in to rehearse a cohort?"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.common.time import now
from lodestar.domain.programs.models import Cohort
from lodestar.domain.rehearsals import rules
from lodestar.domain.rehearsals.models import Rehearsal
from lodestar.domain.trials.queries import Rate, believed_of, designs_to_try
from lodestar.domain.trials.rules import beginning_in_words, rate_in_words
from lodestar.web.console.forms.trials import design_label

PLAYED = (
    "mentor.decline", "mentor.silence", "mentee.silence", "mentee.drop_out", "pair.never_met",
    "mentee.answer", "mentor.answer",
)  # fmt: skip


class RehearsalForm(forms.Form):
    """Which version of the design, how many test people, and how they are: like the last time, if there was one."""

    design = forms.ChoiceField(label=_("Which version of the design"))
    mentors = forms.IntegerField(
        label=_("Test mentors"),
        initial=rules.USUAL_MENTORS,
        min_value=rules.FEWEST,
        max_value=rules.MOST_MENTORS,
    )
    mentees = forms.IntegerField(
        label=_("Test mentees"),
        initial=rules.USUAL_MENTEES,
        min_value=rules.FEWEST,
        max_value=rules.MOST_MENTEES,
    )
    manner = forms.ChoiceField(
        label=_("How they are"),
        choices=Rehearsal.Manner.choices,
        initial=Rehearsal.Manner.USUAL,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, cohort: Cohort, last: Rehearsal | None = None, **kwargs: Any
    ) -> None:
        if last:
            like_last = {"mentors": last.mentor_count, "mentees": last.mentee_count, "manner": last.manner}  # fmt: skip
            kwargs["initial"] = like_last | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        versions = [(each.public_id, design_label(each, cohort)) for each in designs_to_try(cohort)]
        self.fields["design"].choices = versions  # type: ignore[attr-defined]
        self.fields["design"].initial = cohort.design.public_id

    def rates(self) -> Iterator[tuple[str, Rate, str]]:
        """Yield what is believed of people: what of, the rate, and the words of its source."""
        believed = believed_of(self.cohort, now())
        for name in PLAYED:
            rate = believed.rates[name]
            yield rate_in_words(name), rate, beginning_in_words(rate.published, rate.source)
