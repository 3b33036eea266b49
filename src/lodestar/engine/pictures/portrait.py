"""Is a file a picture of a person that can be shown, and how does it look in our two sizes?

Nothing of the file is kept but its colours: it is decoded, turned as the camera meant it, cut to a
square and encoded anew, so that neither a place nor anything hidden in it travels on.
"""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 24_000_000
MOST_PIXELS_OF_A_CAMERA: Final = 60_000_000
LEAST_SIDE: Final = 64
LARGE, SMALL = 320, 96
MEDIA_TYPE = "image/webp"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 82
A_LITTLE_ABOVE_THE_MIDDLE = (0.5, 0.4)

EMPTY, TOO_HEAVY, NO_PICTURE, TOO_MANY_PIXELS, TOO_SMALL = (
    "empty", "too_heavy", "no_picture", "too_many_pixels", "too_small",
)  # fmt: skip


class PortraitError(Exception):
    """A file that can't be shown; the message is one of the codes above."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A square picture in both sizes, as WebP without anything beside its colours."""

    large: bytes
    small: bytes


def portrait_of(file: bytes) -> Portrait:
    """Return the portrait in a file, or raise PortraitError with the code that says why not."""
    if not file:
        raise PortraitError(EMPTY)
    if len(file) > MOST_BYTES:
        raise PortraitError(TOO_HEAVY)
    try:
        square = _square(file)
    except PortraitError:
        raise
    except Image.DecompressionBombError as error:
        raise PortraitError(TOO_MANY_PIXELS) from error
    except Exception as error:  # decoders of hostile files raise whatever they like
        raise PortraitError(NO_PICTURE) from error
    return Portrait(_encoded(square, LARGE), _encoded(square, SMALL))


def _square(file: bytes) -> Image.Image:
    with Image.open(io.BytesIO(file), formats=FORMATS) as image:
        is_of_a_camera = image.format == "JPEG"
        if image.width * image.height > (
            MOST_PIXELS_OF_A_CAMERA if is_of_a_camera else MOST_PIXELS
        ):
            raise PortraitError(TOO_MANY_PIXELS)
        if min(image.size) < LEAST_SIDE:
            raise PortraitError(TOO_SMALL)
        if is_of_a_camera:  # decode no larger than needed
            image.draft("RGB", (2 * LARGE, 2 * LARGE))
        image.load()
        turned = ImageOps.exif_transpose(image)
        shown = ImageOps.fit(
            _on_paper(turned),
            (LARGE, LARGE),
            Image.Resampling.LANCZOS,
            centering=A_LITTLE_ABOVE_THE_MIDDLE,
        )
    return Image.frombytes("RGB", shown.size, shown.tobytes())


def _on_paper(image: Image.Image) -> Image.Image:
    """Lay what is transparent on white."""
    if image.mode in ("RGB", "L", "CMYK", "YCbCr"):
        return image.convert("RGB")
    drawn = image.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("RGB")


def _encoded(square: Image.Image, side: int) -> bytes:
    smaller = square.resize((side, side), Image.Resampling.LANCZOS) if side < LARGE else square
    told = io.BytesIO()
    smaller.save(told, "WEBP", quality=QUALITY, method=4)
    return told.getvalue()
