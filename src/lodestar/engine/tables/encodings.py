"""Finds out in which encoding a file is written."""

import codecs
from dataclasses import dataclass

from lodestar.engine.tables.problems import Problem, TableError

SAMPLE_BYTES = 65_536
CHUNK_BYTES = 1 << 20

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8 with BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)

KINDS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a text document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` is what people are told, `codec` what Python decodes with."""

    name: str
    codec: str


def encoding_of(content: bytes) -> Encoding:
    """Return the encoding of a text file, or refuse what is no text.

    >>> encoding_of("name;Größe".encode("cp1252")).name
    'latin-1'
    >>> encoding_of("name;Größe".encode()).name
    'utf-8'
    """
    if not content.strip():
        raise TableError(Problem("empty"))
    _refuse_other_kinds(content)
    marked = _marked(content)
    if marked is not None:
        return marked
    unmarked = _wide_without_mark(content[:SAMPLE_BYTES])
    if unmarked and _decodes(content, unmarked):
        return Encoding("utf-16", unmarked)
    if unmarked or content.count(0, 0, SAMPLE_BYTES) * 10 > len(content[:SAMPLE_BYTES]):
        raise TableError(Problem("not_a_table", values={"kind": "a program's own file"}))
    if _decodes(content, "utf-8"):
        return Encoding("utf-8", "utf-8")
    return _western(content)


def _refuse_other_kinds(content: bytes) -> None:
    start = content[:64].lstrip().lower()
    for magic, kind in KINDS:
        if start.startswith(magic.lower()):
            raise TableError(Problem("not_a_table", values={"kind": kind}))
    if content.startswith(OLD_WORKBOOK):
        raise TableError(Problem("old_workbook", values={"kind": "XLS"}))


def _marked(content: bytes) -> Encoding | None:
    """Return what a byte order mark says, once the bytes agree with it."""
    for bom, codec, name in BOMS:
        if content.startswith(bom):
            if not _decodes(content, codec):
                raise TableError(Problem("broken_encoding", values={"encoding": name}))
            return Encoding(name, codec)
    return None


def _wide_without_mark(sample: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: every second byte of plain letters."""
    even, odd = sample[0::2], sample[1::2]
    share_even = even.count(0) / max(1, len(even))
    share_odd = odd.count(0) / max(1, len(odd))
    if share_odd > 0.2 and share_even < share_odd / 8:
        return "utf-16-le"
    if share_even > 0.2 and share_odd < share_even / 8:
        return "utf-16-be"
    return ""


def _decodes(content: bytes, codec: str) -> bool:
    """Try the whole file piece by piece, so that no second copy of it is made."""
    decoder = codecs.getincrementaldecoder(codec)(errors="strict")
    view = memoryview(content)
    try:
        for start in range(0, len(content), CHUNK_BYTES):
            decoder.decode(view[start : start + CHUNK_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _western(content: bytes) -> Encoding:
    """Without bytes 80 to 9F, latin-1 and Windows-1252 are the same text."""
    if not any(content.find(byte) >= 0 for byte in range(0x80, 0xA0)):
        return Encoding("latin-1", "latin-1")
    if _decodes(content, "cp1252"):
        return Encoding("cp1252", "cp1252")
    return Encoding("latin-1", "latin-1")
