"""How does the portal look among the other things on somebody's phone? The association's mark on its colour."""

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from lodestar.domain.people import queries
from lodestar.web.common.colours import DEFAULT, SHEET, shades

STAR: Final = "#c9912f"
POINTS = (
    (12, 0), (13.8, 9.4), (20.5, 12), (13.8, 14.6), (12, 24), (10.2, 14.6), (3.5, 12), (10.2, 9.4),
)  # fmt: skip
SHARE, SHARE_OF_MASKABLE = 0.72, 0.52  # a phone may cut a maskable icon down to its middle circle
MOST_DOTS = 4_000_000
FINER = 4


def app_icon(side: int, *, maskable: bool) -> bytes:
    """Return the icon as PNG."""
    drawing, _kind = queries.association_mark()
    return drawn(drawing, queries.association().colour or DEFAULT, side, maskable)


@lru_cache(maxsize=16)
def drawn(mark: bytes, colour: str, side: int, maskable: bool) -> bytes:
    inner = round(side * (SHARE_OF_MASKABLE if maskable else SHARE))
    found = opened(mark)
    ground = SHEET["light"] if found else shades(colour, "light").brand
    image = Image.new("RGBA", (side, side), ground)
    inlay = fitted(found, inner) if found else star(inner)
    place = ((side - inlay.width) // 2, (side - inlay.height) // 2)
    image.alpha_composite(inlay, place)
    told = io.BytesIO()
    image.convert("RGB").save(told, "PNG", optimize=True)
    return told.getvalue()


def opened(mark: bytes) -> Image.Image | None:
    """Return the association's drawing, or None where it has none that can be drawn."""
    try:
        with Image.open(io.BytesIO(mark), formats=("PNG", "WEBP")) as image:
            if image.width * image.height > MOST_DOTS:
                return None
            return image.convert("RGBA")
    except Exception:  # decoders of odd files raise whatever they like, and the star is as good
        return None


def fitted(image: Image.Image, side: int) -> Image.Image:
    ratio = min(side / image.width, side / image.height)
    size = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
    return image.resize(size, Image.Resampling.LANCZOS)


def star(side: int) -> Image.Image:
    """Draw our star, finer first, so that its edges are smooth."""
    large = Image.new("RGBA", (side * FINER, side * FINER), (0, 0, 0, 0))
    points = [(x / 24 * side * FINER, y / 24 * side * FINER) for x, y in POINTS]
    ImageDraw.Draw(large).polygon(points, fill=STAR)
    return large.resize((side, side), Image.Resampling.LANCZOS)
