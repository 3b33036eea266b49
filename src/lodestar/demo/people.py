"""How do the pretend alumni come to be known? As in life: from the registrar's list, then by joining."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from lodestar.demo.cast import NAMESAKES, PRINCIPALS, Figure, cast
from lodestar.demo.faces import show_faces
from lodestar.demo.travel import go_to
from lodestar.domain.people.actions.accounts import admit
from lodestar.domain.people.actions.imports import request_import, upload_import
from lodestar.domain.people.actions.roles import appoint
from lodestar.domain.people.jobs import apply_imports, stage_imports
from lodestar.domain.people.models import Address, Association, Person, Role

HEADINGS = (
    "Constituent ID", "First Name", "Last Name", "Email", "Class Year", "City", "Country",
    "Employer", "Job Title", "Industry", "Field of Study",
)  # fmt: skip


def found_association() -> None:
    Association.objects.create(
        name="Halden College Alumni",
        colour="#264e7e",
        contact_email="alumni@halden.example",
        postal_address="Alumni House, 4 Orchard Lane, Halden",
    )


def roll(figures: Iterable[Figure]) -> bytes:
    """Return the registrar's list as the office would export it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number, one in enumerate(figures, start=1):
        city, country, _zone, _languages = one.place
        writer.writerow(
            [f"H{number:05d}", one.given_name, one.family_name, one.email, one.class_year, city,
             country, one.employer, one.function, one.field.industry, one.study]
        )  # fmt: skip
    return text.getvalue().encode()


def import_alumni(figures: list[Figure], on: date, *, by: Person) -> None:
    """Take in the list through the same door as an office: upload, look, apply."""
    moment = go_to(on)
    source = upload_import(roll(figures), file_name="alumni-roll.csv", by=by)
    stage_imports(moment)
    source.refresh_from_db()
    request_import(source, by=by)
    apply_imports(moment)


def join(email: str) -> Person:
    """Let somebody sign in for the first time."""
    account = admit(email)
    return Person.objects.get(account=account)


def person_of(figure: Figure) -> Person:
    """Return the person behind a figure, with an account from the first time on."""
    known = Address.objects.filter(email=figure.email, verified_at__isnull=False).first()
    return known.person if known else join(figure.email)


def settle_college(on: date) -> tuple[dict[str, Person], list[Figure], list[Figure]]:
    """Found the association, import its roll, and let the principals join.

    Returns the principals by key, and the older and the younger figures of the cast.
    """
    go_to(on)
    found_association()
    older, younger = cast()
    principals = [*PRINCIPALS, *NAMESAKES]
    admin = join(PRINCIPALS[0].email)
    appoint(admin, Role.Kind.ADMIN, by=None)
    import_alumni([p.figure() for p in principals] + older + younger, on, by=admin)
    people = {p.key: join(p.email) for p in principals}
    show_faces(people)
    appoint(people["ingrid"], Role.Kind.SAFEGUARDING, by=admin)
    return people, older, younger
