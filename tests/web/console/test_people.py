"""The pages on which admins find people, appoint them and end their access."""

import pytest
from django.test import Client
from django.urls import reverse

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people import jobs
from lodestar.domain.people.actions.accounts import end_access
from lodestar.domain.people.actions.imports import request_import, upload_import
from lodestar.domain.people.actions.roles import appoint, withdraw_role
from lodestar.domain.people.models import Education, Import, Person, Position, Role
from tests.factories.applications import make_application
from tests.factories.people import make_account, make_address, make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_program

PEOPLE = "/console/people/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    person = make_role(make_person("Nora", "Wood")).person
    make_account(person, "nora@example.org")
    return person


@pytest.fixture
def ann():
    return make_person("Ann", "Lee", email="ann.lee@example.org", class_year=2004, city="Graz")


def url(name, person, *more):
    return reverse(f"console:{name}", args=[person.public_id, *more])


def words(answer):
    return " ".join(answer.content.decode().split())


def found(answer):
    return [person.given_name for person in answer.context["page"]]


@pytest.mark.parametrize(
    "wish",
    [
        {"search": "ann"},
        {"search": "LEE"},
        {"search": "ann.lee@"},
        {"search": "Ann Lee"},
        {"class_year": "2004"},
        {"show": "no-account"},
    ],
)
def test_people_are_found_by_name_address_and_class_year(office, ann, wish):
    make_account(make_person("Bo", "Kay", class_year=1999))

    assert found(office.get(PEOPLE, wish)) == ["Ann"]


@pytest.mark.parametrize("search", ["jose", "JOSÉ muno", "Munoz"])
def test_a_name_is_found_however_it_is_spelled(office, ann, search):
    make_person("José", "Muñoz")

    assert found(office.get(PEOPLE, {"search": search})) == ["José"]


def test_people_are_found_by_how_they_stand(office, ann):
    make_account(ann)
    end_access(ann, by=None, reason="left")

    assert found(office.get(PEOPLE, {"show": "shut-out"})) == ["Ann"]
    assert found(office.get(PEOPLE, {"show": "role"})) == ["Nora"]
    assert found(office.get(PEOPLE, {"show": "account"})) == ["Ann", "Nora"]


@pytest.mark.parametrize("odd", [{"class_year": "x"}, {"show": "else"}, {"search": "\0"}])
def test_an_odd_wish_shows_everybody(office, ann, odd):
    assert found(office.get(PEOPLE, odd)) == ["Ann", "Nora"]


def test_nobody_found_says_what_to_try(office):
    assert "Nobody fits this" in words(office.get(PEOPLE, {"search": "zzz"}))


def test_the_list_renews_itself_as_a_fragment(office, ann):
    fragment = office.get(PEOPLE, {"search": "ann"}, headers={"HX-Request": "true"})

    assert fragment.content.decode().strip().startswith('<section class="stack" id="list"')


@pytest.mark.parametrize("size", [0, 1, 10_000])
def test_any_number_of_people_costs_the_same_few_questions(
    office, size, django_assert_max_num_queries
):
    Person.objects.bulk_create(Person(given_name=f"P{n}", family_name="Q") for n in range(size))

    with django_assert_max_num_queries(16):
        page = office.get(PEOPLE, {"search": "q", "page": "9" * 40})

    assert page.status_code == 200
    assert len(page.context["page"].object_list) == min(size, 50)


def test_the_page_of_a_person_tells_what_is_known(office, ann):
    Education.objects.create(person=ann, degree="BSc", field="Biology", year=2004)
    Position.objects.create(person=ann, title="Engineer", employer="Acme")
    make_address(ann, "second@example.org", verified=False)

    page = words(office.get(url("person", ann)))

    for fact in ("Ann Lee", "BSc Biology, 2004", "Engineer, Acme", "Graz", "second@example.org"):
        assert fact in page
    assert "Has no account." in page
    assert "Only somebody who has joined can be appointed." in page


def test_what_belongs_to_programs_is_not_told(office, ann):
    lena = make_person("Lena", "Berg")
    cohort = make_cohort(make_program("Second Chance", coordinator=lena), name="Autumn")
    make_application(cohort, ann)
    ann.extra = {"role": "mentee", "answers": {"Why?": "I lost my job."}}
    ann.save()

    page = words(office.get(url("person", ann)))

    assert "Second Chance" not in page
    assert "lost my job" not in page


def test_the_lists_that_speak_of_a_person_are_named(office, admin):
    content = b"Email,First name\nann@example.org,Ann\n"
    upload_import(content, file_name="roll.csv", by=admin)
    jobs.stage_imports(now())
    request_import(Import.objects.get(), by=admin)
    jobs.apply_imports(now())

    page = words(office.get(url("person", Person.objects.get(given_name="Ann"))))

    assert "roll.csv" in page


