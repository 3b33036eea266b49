"""What somebody wrote to the office is in the copy of their data, and goes with them."""

import json

import pytest

from lodestar.domain.messaging.models import Letter
from lodestar.domain.office.actions import answer_from_office, take_up, write_to_office
from lodestar.domain.office.models import OfficeMessage, Thread
from lodestar.domain.people.models import Person
from lodestar.domain.privacy.actions.forgetting import forget_person
from lodestar.domain.privacy.queries.held import held_about
from tests.factories.office import make_thread
from tests.factories.people import make_person
from tests.factories.programs import make_coordinator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    """Return a thread with a question, its answer, and one question more."""
    program = make_program(coordinator=make_person("Lena", "Berg"))
    amina = make_person("Amina", "Odhiambo")
    thread = make_thread(amina, program, text="May I pause?")
    lena = program.coordinators.get().person
    take_up(thread, by=lena)
    answer_from_office(thread, by=lena, text="Of course.")
    write_to_office(amina, program, text="Thank you.")
    return Thread.objects.get(pk=thread.pk)


def test_the_copy_has_the_words_of_both_sides_and_only_for_their_person(thread):
    own, lenas = (held_about(each) for each in (thread.person, thread.looked_after_by))

    [told] = own["What you and the office wrote"]
    written = [(row["author"], row["text"]) for row in told["messages"]]
    assert written == [
        ("Amina Odhiambo", "May I pause?"),
        ("Lena Berg", "Of course."),
        ("Amina Odhiambo", "Thank you."),
    ]
    assert "May I pause?" not in json.dumps(lenas)


def test_whoever_is_forgotten_takes_their_thread_along(thread):
    Letter.objects.filter(kind="office.written").update(
        subject="Amina Odhiambo wrote to the office"
    )

    forget_person(Person.objects.get(pk=thread.person_id))

    assert (Thread.objects.count(), OfficeMessage.objects.count()) == (0, 0)
    assert not Letter.objects.exclude(subject="").exists()


def test_a_coordinator_who_is_forgotten_leaves_no_word_and_no_name(thread):
    make_coordinator(thread.program, make_person("Per", "Lund"))

    forget_person(Person.objects.get(pk=thread.looked_after_by_id))

    left = Thread.objects.get()
    assert left.looked_after_by is None
    assert list(left.messages.values_list("text", flat=True)) == ["May I pause?", "–", "Thank you."]
