"""Questions of a program's own."""

from lodestar.domain.forms.rules import (
    USUAL_FORM,
    Condition,
    Option,
    Question,
    as_data,
    in_order,
)
from lodestar.engine.forms.questions import Kind, Use

SPORTS = (
    Option("Running", "Running"),
    Option("Chess", "Chess and go"),
    Option("Sailing", "Sailing"),
)


def make_question(key="sport", label="Which sport do you do?", kind="one", **fields):
    if kind in ("one", "several", "ranked"):
        fields.setdefault("options", SPORTS)
    fields["use"] = Use(fields.get("use", "none"))
    if told := fields.pop("only_if", None):
        fields["condition"] = Condition(f"q_{told[0]}", tuple(told[1:]))
    return Question(f"q_{key}", Kind(kind), label, **fields)


def form_with(*own, without=()):
    """Return the usual form with questions of one's own."""
    usual = [question for question in USUAL_FORM if question.key not in without]
    return in_order([*usual, *own])


def ask(design, *own, without=(), **shown):
    """Let a design ask these besides the usual questions; `shown` says from when on a partner reads them."""
    design.form = as_data(form_with(*own, without=without))
    design.visibility = design.visibility | {f"q_{key}": level for key, level in shown.items()}
    design.save()
    return design
