"""Interest groups: off until turned on, joined, written in, and kept friendly."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.community.actions import interests as actions
from lodestar.domain.community.models import InterestGroup, Membership, Post, PostReport
from lodestar.domain.community.queries import interests as queries
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.actions.blocking import block, lift_block
from lodestar.domain.people.models import Association
from lodestar.domain.privacy.actions.forgetting import forget_person
from lodestar.domain.privacy.actions.leaving import ask_to_leave
from lodestar.domain.privacy.queries.held import held_about
from tests.factories.applications import make_mentee
from tests.factories.community import make_interest_group, make_post, turn_groups_on
from tests.factories.people import make_account, make_person, make_role
from tests.factories.programs import make_cohort, make_program
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth():
    return make_person("Ruth", "Okafor", email="ruth@example.org")


@pytest.fixture
def amina():
    return make_person("Amina", "Odhiambo", email="amina@example.org")


@pytest.fixture
def kofi():
    return make_person("Kofi", "Mensah", email="kofi@example.org")


@pytest.fixture
def group(ruth, amina, kofi):
    return make_interest_group(moderator=ruth, members=[amina, kofi])


def texts(person, group):
    return [post.text for post in queries.posts_for(person, group)]


def test_while_they_are_off_there_is_nothing(group, ruth, amina):
    post = make_post(group, amina)
    Association.objects.update(has_interest_groups=False)
    admin = make_person()
    make_role(admin)

    for look in (
        lambda: queries.interest_groups_for(amina),
        lambda: queries.interest_group_for(amina, group.public_id),
        lambda: queries.post_for(amina, post.public_id),
        lambda: queries.group_to_moderate(ruth, group.public_id),
        lambda: queries.groups_of_the_office(admin),
        lambda: actions.open_group(by=admin, name="Bees", kind="topic", purpose="Bees."),
    ):
        with pytest.raises(NotFoundError):
            look()


def test_admins_and_coordinators_open_groups_and_moderate_them():
    turn_groups_on()
    admin, lena = make_person("Noor"), make_person("Lena")
    make_role(admin)
    cohort = make_cohort(make_program(coordinator=lena))

    bees = actions.open_group(by=admin, name="Bees", kind="topic", purpose="Bees.")
    ours = actions.open_group(by=lena, name="Ours", kind="cohort", purpose="Us.", cohort=cohort)

    assert queries.membership_of(admin, bees).is_moderator
    assert list(queries.groups_of_the_office(lena)) == [ours]
    assert list(queries.groups_of_the_office(admin)) == [bees, ours]
    with pytest.raises(RefusedError, match="of this name already"):
        actions.open_group(by=lena, name="Bees", kind="topic", purpose="More bees.")
    for by, more in ((make_person(), {}), (admin, {"cohort": cohort})):
        kind = "cohort" if more else "topic"
        with pytest.raises(NotFoundError):
            actions.open_group(by=by, name="Wasps", kind=kind, purpose="Wasps.", **more)


def test_a_cohort_s_group_is_found_by_its_participants_alone(amina, kofi):
    cohort = make_cohort()
    make_mentee(cohort, amina)
    group = make_interest_group(cohort=cohort)

    assert list(queries.groups_open_to(amina)) == [group]
    assert list(queries.groups_open_to(kofi)) == []
    with pytest.raises(NotFoundError):
        actions.join_group(group, by=kofi)


def test_one_joins_leaves_and_comes_back(group):
    ida = make_person("Ida")
    make_post(group, ida, "Before")
    assert texts(ida, group) == []
    with pytest.raises(RefusedError, match="Join the group first"):
        actions.write_post(group, by=ida, text="Hello")

    actions.join_group(group, by=ida)
    actions.join_group(group, by=ida)
    assert texts(ida, group) == ["Before"]
    actions.leave_group(group, by=ida)
    assert texts(ida, group) == []
    actions.join_group(group, by=ida)

    assert Membership.objects.filter(person=ida).count() == 1
    assert queries.interest_group_for(ida, group.public_id).member_count == 4


def test_posts_and_answers_are_kept_once(group, amina, kofi):
    post = actions.write_post(group, by=amina, text=" Beans? ", form_key="one")
    assert actions.write_post(group, by=amina, text=" Beans? ", form_key="one") == post
    answer = actions.write_post(group, by=kofi, text="In May.", answers=post)

    assert texts(amina, group) == ["Beans?"]
    assert queries.posts_for(amina, group)[0].seen_replies == [answer]
    with pytest.raises(RefusedError, match="still empty"):
        actions.write_post(group, by=amina, text=" ")
    elsewhere = make_interest_group("Bees", members=[amina])
    for wrong, where in ((answer, group), (post, elsewhere)):
        with pytest.raises(NotFoundError):
            actions.write_post(where, by=amina, text="Hm", answers=wrong)


def test_two_who_blocked_each_other_do_not_read_each_other(group, amina, kofi, ruth):
    post = make_post(group, amina, "From Amina")
    make_post(group, ruth, "From Ruth", answers=post)
    other = make_post(group, kofi, "From Kofi")
    row = block(kofi, by=amina)

    assert texts(kofi, group) == ["From Kofi"]
    assert texts(amina, group) == ["From Amina"]
    assert texts(ruth, group) == ["From Kofi", "From Amina"]
    with pytest.raises(NotFoundError):
        queries.post_for(kofi, post.public_id)
    with pytest.raises(NotFoundError):
        actions.report_post(other, by=amina)

    lift_block(row, by=amina)
    assert texts(kofi, group) == ["From Kofi", "From Amina"]


def test_a_report_is_made_once_and_a_hidden_post_is_read_by_its_writer(group, amina, kofi, ruth):
    post = make_post(group, amina, "Rude")
    actions.report_post(post, by=kofi)
    actions.report_post(post, by=kofi)
    assert PostReport.objects.count() == 1
    assert queries.moderation_of(group).reported == [post]
    with pytest.raises(RefusedError, match="your own post"):
        actions.report_post(post, by=amina)

    with pytest.raises(RefusedError, match="Say why"):
        actions.hide_post(post, by=ruth, because=" ")
    actions.hide_post(post, by=ruth, because="It hurts somebody.")

    assert texts(kofi, group) == []
    assert queries.posts_for(amina, group)[0].hidden_because == "It hurts somebody."
    found = queries.moderation_of(group)
    assert (found.reported, found.hidden) == ([], [post])
    with pytest.raises(RefusedError, match="hidden already"):
        actions.hide_post(post, by=ruth, because="Again.")


def test_a_post_that_stands_is_no_longer_to_be_looked_at(group, amina, kofi, ruth):
    post = make_post(group, amina)
    actions.report_post(post, by=kofi)

    actions.leave_post(post, by=ruth)

    assert queries.moderation_of(group).reported == []
    assert texts(kofi, group) == [post.text]


def test_only_moderators_moderate_even_where_a_block_stands(group, amina, kofi, ruth):
    post = make_post(group, amina)
    target = queries.membership_of(kofi, group)
    for act in (
        lambda: actions.hide_post(post, by=kofi, because="No."),
        lambda: actions.leave_post(post, by=amina),
        lambda: actions.remove_member(target, by=amina, is_ban=True),
        lambda: actions.lift_ban(target, by=amina),
    ):
        with pytest.raises(NotFoundError):
            act()
    block(ruth, by=amina)

    actions.hide_post(post, by=ruth, because="It is not about gardens.")

    assert texts(kofi, group) == []


def test_whoever_is_taken_out_may_come_back_and_whoever_is_banned_may_not(group, amina, kofi, ruth):
    ours, theirs = (queries.membership_of(each, group) for each in (amina, kofi))
    actions.remove_member(ours, by=ruth, is_ban=False)
    actions.remove_member(theirs, by=ruth, is_ban=True)

    actions.join_group(group, by=amina)
    assert list(queries.groups_open_to(kofi)) == []
    with pytest.raises(NotFoundError):
        actions.join_group(group, by=kofi)
    actions.lift_ban(theirs, by=ruth)
    actions.join_group(group, by=kofi)

    own = queries.membership_of(ruth, group)
    with pytest.raises(RefusedError, match="moderates cannot be taken out"):
        actions.remove_member(own, by=ruth, is_ban=False)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"interest_group.removed", "interest_group.ban_lifted"} <= verbs


def test_a_closed_group_is_read_by_its_members_and_nobody_writes(group, amina, ruth):
    make_post(group, amina)
    make_role(ruth)

    actions.close_group(group, by=ruth)

    assert texts(amina, group) == ["When do you sow beans?"]
    assert list(queries.groups_open_to(make_person())) == []
    for act in (
        lambda: actions.write_post(group, by=amina, text="More"),
        lambda: actions.join_group(group, by=amina),
        lambda: actions.close_group(group, by=ruth),
    ):
        with pytest.raises(RefusedError, match="is closed"):
            act()


def test_a_letter_goes_to_who_wished_it_and_reads_the_post(group, amina, kofi, ruth):
    for each in (amina, kofi, ruth):
        actions.choose_group_letters(group, by=each, is_wanted=True)
    block(kofi, by=amina)

    actions.write_post(group, by=amina, text="Beans?")
    assert list(Letter.objects.values_list("person__given_name", flat=True)) == ["Ruth"]

    actions.choose_group_letters(group, by=ruth, is_wanted=False)
    Letter.objects.all().delete()
    actions.write_post(group, by=amina, text="Peas?")
    assert not Letter.objects.exists()
    with pytest.raises(NotFoundError):
        actions.choose_group_letters(group, by=make_person(), is_wanted=True)


def test_a_copy_holds_one_s_posts_and_forgetting_takes_the_words(group, amina, kofi):
    post = make_post(group, amina, "My garden")
    actions.report_post(make_post(group, kofi), by=amina)
    assert [row["text"] for row in held_about(amina)["What you wrote in interest groups"]] == [
        "My garden"
    ]

    forget_person(amina)

    post.refresh_from_db()
    assert post.text == "–"
    assert not Membership.objects.filter(person=amina).exists()
    assert not PostReport.objects.exists()


def test_whoever_leaves_the_association_leaves_its_groups(group, amina):
    make_account(amina, "amina@example.org")

    ask_to_leave(amina, by=amina)

    assert queries.membership_of(amina, group).left_at is not None


def test_any_number_of_posts_is_read_in_as_many_statements(
    group, amina, kofi, django_assert_num_queries
):
    for number in range(3):
        post = make_post(group, amina, f"{number}")
        make_post(group, kofi, "yes", answers=post)

    with django_assert_num_queries(3):
        assert [len(post.seen_replies) for post in queries.posts_for(kofi, group)] == [1, 1, 1]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_at_once_join_once_and_open_one_name_once():
    admin = make_person()
    make_role(admin)
    group = make_interest_group()

    assert at_once(*[lambda: actions.join_group(group, by=admin)] * 2) == []
    told = at_once(
        *[lambda: actions.open_group(by=admin, name="Bees", kind="topic", purpose="B.")] * 2
    )

    assert told == ["There is a group of this name already."]
    assert InterestGroup.objects.filter(name="Bees").count() == 1
    assert Membership.objects.filter(group=group, person=admin).count() == 1
    assert not Post.objects.exists()
