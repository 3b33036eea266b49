"""What changes when somebody writes to the office, and when it answers?"""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.messaging.models import Letter
from lodestar.domain.office import actions, queries
from lodestar.domain.office.models import OfficeMessage, Thread
from tests.factories.office import make_thread
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_coordinator, make_program
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db
Status = Thread.Status


@pytest.fixture
def program():
    program = make_program(coordinator=make_person("Lena", "Berg", email="lena@example.org"))
    make_coordinator(program, make_person("Per", "Lund", email="per@example.org"))
    return program


def staff(program):
    return [each.person for each in program.coordinators.order_by("pk")]


def told(kind):
    letters = Letter.objects.filter(kind=kind).order_by("pk")
    return [letter.person.first_name for letter in letters]


def state(thread):
    fresh = Thread.objects.get(pk=thread.pk)
    return fresh.status, fresh.waiting_since is not None, fresh.looked_after_by


def seen(thread):
    return queries.newest_in(thread)


def test_a_first_message_opens_the_thread_and_everybody_of_the_office_is_told(program):
    amina = make_person("Amina")

    message = actions.write_to_office(amina, program, text="  May I pause?  ")

    assert (message.text, message.author) == ("May I pause?", amina)
    assert state(message.thread) == (Status.WAITING, True, None)
    assert told("office.written") == ["Lena", "Per"]
    assert Entry.objects.filter(verb="office_message.written").count() == 1


def test_there_is_one_thread_and_it_waits_since_the_first_unanswered_message(program):
    amina = make_person("Amina")
    first = make_thread(amina, program)

    second = actions.write_to_office(amina, program, text="And one thing more.").thread

    assert second == first
    assert second.waiting_since == first.waiting_since
    assert first.messages.count() == 2


def test_the_same_form_sent_twice_is_one_message_and_in_another_thread_it_is_refused(program):
    amina, other = make_person("Amina"), make_program("Other", coordinator=make_person("Tomas"))
    for _time in range(2):
        actions.write_to_office(amina, program, text="May I?", form_key="one")

    with pytest.raises(RefusedError, match="used before"):
        actions.write_to_office(amina, other, text="May I?", form_key="one")

    assert OfficeMessage.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_message_is_refused_and_opens_nothing(program, text):
    with pytest.raises(RefusedError, match="still empty"):
        actions.write_to_office(make_person(), program, text=text)

    assert not Thread.objects.exists()


def test_nobody_writes_to_themselves_or_into_the_void(program):
    lena = staff(program)[0]

    with pytest.raises(RefusedError, match="You look after this yourself"):
        actions.write_to_office(lena, program, text="Dear me")
    with pytest.raises(RefusedError, match="association instead"):
        actions.write_to_office(make_person(), make_program("Empty"), text="Hello?")

    assert not Thread.objects.exists()


def test_an_answer_settles_it_and_whoever_gives_it_looks_after_it(program):
    amina, (lena, per) = make_person("Amina"), staff(program)
    thread = make_thread(amina, program)

    actions.answer_from_office(thread, by=lena, text="Of course.")
    actions.answer_from_office(thread, by=per, text="And welcome back then.")

    assert state(thread) == (Status.ANSWERED, False, lena)
    assert told("office.answered") == ["Amina"]  # one letter in a few hours
    assert set(Letter.objects.filter(kind="office.written").values_list("status", flat=True)) == {"dropped"}  # fmt: skip


def test_what_comes_after_an_answer_is_told_to_whoever_looks_after_it(program):
    amina, (lena, _per) = make_person("Amina"), staff(program)
    thread = make_thread(amina, program)
    actions.answer_from_office(thread, by=lena, text="Of course.")
    Letter.objects.all().delete()

    actions.write_in_thread(thread, by=amina, text="Thank you.")

    assert told("office.written") == ["Lena"]
    assert state(thread) == (Status.WAITING, True, lena)


def test_strangers_can_neither_answer_nor_settle(program):
    thread = make_thread(make_person("Amina"), program)
    admin = make_person("Noor")
    make_role(admin)

    for stranger in (admin, make_person("Jonas")):
        for act in (
            lambda by: actions.write_in_thread(thread, by=by, text="Hi"),
            lambda by: actions.take_up(thread, by=by),
            lambda by: actions.hand_over(thread, by=by, to=by.public_id),
            lambda by: actions.close_thread(thread, by=by, seen=seen(thread)),
        ):
            with pytest.raises(NotFoundError):
                act(stranger)

    assert state(thread) == (Status.WAITING, True, None)


