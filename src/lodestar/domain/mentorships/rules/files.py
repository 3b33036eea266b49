"""What is a file, told by its content and not by its name, and is there room for it?"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_IN_ROOM = 100 * 1024 * 1024
HEAD = 4096
LONGEST_NAME = 100
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is called in an answer, and how its name ends."""

    content_type: str
    ending: str


KINDS = {
    "pdf": Kind("application/pdf", "pdf"),
    "png": Kind("image/png", "png"),
    "jpeg": Kind("image/jpeg", "jpg"),
    "gif": Kind("image/gif", "gif"),
    "webp": Kind("image/webp", "webp"),
    "docx": Kind(f"{OFFICE}wordprocessingml.document", "docx"),
    "xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", "xlsx"),
    "pptx": Kind(f"{OFFICE}presentationml.presentation", "pptx"),
    "odt": Kind(f"{OPEN}text", "odt"),
    "ods": Kind(f"{OPEN}spreadsheet", "ods"),
    "odp": Kind(f"{OPEN}presentation", "odp"),
    "text": Kind("text/plain; charset=utf-8", "txt"),
}
BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
MIMETYPES = {f"{OPEN}text": "odt", f"{OPEN}spreadsheet": "ods", f"{OPEN}presentation": "odp"}
TEXT_ENDINGS = ("txt", "md", "csv")


def kind_of(content: BinaryIO) -> str:
    """Return what a file is by its first bytes, or "" for what is not taken; the place is kept.

    >>> from io import BytesIO
    >>> kind_of(BytesIO(b"%PDF-1.7 ...")), kind_of(BytesIO(b"MZ\\x90\\x00")), kind_of(BytesIO(b"Hello"))
    ('pdf', '', 'text')
    """
    head = content.read(HEAD)
    content.seek(0)
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"PK\x03\x04"):
        return kind_of_document(content)
    return "text" if is_text(head) else ""


def kind_of_document(content: BinaryIO) -> str:
    """Return which office document a zip is; one that carries programs is not taken."""
    try:
        with ZipFile(content) as archive:
            names = archive.namelist()
            if any(name.lower().endswith((".bin", ".exe", ".dll")) for name in names):
                return ""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return MIMETYPES.get(archive.read("mimetype").decode(errors="replace").strip(), "")
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return ""
    finally:
        content.seek(0)
    if "[Content_Types].xml" not in names:
        return ""
    found = (kind for part, kind in PARTS if any(name.startswith(part) for name in names))
    return next(found, "")


def is_text(head: bytes) -> bool:
    """Tell words from anything else; a letter of several bytes may be cut at the end."""
    if not head or b"\x00" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return len(head) == HEAD and error.start >= HEAD - 3
    return True


def cleaned(name: str) -> str:
    """Return a name without folders, and without signs that steer a screen or a disk."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in base if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')


def safe_name(name: str, kind: str) -> str:
    """Return a name without folders, control and direction signs, that ends as its content says.

    >>> safe_name("C:\\\\Temp\\\\cv.exe", "pdf"), safe_name("notes.MD", "text"), safe_name("", "png")
    ('cv.pdf', 'notes.md', 'file.png')
    """
    kept = cleaned(name)
    stem, _dot, ending = kept.strip().rpartition(".")
    own = KINDS[kind].ending
    ending = ending.lower()
    if not stem:
        stem, ending = ending if not kept.startswith(".") else "", own
    if kind != "text" or ending not in TEXT_ENDINGS:
        ending = own
    return f"{stem.strip('. ')[:LONGEST_NAME] or 'file'}.{ending}"


def too_large(size: int | None = None) -> str:
    """Say that a file has too many bytes, with its own size where that is known."""
    most = filesizeformat(MOST_BYTES)
    if size is None:
        return _(
            "This file is larger than %(most)s, which is the most. Nothing was kept of it."
        ) % {"most": most}
    return _("This file has %(size)s; %(most)s is the most. Nothing was kept of it.") % {
        "size": filesizeformat(size),
        "most": most,
    }


def why_not_file(kind: str, size: int, sizes: Iterable[int]) -> str:
    """Return why a file can't be put beside those of these sizes, or ""."""
    if size > MOST_BYTES:
        return too_large(size)
    if size == 0:
        return _("This file is empty.")
    if kind not in KINDS:
        return _(
            "By its content this is no PDF, picture, office document without macros, or plain text. "
            "Save it as a PDF, and it can stand here."
        )
    if sum(sizes) + size > MOST_IN_ROOM:
        return _("Your room holds %(most)s of files already. Remove one that you need no more.") % {
            "most": filesizeformat(MOST_IN_ROOM)
        }
    return ""
