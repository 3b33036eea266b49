"""News: for whom it is, what it goes through, and its letters."""

from datetime import timedelta

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.community import jobs
from lodestar.domain.community.actions import news as actions
from lodestar.domain.community.actions.news import NewsWish
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.community.queries import news as queries
from lodestar.domain.community.rules import news as rules
from lodestar.domain.messaging.actions import choose_letters, suppress
from lodestar.domain.messaging.models import Letter, Suppression
from lodestar.domain.people.actions.profile import give_consent
from lodestar.domain.people.models import Consent, Education, Position
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.community import make_news
from tests.factories.people import make_account, make_person, make_role
from tests.factories.programs import OUTSIDERS, make_cohort, make_outsider, make_program
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db
State = NewsPiece.State
HOUR = timedelta(hours=1)


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


@pytest.fixture
def program(lena):
    return make_program(coordinator=lena)


@pytest.fixture
def admin():
    person = make_person("Noor", "Haddad")
    make_role(person)
    return person


def wish(**fields):
    told = {"title": "The garden party", "text": "Come on Friday.", "language": "en"}
    return NewsWish(**(told | fields))


def names(people):
    return sorted(each.given_name for each in people)


@pytest.mark.parametrize(
    ("fields", "state", "may"),
    [
        ({}, State.DRAFT, {"change", "publish", "discard"}),
        ({"published_at": HOUR}, State.PLANNED, {"change", "put_off"}),
        ({"published_at": -HOUR}, State.PUBLISHED, {"change", "withdraw"}),
        ({"published_at": -HOUR, "withdrawn_at": -HOUR}, State.WITHDRAWN, set()),
    ],
)
def test_what_may_be_done_follows_from_the_state(fields, state, may):
    at = now()
    piece = NewsPiece(**{name: at + shift for name, shift in fields.items()})

    allowed = {
        name
        for name in ("change", "publish", "put_off", "withdraw", "discard")
        if getattr(rules, f"can_{name}")(piece, at)
    }

    assert (rules.state_of(piece, at), allowed) == (state, may)


def test_each_audience_reads_its_own_news_and_is_counted_alike(program):
    cohort, other = make_cohort(program), make_cohort(program)
    people = {
        "Ruth": make_mentor(cohort, make_person("Ruth", class_year=1990)).person,
        "Amina": make_mentee(cohort, make_person("Amina", class_year=2020)).person,
        "Kofi": make_mentee(other, make_person("Kofi", country="Ghana")).person,
        "Jonas": make_person("Jonas", class_year=2019, country="ghana"),
        "Ida": make_person("Ida"),
    }
    Education.objects.create(person=people["Ida"], field="Civil engineering")
    Education.objects.create(person=people["Ida"], field="Music")
    Position.objects.create(person=people["Jonas"], industry="Health care")
    of_program = {"program": program}
    pieces = [
        (make_news(), {"Amina", "Ida", "Jonas", "Kofi", "Ruth"}),
        (make_news(**of_program), {"Amina", "Kofi", "Ruth"}),
        (make_news(**of_program, role="mentee"), {"Amina", "Kofi"}),
        (make_news(**of_program, cohort=cohort), {"Amina", "Ruth"}),
        (make_news(**of_program, cohort=cohort, role="mentor"), {"Ruth"}),
        (make_news(class_year_from=2000, class_year_to=2019), {"Jonas"}),
        (make_news(countries=["Ghana"]), {"Jonas", "Kofi"}),
        (make_news(fields_of_study=["engineering"]), {"Ida"}),
        (make_news(industries=["health"], countries=["Ghana"]), {"Jonas"}),
        (make_news(**of_program, class_year_from=2000), {"Amina"}),
    ]
    writer = {"Lena"}  # of each piece of news a person of the roll, too

    for piece, whom in pieces:
        assert {*names(queries.people_meant(piece))} - writer == whom
        readers = {n for n, p in people.items() if piece in queries.news_for(p)}
        assert readers == whom


def test_whoever_left_a_cohort_or_is_shut_out_is_not_meant(program):
    cohort = make_cohort(program)
    left = make_mentee(cohort, make_person("Kofi"))
    left.left_at = now()
    left.save()
    make_mentee(cohort, make_person("Ivo", blocked_at=now()))
    piece = make_news(program=program)

    assert names(queries.people_meant(piece)) == []
    assert list(queries.news_for(left.person)) == []


