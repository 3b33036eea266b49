"""The association's name, mark and colour are set in one place, by its admins."""

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.people import rules
from lodestar.domain.people.actions.association import Description, describe_association
from lodestar.domain.people.models import Association, Role
from lodestar.domain.people.queries import association, association_for, association_mark
from tests.factories.people import make_person, make_role

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "


@pytest.fixture
def admin():
    return make_role(make_person()).person


@pytest.mark.parametrize(
    ("drawing", "kind"),
    [(PNG, "image/png"), (WEBP, "image/webp"), (b"<svg/>", ""), (b"GIF89a", ""), (b"", "")],
)
def test_a_picture_is_known_by_its_first_bytes(drawing, kind):
    assert rules.image_type(drawing) == kind


def test_a_mark_is_small_and_of_a_kind_that_carries_no_script():
    assert rules.why_not_mark(PNG) is None
    assert "200 KB" in str(rules.why_not_mark(PNG + b"0" * rules.MARK_BYTES))
    assert "PNG or WebP" in str(rules.why_not_mark(b"<svg onload=alert(1)>"))


@pytest.mark.parametrize(
    ("colour", "is_one"),
    [("#264e7e", True), ("#ABCDEF", True), ("264e7e", False), ("#fff", False), ("#12345g", False)],
)
def test_a_colour_is_six_hexadecimal_digits(colour, is_one):
    assert rules.is_colour(colour) is is_one


@pytest.mark.django_db
def test_an_admin_describes_the_association(admin):
    described = Description("Halden", "#7A1F3D", "hello@halden.example", "1 Hill Road", PNG)

    describe_association(described, by=admin)

    found = association()
    assert (found.name, found.colour, found.contact_email, found.postal_address) == (
        "Halden",
        "#7a1f3d",
        "hello@halden.example",
        "1 Hill Road",
    )
    assert association_mark() == (PNG, "image/png")
    assert Entry.objects.get(verb="association.described").details == {"has_new_mark": True}


@pytest.mark.django_db
def test_describing_it_twice_keeps_one_association_and_its_mark(admin):
    describe_association(Description("Halden", "#7a1f3d", mark=PNG), by=admin)

    describe_association(Description("Halden Alumni", "#0b6e4f"), by=admin)

    assert list(Association.objects.values_list("name", "mark_type")) == [
        ("Halden Alumni", "image/png")
    ]


@pytest.mark.django_db
def test_a_mark_can_be_taken_away(admin):
    describe_association(Description("Halden", "#7a1f3d", mark=PNG), by=admin)

    describe_association(Description("Halden", "#7a1f3d", mark=b""), by=admin)

    assert association_mark() == (b"", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "description", [Description("Halden", "red"), Description("Halden", "#264e7e", mark=b"<svg/>")]
)
def test_what_could_harm_a_page_is_refused_and_changes_nothing(admin, description):
    with pytest.raises(RefusedError):
        describe_association(description, by=admin)

    assert not Association.objects.exists()


@pytest.mark.django_db
def test_for_all_others_there_is_no_such_page():
    lead = make_role(make_person(), Role.Kind.SAFEGUARDING).person

    with pytest.raises(NotFoundError):
        association_for(lead)
    with pytest.raises(NotFoundError):
        describe_association(Description("Mine", "#264e7e"), by=lead)
