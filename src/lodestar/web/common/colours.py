"""Which shades of the association's one colour can be read on our paper, by day and by night?"""

import math
from dataclasses import dataclass

RGB = tuple[float, float, float]

PAPER = {"light": "#fbf9f4", "dark": "#11141a"}
SHEET = {"light": "#fffefb", "dark": "#1a1e26"}
INK = {"light": "#1f2430", "dark": "#ece8df"}
TEXT_CONTRAST = 4.5
EDGE_CONTRAST = 3.0
MARGIN = 0.06
DEFAULT = "#264e7e"


@dataclass(frozen=True)
class Shades:
    """One colour made safe for one of the two palettes; every field is a #rrggbb."""

    brand: str
    on_brand: str
    link: str
    wash: str


def shades(colour: str, mode: str) -> Shades:
    """Keep hue and liveliness, move lightness until text and edges can be seen."""
    if mode == "light":
        wash = mixed(colour, SHEET[mode], 0.07)
        brand = darkened(colour, (PAPER[mode], SHEET[mode], wash), TEXT_CONTRAST)
        return Shades(brand=brand, on_brand=SHEET["light"], link=brand, wash=wash)
    on_brand = "#ffffff"
    dim = darkened(colour, (on_brand,), TEXT_CONTRAST + 1)
    wash = mixed(dim, SHEET[mode], 0.12)
    grounds = (PAPER[mode], SHEET[mode], wash)
    brand = lightened(dim, grounds, EDGE_CONTRAST)
    link = lightened(colour, grounds, TEXT_CONTRAST + 2)
    return Shades(brand=brand, on_brand=on_brand, link=link, wash=wash)


def darkened(colour: str, grounds: tuple[str, ...], wanted: float) -> str:
    return moved(colour, grounds, wanted, towards=0.0)


def lightened(colour: str, grounds: tuple[str, ...], wanted: float) -> str:
    return moved(colour, grounds, wanted, towards=1.0)


def moved(colour: str, grounds: tuple[str, ...], wanted: float, *, towards: float) -> str:
    """Return the nearest lightness at which the colour has the wanted contrast to all grounds."""
    if weakest(colour, grounds) >= wanted:
        return colour.lower()
    lightness, chroma, hue = to_oklch(colour)
    near, far = lightness, towards
    for _ in range(24):
        middle = (near + far) / 2
        if weakest(from_oklch(middle, chroma, hue), grounds) >= wanted + MARGIN:
            far = middle
        else:
            near = middle
    return from_oklch(far, chroma, hue)


def weakest(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, ground: str, share: float) -> str:
    """Lay a thin wash of a colour over a ground, evenly to the eye (in OKLab)."""
    over, under = to_oklab(linear(colour)), to_oklab(linear(ground))
    lightness, a, b = (o * share + u * (1 - share) for o, u in zip(over, under, strict=True))
    return from_oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def linear(colour: str) -> RGB:
    """Return the three linear light values of #rrggbb."""
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def to_oklab(rgb: RGB) -> RGB:
    """Convert linear sRGB to OKLab; the matrices are Björn Ottosson's (2020)."""
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def to_oklch(colour: str) -> RGB:
    lightness, a, b = to_oklab(linear(colour))
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return #rrggbb, giving up liveliness where the screen has no such colour."""
    for step in range(21):
        rgb = oklab_to_linear(lightness, chroma * (1 - step / 20), hue)
        if all(-0.0005 <= value <= 1.0005 for value in rgb):
            break
    return "#" + "".join(f"{channel(value):02x}" for value in rgb)


def oklab_to_linear(lightness: float, chroma: float, hue: float) -> RGB:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def channel(value: float) -> int:
    value = min(1.0, max(0.0, value))
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curved)
