"""Every field of a design and of what belongs to it is copied, noticed when it changes, and told in words.

A field that is added to a model later is walked over by itself; one that is left out of a copy, of the fingerprints by which
two coordinators notice each other, or of the differences between versions, fails here by its name. What may be left
out stands below with its reason.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import BooleanField, DecimalField, Field, IntegerField, JSONField

from lodestar.domain.forms.rules import as_data
from lodestar.domain.programs.actions import clone_program
from lodestar.domain.programs.actions.designs import copied
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries import version_of
from lodestar.domain.programs.queries.versions import state_of_design
from lodestar.domain.programs.rules.differences import differences
from tests.factories.forms import form_with, make_question
from tests.factories.programs import make_design, make_program

pytestmark = pytest.mark.django_db

# Who a row is rather than what it decides.
NAMES_A_ROW = {"id", "public_id", "created_at", "design"}
OF_THE_VERSION = {
    "program": "whose design it is",
    "version": "counts the versions",
    "published_at": "what happened to this version alone",
}
# The order in which rows are listed; nothing but the list follows from it, and copies write it anew.
ORDER = "position"
KEEPS_A_DESIGN = Cohort
CHILDREN = [
    model
    for model in apps.get_app_config("programs").get_models()
    if model is not KEEPS_A_DESIGN
    and any(field.related_model is Design for field in model._meta.concrete_fields)
]
SPORT = make_question(use="report")
# What a design says of everything, so that a copy which forgets something is not alike by chance.
WHOLE = {
    "ways": ["rank", "office"],
    "group_rules": [{"kind": "at_most", "field": "employer", "count": 2}],
    "visibility": {"topics": "paired"},
    "form": as_data(form_with(SPORT)),
    "surveys": {"needs": as_data([SPORT])},
    "topics": [{"group": "Work", "topics": ["Pay"]}],
}
ROWS = {
    "Goal": {"metric": "met_share", "target": 70, "baseline": 40, "due_on": date(2030, 5, 1)},
    "Criterion": {"name": "Topics", "kind": "topics", "mentee_field": "topics",
                  "mentor_field": "about", "weight": 30},
    "Constraint": {"kind": "min_gap", "value": "3"},
    "Audience": {"role": "mentee", "class_year_from": 1990, "class_year_to": 2020,
                 "countries": ["Kenya"], "fields_of_study": ["Law"], "industries": ["Health"],
                 "is_binding": True},
    "EligibilityRule": {"role": "mentor", "kind": "at_least", "answer": "capacity", "least": 2, "values": ["Chess"],
                        "is_binding": True},
    "SelectionCriterion": {"role": "mentee", "name": "Why now", "meaning": "It is time.",
                           "answer": "about", "weak": "No.", "fair": "Perhaps.", "strong": "Yes."},
    "Milestone": {"kind": "event", "name": "Kick-off", "for_whom": "mentor", "anchor": "starts_on",
                  "offset_days": 4, "lasting_days": 2, "place": "The hall", "text": "We meet."},
}  # fmt: skip
OTHERWISE = {
    "ways": ["ask", "office"],
    "group_rules": [{"kind": "at_most", "field": "employer", "count": 1}],
    "visibility": {"topics": "office"},
    "form": as_data(form_with(SPORT, without=["style"])),
    "surveys": {"needs": as_data([make_question(use="report", is_required=True)])},
    "topics": [{"group": "Work", "topics": ["Pay", "Interviews"]}],
    "countries": ["Peru"],
    "values": ["Sailing"],
    "fields_of_study": ["Biology"],
    "industries": ["Tech"],
    "answer": "hours_per_month",
    "value": "5",
    "due_on": date(2031, 5, 1),
}


def decided(model, without=()):
    names = NAMES_A_ROW | {ORDER} | set(without)
    return [field for field in model._meta.concrete_fields if field.name not in names]


def otherwise(field: Field, value):
    """Return another value that the field may hold."""
    if field.name in OTHERWISE:
        return OTHERWISE[field.name]
    if isinstance(field, JSONField):
        raise AssertionError(f"say in OTHERWISE what else {field.name} may be")
    if field.choices:
        return next(key for key, _label in field.choices if key != value)
    if isinstance(field, BooleanField):
        return not value
    if isinstance(field, DecimalField):
        return Decimal(value or 0) + 1
    return (value or 0) + 1 if isinstance(field, IntegerField) else f"{value} Or so."


def whole_design(lena):
    """Return a design in which nothing is as it would be by itself."""
    design = make_design(
        make_program(coordinator=lena), with_goal=False, with_criterion=False, **WHOLE
    )
    for field in decided(Design, OF_THE_VERSION):
        if field.name not in WHOLE:
            setattr(design, field.name, otherwise(field, getattr(design, field.name)))
    design.save()
    for model in CHILDREN:
        model.objects.create(design=design, **ROWS[model.__name__])
    return design


def facts_of(design):
    """Return all that a design decides, by model and field."""
    own = {f"Design.{f.name}": getattr(design, f.name) for f in decided(Design, OF_THE_VERSION)}
    for model in CHILDREN:
        row = model.objects.get(design=design)
        own |= {f"{model.__name__}.{f.name}": getattr(row, f.name) for f in decided(model)}
    return own


WALKED = [(model, field) for model in CHILDREN for field in decided(model)]
WALKED += [(Design, field) for field in decided(Design, OF_THE_VERSION)]


def test_every_kind_of_row_is_walked_over():
    assert {model.__name__ for model in CHILDREN} == set(ROWS)


def test_every_field_goes_along_to_the_next_version_and_to_a_clone(lena):
    design = whole_design(lena)

    copy = copied(design, design.program, 2)
    clone = clone_program(design.program, by=lena, name="Again").designs.get()

    for each in (copy, clone):
        each.refresh_from_db()
        assert facts_of(each) == facts_of(design)
        assert state_of_design(each) == state_of_design(design)
        assert differences(version_of(design), version_of(each)) == []


@pytest.mark.parametrize(("model", "field"), WALKED, ids=str)
def test_a_change_of_every_field_is_noticed_and_told(lena, model, field):
    design = whole_design(lena)
    copy = copied(design, design.program, 2)
    before = state_of_design(copy)
    row = copy if model is Design else model.objects.get(design=copy)

    new = otherwise(field, getattr(row, field.name))
    model.objects.filter(pk=row.pk).update(**{field.name: new})
    changed = Design.objects.get(pk=copy.pk)

    told = differences(version_of(design), version_of(changed))
    assert state_of_design(changed) != before
    assert told
    assert all(each.endswith((".", "”", "?")) and each.strip(". ") for each in told)
