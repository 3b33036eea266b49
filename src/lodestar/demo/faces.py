"""How do some of the pretend alumni look? Drawn with a few shapes: nobody real, and nobody who could be taken for it."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from lodestar.domain.people.actions.photos import keep_photo
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules.photos import read_photo

SIDE = 640
INK = "#3b2f2f"


@dataclass(frozen=True)
class Drawing:
    """The colours of a drawn face, and what can be seen in it."""

    ground: str
    skin: str
    hair: str
    shirt: str
    words: str
    has_glasses: bool = False
    is_long: bool = False


DRAWINGS = {
    "ruth": Drawing("#cfe3dc", "#8d5a3c", "#2b1d18", "#9c3d54", "A drawn face with long dark hair and a red shirt", is_long=True),
    "amina": Drawing("#f2d9b8", "#6f4630", "#1c1412", "#2f6f73", "A drawn face with short dark hair and a green shirt"),
    "tomas": Drawing("#d8dcec", "#e3b793", "#7a4b2a", "#34507f", "A drawn face with brown hair, glasses and a blue shirt", has_glasses=True),
    "lena": Drawing("#e8d5e0", "#f0c9a8", "#c9963c", "#4a4a6a", "A drawn face with fair hair and a grey shirt", is_long=True),
    "ingrid": Drawing("#d5e3ee", "#f2d2b6", "#b8b8b8", "#58713f", "A drawn face with grey hair and glasses", has_glasses=True),
}  # fmt: skip


def drawn(face: Drawing) -> bytes:
    """Return a drawn face as PNG."""
    image = Image.new("RGB", (SIDE, SIDE), face.ground)
    pen = ImageDraw.Draw(image)
    if face.is_long:
        pen.rounded_rectangle((165, 130, 475, 520), 150, fill=face.hair)
    pen.ellipse((110, 470, 530, 900), fill=face.shirt)
    pen.rounded_rectangle((275, 400, 365, 520), 40, fill=face.skin)
    pen.ellipse((195, 140, 445, 450), fill=face.skin)
    pen.pieslice((180, 105, 460, 400), 180, 360, fill=face.hair)
    for middle in (265, 375):
        pen.ellipse((middle - 13, 290, middle + 13, 316), fill=INK)
        if face.has_glasses:
            pen.ellipse((middle - 42, 262, middle + 42, 346), outline=INK, width=7)
    if face.has_glasses:
        pen.line((307, 300, 333, 300), fill=INK, width=7)
    pen.arc((265, 320, 375, 405), 25, 155, fill=INK, width=9)
    told = io.BytesIO()
    image.save(told, "PNG")
    return told.getvalue()


def show_faces(people: dict[str, Person]) -> None:
    """Let those show a photo who have one."""
    for key, face in DRAWINGS.items():
        portrait, _problem = read_photo(drawn(face))
        if portrait is not None and key in people:
            keep_photo(people[key], by=people[key], portrait=portrait, words=face.words)