def test_an_admin_appoints_and_withdraws(office, ann):
    make_account(ann)

    question = words(office.get(url("person-appoint", ann, "admin")))
    before = Role.objects.filter(person=ann).count()
    answers = [office.post(url("person-appoint", ann, "admin")) for _ in range(2)]
    page = words(office.get(url("person", ann)))
    warned = words(office.get(url("person-withdraw", ann, "admin")))
    again = [office.post(url("person-withdraw", ann, "admin")).status_code for _ in range(2)]

    assert "Ann Lee will see everybody’s profile" in question
    assert before == 0
    assert [answer.url for answer in answers] == [url("person", ann)] * 2
    assert "Ann Lee is now: Association admin." in page
    assert "loses the pages of this role at once" in warned
    assert again == [302, 302]
    assert not Role.objects.filter(person=ann).exists()
    assert Entry.objects.filter(verb="role.appointed").count() == 1
    assert Entry.objects.filter(verb="role.withdrawn").count() == 1


def test_the_last_admin_stays(office, admin):
    retired = make_role(make_person("Old", "Admin")).person

    question = words(office.get(url("person-withdraw", admin, "admin")))
    role = office.post(url("person-withdraw", admin, "admin"))
    access = office.post(url("person-end", admin), {"reason": "left"})

    assert "appoint another admin first" in question
    assert (role.status_code, access.status_code) == (409, 409)
    assert "appoint another admin first" in words(access)
    assert Role.objects.filter(person__in=[admin, retired]).count() == 2


def test_with_a_second_admin_the_first_may_go(office, admin, ann):
    make_account(ann)
    make_role(ann)

    answer = office.post(url("person-withdraw", admin, "admin"))

    assert answer.url == reverse("portal:home")
    assert office.get(PEOPLE).status_code == 404


def test_a_shut_out_admin_does_not_count(admin, ann):
    make_account(ann)
    make_role(ann)
    end_access(ann, by=admin, reason="left")

    with pytest.raises(RefusedError, match="another admin first"):
        withdraw_role(admin, Role.Kind.ADMIN, by=admin)


def test_who_has_not_joined_or_is_shut_out_is_not_appointed(office, ann):
    page = words(office.get(url("person-appoint", ann, "safeguarding")))
    refused = office.post(url("person-appoint", ann, "safeguarding"))

    assert "Only somebody who has joined" in page
    assert refused.status_code == 409
    assert not Role.objects.filter(person=ann).exists()


def test_only_admins_appoint(ann):
    lead = make_role(make_person(), Role.Kind.SAFEGUARDING).person
    make_account(ann)

    for kind in Role.Kind:
        with pytest.raises(NotFoundError):
            appoint(ann, kind, by=lead)
        with pytest.raises(NotFoundError):
            withdraw_role(ann, kind, by=lead)


def test_access_ends_and_comes_back(office, ann):
    theirs = signed_in(ann)

    blank = office.post(url("person-end", ann), {})
    odd = office.post(url("person-end", ann), {"reason": "I do not like her"})
    question = words(office.get(url("person-end", ann)))
    ended = [office.post(url("person-end", ann), {"reason": "left"}).url for _ in range(2)]
    page = words(office.get(url("person", ann)))
    shut = theirs.get("/home/").status_code
    asked = words(office.get(url("person-restore", ann)))
    office.post(url("person-restore", ann))

    ann.refresh_from_db()
    assert (blank.status_code, odd.status_code) == (422, 422)
    assert "is signed out everywhere, at once" in question
    assert ended == [url("person", ann)] * 2
    assert "access ended" in page
    assert shut == 302
    assert "stay held until somebody releases them" in asked
    assert ann.blocked_at is None
    assert Entry.objects.filter(verb="access.ended").count() == 1


def test_a_role_that_does_not_exist_is_not_found(office, ann):
    assert office.post(url("person-appoint", ann, "operator")).status_code == 404


PAGES = [
    ("person",),
    ("person-appoint", "admin"),
    ("person-withdraw", "admin"),
    ("person-end",),
    ("person-restore",),
]


def test_everybody_else_finds_nothing(ann, admin):
    lena = make_person("Lena", "Berg")
    make_program(coordinator=lena)
    lead = make_role(make_person(), Role.Kind.SAFEGUARDING).person

    for person in (lena, lead, ann):
        browser = signed_in(person)
        assert browser.get(PEOPLE).status_code == 404
        for name, *more in PAGES:
            address = url(name, admin, *more)
            assert browser.get(address).status_code == 404
            if name != "person":
                assert browser.post(address, {"reason": "left"}).status_code == 404
    assert Client().get(PEOPLE).status_code == 302
    admin.refresh_from_db()
    assert admin.blocked_at is None


def test_names_of_any_script_and_none_at_all_stand_on_the_page(office):
    make_person("ليلى", "حداد")
    nobody = make_person("", "")

    page = words(office.get(PEOPLE))

    assert "ليلى حداد" in page
    assert "Someone without a name" in words(office.get(url("person", nobody)))