def test_drafts_plans_and_what_was_withdrawn_nobody_reads():
    reader = make_person()
    make_news(is_out=False)
    make_news(published_at=now() + HOUR)
    make_news(withdrawn_at=now())
    out = make_news()

    assert list(queries.news_for(reader)) == [out]


def test_any_amount_of_news_is_found_in_as_many_statements(django_assert_num_queries, program):
    reader = make_mentee(make_cohort(program), make_person()).person
    for _each in range(3):
        make_news()
        make_news(program=program, class_year_from=1990)

    with django_assert_num_queries(3):
        assert len(queries.news_for(reader)) == 3


def test_an_admin_writes_to_everybody_and_a_coordinator_to_their_program(admin, lena, program):
    for_all = actions.write_news(wish(), by=admin)
    for_some = actions.write_news(wish(program=program), by=lena)

    assert list(queries.news_written_for(admin)) == [for_all]
    assert list(queries.news_written_for(lena)) == [for_some]
    for by, whom in ((admin, {"program": program}), (lena, {}), (make_person(), {})):
        with pytest.raises(NotFoundError):
            actions.write_news(wish(**whom), by=by)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_else_does_anything_with_a_program_s_news(who, program):
    piece = make_news(program=program, is_out=False)
    outsider = make_outsider(who)

    for act in (
        lambda: queries.piece_for(outsider, piece.public_id),
        lambda: actions.change_news(piece, wish(), by=outsider),
        lambda: actions.publish_news(piece, by=outsider, by_letter=True),
        lambda: actions.discard_news(piece, by=outsider),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert queries.piece_for(program.coordinators.get().person, piece.public_id) == piece


def test_a_coordinator_cannot_turn_their_news_to_everybody(lena, program):
    piece = actions.write_news(wish(program=program), by=lena)

    with pytest.raises(NotFoundError):
        actions.change_news(piece, wish(), by=lena)
    piece.refresh_from_db()
    assert piece.program == program


def test_a_cohort_brings_its_program_along(lena, program):
    cohort = make_cohort(program)

    piece = actions.write_news(wish(cohort=cohort, countries=("Ghana",)), by=lena)

    assert (piece.program, piece.cohort, piece.countries) == (program, cohort, ["Ghana"])


def test_classes_the_wrong_way_round_are_refused(admin):
    with pytest.raises(RefusedError, match="later than the last"):
        actions.write_news(wish(class_year_from=2020, class_year_to=2010), by=admin)


def test_a_change_before_it_is_out_leaves_no_mark_and_one_after_does(admin):
    piece = actions.write_news(wish(), by=admin)
    piece = actions.change_news(piece, wish(title="The lawn party"), by=admin)
    assert (piece.title, piece.edited_at) == ("The lawn party", None)

    actions.publish_news(piece, by=admin, by_letter=False)
    piece = actions.change_news(piece, wish(title="The lawn party"), by=admin)
    assert piece.edited_at is None

    piece = actions.change_news(piece, wish(text="On Saturday.", countries=("Ghana",)), by=admin)
    assert piece.edited_at is not None
    assert (piece.text, piece.countries) == ("On Saturday.", [])


def test_it_is_published_once_planned_and_put_off(admin):
    piece = actions.write_news(wish(), by=admin)
    with pytest.raises(RefusedError, match="has passed"):
        actions.publish_news(piece, by=admin, by_letter=False, at=now() - HOUR)

    planned = actions.publish_news(piece, by=admin, by_letter=True, at=now() + HOUR)
    with pytest.raises(RefusedError, match="published already"):
        actions.publish_news(planned, by=admin, by_letter=False)
    draft = actions.put_off_news(planned, by=admin)
    out = actions.publish_news(draft, by=admin, by_letter=False)

    assert rules.is_told(out, now())
    with pytest.raises(RefusedError, match="is out already"):
        actions.put_off_news(out, by=admin)
    with pytest.raises(RefusedError, match="Only a draft"):
        actions.discard_news(out, by=admin)
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert [*verbs] == ["news.written", "news.published", "news.put_off", "news.published"]


def test_a_draft_can_be_thrown_away(admin):
    actions.discard_news(actions.write_news(wish(), by=admin), by=admin)

    assert not NewsPiece.objects.exists()


def letters():
    found = Letter.objects.filter(kind="community.news").exclude(status="dropped")
    return sorted(found.values_list("person__given_name", flat=True))


def test_letters_go_once_to_each_who_wants_them_in_batches(admin, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    wanting = [make_person(n, email=f"{n}@example.org") for n in "ABCDE"]
    stopped, refusing, silent = (make_person(n, email=f"{n}@example.org") for n in "XYZ")
    suppress("x@example.org", Suppression.Reason.ASKED)
    choose_letters(refusing, "community.news", is_wanted=False, by=refusing)
    for is_given in (True, False):
        give_consent(
            silent,
            by=silent,
            use=Consent.Use.NEWS,
            is_given=is_given,
            text_version="1",
            channel="portal",
        )
    piece = actions.write_news(wish(), by=admin)
    piece = actions.publish_news(piece, by=admin, by_letter=True)

    assert queries.readers_of(piece).by_letter == 5
    assert jobs.write_news_letters(now()) == 1
    assert letters() == names(wanting)
    assert jobs.write_news_letters(now()) == 0

    NewsPiece.objects.update(letters_done_at=None, letters_up_to=0)
    jobs.write_news_letters(now())
    assert letters() == names(wanting)
    assert Letter.objects.values_list("urgency", flat=True).distinct().get() == 2
    assert stopped.given_name == "X"


def test_a_killed_job_goes_on_where_it_was(admin, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    for name in "ABC":
        make_person(name, email=f"{name}@example.org")
    piece = make_news(by=admin, by_letter=True)

    assert actions.write_letters(piece, now=now())
    assert letters() == ["A"]
    jobs.write_news_letters(now())

    assert letters() == ["A", "B", "C"]


def test_planned_news_writes_no_letter_before_its_time(admin):
    make_person("A", email="a@example.org")
    piece = make_news(by=admin, by_letter=True, published_at=now() + HOUR)

    assert not actions.write_letters(piece, now=now())
    assert jobs.write_news_letters(now()) == 0
    assert jobs.write_news_letters(now() + 2 * HOUR) == 1
    assert letters() == ["A"]


def test_news_for_the_portal_only_writes_none(admin):
    make_person("A", email="a@example.org")
    make_news(by=admin)

    assert jobs.write_news_letters(now()) == 0
    assert letters() == []


def test_withdrawing_takes_it_from_the_pages_and_keeps_letters_from_leaving(admin):
    reader = make_person("A", email="a@example.org")
    piece = make_news(by=admin, by_letter=True)
    jobs.write_news_letters(now())

    piece = actions.withdraw_news(piece, by=admin)

    assert list(queries.news_for(reader)) == []
    assert letters() == []
    assert jobs.write_news_letters(now()) == 0
    with pytest.raises(RefusedError, match="was withdrawn"):
        actions.change_news(piece, wish(), by=admin)
    with pytest.raises(RefusedError, match="not out"):
        actions.withdraw_news(piece, by=admin)


def test_a_cohort_that_holds_its_letters_holds_its_news(lena, program):
    cohort = make_cohort(program, holds_letters=True)
    make_mentee(cohort, make_person("A", email="a@example.org"))
    make_news(by=lena, program=program, cohort=cohort, by_letter=True)

    jobs.write_news_letters(now())

    letter = Letter.objects.get()
    assert (letter.status, letter.batch) == ("waiting", cohort.public_id)


def test_who_can_sign_in_is_counted_apart(admin):
    make_account(make_person("A"), "a@example.org")
    make_person("B")

    readers = queries.readers_of(make_news(by=admin))

    assert (readers.meant, readers.in_portal, readers.by_letter) == (3, 1, 1)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once():
    admin = make_person()
    make_role(admin)
    piece = actions.write_news(wish(), by=admin)

    told = at_once(*[lambda: actions.publish_news(piece, by=admin, by_letter=True)] * 2)

    assert told == ["This news is published already. Nothing was changed."]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_write_each_letter_once():
    admin = make_person()
    for name in "ABC":
        make_person(name, email=f"{name}@example.org")
    make_news(by=admin, by_letter=True)

    at_once(*[lambda: jobs.write_news_letters(now())] * 2)

    assert letters() == ["A", "B", "C"]
