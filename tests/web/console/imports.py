"""Lists as an office brings them, and how far they have come."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lodestar.domain.applications.jobs import admit_intakes
from lodestar.domain.common.time import now
from lodestar.domain.people import jobs
from lodestar.domain.people.models import Import

LIST = """First name,Last name,Email,City,Class of
Ann,Lee,ann@example.org,Graz,2004
Bo,Kay,bo@example.org,Linz,1999
Cy,Day,,Wien,2001
"""
NEW = "/console/imports/new/"


def upload(office, text=LIST, *, purpose="roll", name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return office.post(NEW, {"purpose": purpose, "file": file})


def brought(office, text=LIST, **options):
    """Return a list that was uploaded and read."""
    upload(office, text, **options)
    jobs.stage_imports(now())
    return Import.objects.latest("pk")


def applied(office, text=LIST, **options):
    source = brought(office, text, **options)
    office.post(url("import-apply", source))
    jobs.apply_imports(now())
    admit_intakes(now())
    source.refresh_from_db()
    return source


def url(name, source):
    return reverse(f"console:{name}", args=[source.public_id])


def words(answer):
    return " ".join(answer.content.decode().split())
