"""Interest groups in the portal: from turning them on to a hidden post."""

import pytest

from lodestar.domain.community.models import InterestGroup, Post
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.community import make_interest_group, make_post
from tests.factories.people import make_person, make_role, signed_in

pytestmark = pytest.mark.django_db
HOUSE = {"name": "Halden", "colour": "#264e7e", "reads_in": "en"}


@pytest.fixture
def admin():
    person = make_person("Noor", "Haddad")
    make_role(person)
    return person


def page(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_admin_turns_them_on_and_opens_one(admin):
    office, member = signed_in(admin), signed_in(make_person("Amina"))
    assert member.get("/interest-groups/").status_code == 404
    assert office.get("/console/interest-groups/").status_code == 404
    assert "/interest-groups/" not in page(member, "/home/")

    office.post("/console/association/", HOUSE | {"has_interest_groups": "on"})
    told = {"name": "Gardeners", "purpose": "Beds and bees.", "kind": "topic", "cohort": ""}
    office.post("/console/interest-groups/", told)

    group = InterestGroup.objects.get()
    assert "/interest-groups/" in page(member, "/home/")
    assert "Gardeners" in page(member, "/interest-groups/")
    assert "Come in" in page(member, f"/interest-groups/{group.public_id}/")

    office.post(f"/console/interest-groups/{group.public_id}/close/")
    assert "Gardeners" not in page(member, "/interest-groups/")


def test_a_group_of_a_cohort_needs_one(admin):
    make_interest_group(moderator=admin)
    told = {"name": "Bees", "purpose": "Bees.", "kind": "cohort", "cohort": ""}

    answer = signed_in(admin).post("/console/interest-groups/", told)

    assert answer.status_code == 422
    assert "Say which cohort." in answer.content.decode()


def test_members_write_answer_report_and_a_moderator_hides():
    ruth, amina = make_person("Ruth", "Okafor"), make_person("Amina", "Odhiambo")
    group = make_interest_group(moderator=ruth)
    here = f"/interest-groups/{group.public_id}/"
    hers, mod = signed_in(amina), signed_in(ruth)

    hers.post(f"{here}join/")
    hers.post(f"{here}write/", {"text": "<b>Beans</b>?", "form_key": "one"})
    post = Post.objects.get()
    assert "&lt;b&gt;Beans&lt;/b&gt;?" in page(mod, here)
    mod.post(f"/interest-posts/{post.public_id}/", {"text": "In May.", "form_key": "two"})
    assert "In May." in page(hers, here)
    assert hers.post(f"{here}write/", {"text": ""}).status_code == 422

    mod.post(f"/interest-posts/{post.public_id}/report/")
    assert "1 post waits for a look." in page(mod, here)
    assert hers.get(f"{here}moderate/").status_code == 404
    assert "Let it stand" in page(mod, f"{here}moderate/")
    mod.post(f"/interest-posts/{post.public_id}/hide/", {"because": "Not about gardens."})

    assert "Not about gardens." in page(hers, here)
    assert "Beans" not in page(mod, here)


def test_a_member_is_taken_out_for_good_and_let_back():
    ruth, amina = make_person("Ruth", "Okafor"), make_person("Amina", "Odhiambo")
    group = make_interest_group(moderator=ruth, members=[amina])
    here = f"/interest-groups/{group.public_id}/"
    target = group.memberships.get(person=amina)
    hers, mod = signed_in(amina), signed_in(ruth)

    mod.post(f"/interest-members/{target.public_id}/remove/", {"ban": "on"})
    assert hers.get(here).status_code == 404
    assert "Shut out" in page(mod, f"{here}moderate/")

    mod.post(f"/interest-members/{target.public_id}/back/")
    assert hers.post(f"{here}join/").status_code == 302
    assert "Post it" in page(hers, here)


def test_a_letter_is_wished_and_says_where_not_what():
    ruth, amina = (make_person(n, email=f"{n}@example.org") for n in ("Ruth", "Amina"))
    group = make_interest_group(moderator=ruth, members=[amina])
    here = f"/interest-groups/{group.public_id}/"
    signed_in(amina).post(f"{here}letters/", {"letters": "on"})

    signed_in(ruth).post(f"{here}write/", {"text": "Beans?", "form_key": "one"})

    written = write(Letter.objects.get(), "amina@example.org")
    assert written.subject == "Somebody wrote in Gardeners"
    assert "Beans" not in written.body
    assert here in written.body


def test_leaving_tells_nobody():
    amina = make_person("Amina")
    group = make_interest_group(members=[amina])
    make_post(group, amina)
    hers = signed_in(amina)

    hers.post(f"/interest-groups/{group.public_id}/leave/")

    assert "Come in" in page(hers, f"/interest-groups/{group.public_id}/")
    assert not Letter.objects.exists()
