"""A file becomes a portrait, or a code that says why not."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lodestar.engine.pictures import portrait
from lodestar.engine.pictures.portrait import LARGE, SMALL, PortraitError, portrait_of

GPS = 34853


def drawn(size=(400, 300), form="PNG", mode="RGB", colour="steelblue", **more):
    told = io.BytesIO()
    Image.new(mode, size, colour).save(told, form, **more)
    return told.getvalue()


def opened(picture):
    return Image.open(io.BytesIO(picture))


def code_of(file):
    with pytest.raises(PortraitError) as caught:
        portrait_of(file)
    return str(caught.value)


def bomb(width=30_000, height=30_000):
    """Return a tiny PNG that says it is huge."""

    def chunk(kind, told):
        crc = zlib.crc32(kind + told)
        return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_usual_kind_of_picture_becomes_two_squares(form):
    found = portrait_of(drawn(form=form))

    sizes = [(opened(each).format, opened(each).size) for each in (found.large, found.small)]
    assert sizes == [("WEBP", (LARGE, LARGE)), ("WEBP", (SMALL, SMALL))]


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "I;16", "1", "CMYK"])
def test_every_kind_of_colour_is_understood(mode):
    told = io.BytesIO()
    Image.new(mode, (100, 100)).save(told, "JPEG" if mode == "CMYK" else "PNG")

    assert opened(portrait_of(told.getvalue()).large).mode == "RGB"


def test_what_is_transparent_lies_on_white():
    found = portrait_of(drawn(mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(found.large).getpixel((10, 10)) == (255, 255, 255)


def test_where_and_with_what_it_was_taken_is_forgotten():
    exif = Image.Exif()
    exif[0x010F] = "canary-camera"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (52.0, 31.0, 12.0)
    file = drawn(form="JPEG", exif=exif, comment=b"canary-comment")
    assert b"canary-camera" in file

    found = portrait_of(file)

    for picture in (found.large, found.small):
        assert b"canary" not in picture
        assert b"EXIF" not in picture
        assert dict(opened(picture).getexif()) == {}
        assert set(opened(picture).info) <= {"loop", "background", "timestamp", "duration"}


def test_a_picture_taken_sideways_stands_upright():
    lying = Image.new("RGB", (300, 300), "white")
    lying.paste("black", (0, 0, 150, 300))  # dark on its left
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    told = io.BytesIO()
    lying.save(told, "JPEG", exif=exif)

    upright = opened(portrait_of(told.getvalue()).large).convert("L")

    assert (
        upright.getpixel((LARGE // 2, 20)) < 60 < 200 < upright.getpixel((LARGE // 2, LARGE - 20))
    )


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", portrait.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", portrait.NO_PICTURE),
        (b"%PDF-1.7 not a picture", portrait.NO_PICTURE),
        (b"GIF89a<script>alert(1)</script>", portrait.NO_PICTURE),
        (drawn()[:200], portrait.NO_PICTURE),
        (drawn((20, 400)), portrait.TOO_SMALL),
        (bomb(), portrait.TOO_MANY_PIXELS),
        (bomb(6_000, 5_000), portrait.TOO_MANY_PIXELS),
        (b"\0" * (portrait.MOST_BYTES + 1), portrait.TOO_HEAVY),
    ],
    ids=["nothing", "drawing", "paper", "half", "cut", "small", "bomb", "large", "heavy"],
)  # fmt: skip
def test_what_is_no_portrait_has_its_own_code(file, code):
    assert code_of(file) == code


def test_a_picture_of_a_good_phone_is_taken():
    assert portrait_of(drawn((8_000, 6_000), form="JPEG"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=40), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))  # fmt: skip
def test_a_broken_file_is_a_portrait_or_a_code_and_nothing_else(place, noise, form):
    file = bytearray(drawn((80, 80), form))
    at = place % len(file)
    file[at : at + len(noise)] = noise

    assert outcome_of(bytes(file)) in {"shown", portrait.NO_PICTURE, portrait.TOO_MANY_PIXELS, portrait.TOO_SMALL}  # fmt: skip


def outcome_of(file):
    try:
        return "shown" if opened(portrait_of(file).small).size == (SMALL, SMALL) else "odd"
    except PortraitError as error:
        return str(error)