def test_taking_up_and_handing_over(program):
    lena, per = staff(program)
    thread = make_thread(make_person("Amina"), program)
    Letter.objects.all().delete()
    actions.take_up(thread, by=lena)
    actions.take_up(thread, by=lena)

    with pytest.raises(RefusedError, match="Lena Berg looks after it already"):
        actions.take_up(thread, by=per)
    actions.hand_over(thread, by=lena, to=per.public_id)
    actions.hand_over(thread, by=lena, to=per.public_id)

    assert state(thread) == (Status.WAITING, True, per)
    assert told("office.written") == ["Per"]
    verbs = Entry.objects.filter(verb__startswith="office_thread").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "office_thread.taken",
        "office_thread.handed_over",
    ]


def test_what_somebody_looked_after_who_is_gone_can_be_taken_up_or_answered(program):
    lena, per = staff(program)
    threads = [make_thread(make_person(name), program) for name in ("Amina", "Bo")]
    for thread in threads:
        actions.take_up(thread, by=lena)
    program.coordinators.filter(person=lena).delete()

    actions.take_up(threads[0], by=per)
    actions.answer_from_office(threads[1], by=per, text="Yes.")

    assert [state(thread)[2] for thread in threads] == [per, per]


def test_a_thread_is_handed_over_to_the_office_only(program):
    amina = make_person("Amina")
    thread = make_thread(amina, program)

    for wrong in (amina.public_id, make_person("Jonas").public_id, "x"):
        with pytest.raises(NotFoundError):
            actions.hand_over(thread, by=staff(program)[0], to=wrong)


def test_closed_is_closed_until_a_new_message_opens_it(program):
    amina, (lena, _per) = make_person("Amina"), staff(program)
    thread = make_thread(amina, program)

    for _time in range(2):
        actions.close_thread(thread, by=lena, seen=seen(thread))
    closed = state(thread)
    actions.write_to_office(amina, program, text="Still there?")

    assert closed == (Status.CLOSED, False, None)
    assert state(thread) == (Status.WAITING, True, None)
    assert Entry.objects.filter(verb="office_thread.closed").count() == 1


@pytest.mark.parametrize("settle", [actions.mark_answered, actions.close_thread])
def test_nothing_new_is_put_away_unread(program, settle):
    amina, (lena, _per) = make_person("Amina"), staff(program)
    thread = make_thread(amina, program)
    looked = seen(thread)
    actions.write_to_office(amina, program, text="Wait, one thing more.")

    with pytest.raises(RefusedError, match="Something new was written"):
        settle(thread, by=lena, seen=looked)

    assert state(thread) == (Status.WAITING, True, None)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_up_at_once_one_does():
    program = make_program(coordinator=make_person("Lena", "Berg"))
    make_coordinator(program, make_person("Per", "Lund"))
    thread = make_thread(make_person("Amina"), program)

    refused = at_once(
        *(lambda each=each: actions.take_up(thread, by=each) for each in staff(program))
    )

    assert len(refused) == 1
    assert state(thread)[2] in staff(program)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_first_messages_at_once_stand_in_one_thread():
    program = make_program(coordinator=make_person("Lena", "Berg"))
    amina = make_person("Amina")

    refused = at_once(
        *(
            lambda text=text: actions.write_to_office(amina, program, text=text)
            for text in ("One", "Two", "Three")
        )
    )

    assert refused == []
    assert Thread.objects.get().messages.count() == 3


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_message_and_a_close_at_once_leave_nothing_unread_in_a_closed_thread():
    program = make_program(coordinator=make_person("Lena", "Berg"))
    amina, lena = make_person("Amina"), program.coordinators.get().person
    thread = make_thread(amina, program)
    looked = seen(thread)

    at_once(
        lambda: actions.close_thread(thread, by=lena, seen=looked),
        lambda: actions.write_to_office(amina, program, text="Wait!"),
    )

    assert state(thread)[0] == Status.WAITING
