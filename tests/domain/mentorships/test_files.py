"""What is a file by its content, how is it called, and is there room for it?"""

from io import BytesIO
from zipfile import ZipFile

import pytest

from lodestar.domain.mentorships import rules


def zipped(**files):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return content.getvalue()


DOCX = zipped(**{"[Content_Types].xml": "x", "word/document.xml": "x"})
MACRO = zipped(**{"[Content_Types].xml": "x", "word/vbaProject.bin": "x"})
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF89a", "gif"),
        (b"RIFF0000WEBP", "webp"),
        (DOCX, "docx"),
        (zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "xlsx"),
        (ODT, "odt"),
        ("نور, a few words".encode(), "text"),
        (("x" * 4095 + "ü" * 9).encode(), "text"),
        (b"<script>alert(1)</script>", "text"),
        (MACRO, ""),
        (zipped(**{"run.exe": "x"}), ""),
        (zipped(**{"a.txt": "x"}), ""),
        (b"PK\x03\x04 broken", ""),
        (b"MZ\x90\x00", ""),
        (b"\x7fELF\x00", ""),
        ("ä".encode("latin-1") + b" words", ""),
        (b"", ""),
    ],
)
def test_a_file_is_told_by_its_content(content, kind):
    file = BytesIO(content)

    assert rules.kind_of(file) == kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("cv.pdf", "pdf", "cv.pdf"),
        ("cv.exe", "pdf", "cv.pdf"),
        ("../../etc/passwd", "text", "passwd.txt"),
        ("C:\\Temp\\a.b.docx", "docx", "a.b.docx"),
        ("rcs\u202efdp.exe", "text", "rcsfdp.txt"),
        ("السيرة.pdf", "pdf", "السيرة.pdf"),
        ("a\r\nb.png", "png", "ab.png"),
        ("page.html", "text", "page.txt"),
        (".htaccess", "text", "file.txt"),
        ("x" * 300 + ".pdf", "pdf", "x" * 100 + ".pdf"),
        ("", "png", "file.png"),
    ],
)
def test_a_name_can_do_no_harm(name, kind, safe):
    assert rules.safe_name(name, kind) == safe


@pytest.mark.parametrize(
    ("kind", "size", "there", "said"),
    [
        ("pdf", 10, [], ""),
        ("pdf", rules.MOST_BYTES, [], ""),
        ("pdf", 20 * 1024 * 1024, [], "This file has 20.0"),
        ("pdf", 0, [], "empty"),
        ("", 10, [], "By its content"),
        ("pdf", 10, [rules.MOST_IN_ROOM - 9], "Remove one"),
    ],
)
def test_what_is_not_taken_is_told_in_a_sentence(kind, size, there, said):
    told = rules.why_not_file(kind, size, there)

    assert (said in told) if said else (told == "")
