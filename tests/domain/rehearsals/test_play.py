"""A whole cohort is played in a child, and nothing of the real house is touched."""

from datetime import timedelta

import pytest
from django.apps import apps

from lodestar.demo.rehearsal.play import play_through
from lodestar.demo.rehearsal.world import let_the_office_match
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import create_program
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import Phases
from lodestar.domain.rehearsals import jobs
from lodestar.domain.rehearsals.models import Rehearsal
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_cohort, make_design
from tests.factories.rehearsals import ask_rehearsal

pytestmark = pytest.mark.django_db
# What a rehearsal itself leaves: its row, and that it was asked for and done.
OWN = {"rehearsals.Rehearsal", "audit.Entry", "audit.PersonKey"}


@pytest.fixture
def cohort():
    """Return a planned cohort of eight weeks on the usual design of a first job."""
    lena = make_person("Lena", "Berg")
    make_role(lena)
    program = create_program(by=lena, name="First Steps", promise="Somebody.", template="first-job")
    design = program.designs.get()
    design.milestones.exclude(kind="event").delete()  # a week before matching nobody applies yet
    design.pulse_first_days = 14
    design.save()
    opens = today() + timedelta(days=10)
    days = Phases(*(opens + timedelta(days=day) for day in (0, 4, 5, 14, 54)))
    named = {name: getattr(days, name) for name in days.__slots__}
    return make_cohort(program, is_published=False, **named)


def everything():
    """Return every row of the database but the rehearsal's own."""
    models = [model for model in apps.get_models() if model._meta.label not in OWN]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}  # fmt: skip


def test_a_cohort_is_played_from_the_first_day_to_the_last_question(cohort):
    rehearsal = ask_rehearsal(cohort, by=Person.objects.get())
    before = everything()

    jobs.play_rehearsals(now())

    assert everything() == before
    rehearsal.refresh_from_db()
    report = rehearsal.report
    assert (rehearsal.status, rehearsal.problem) == (Rehearsal.Status.DONE, "")
    assert [remark for remark in report["remarks"] if remark["code"].startswith(("error", "refused", "letter"))] == []  # fmt: skip
    codes = {event["code"] for event in report["events"]}
    assert codes >= {"planned", "opens", "applied", "drafted", "accepted", "closes", "matched", "said_yes", "said_no", "expired", "began", "met_first", "asked", "ends"}  # fmt: skip
    kinds = {letter["kind"] for letter in report["letters"]}
    assert kinds >= {"applications.received", "applications.unfinished", "applications.accepted", "matching.proposed", "matching.reminder", "matching.closed", "mentorships.begun", "feedback.pulse"}  # fmt: skip
    assert all(letter["fate"] == "sent" and letter["text"] for letter in report["letters"])
    assert report["tally"]["mentees"] == 4
    assert report["tally"]["met"] >= 1
    assert any(letter["text"].startswith("Dear نور") for letter in report["letters"])


def test_where_people_only_ask_the_office_of_a_rehearsal_matches():
    design = make_design(ways=["ask"])

    let_the_office_match(design)

    design.refresh_from_db()
    assert design.ways == ["office", "ask"]


def test_a_design_that_cannot_open_is_refused_with_its_mend(cohort):
    cohort.design.criteria.all().delete()
    given = ask_rehearsal(cohort, by=Person.objects.get()).inputs
    Cohort.objects.update(name="The real one")  # here the play has no database of its own

    with pytest.raises(RefusedError, match="weigh"):
        play_through(given, jobs={}, write=print, hear=print)
