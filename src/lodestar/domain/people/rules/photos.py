"""Can this file be somebody's photo, and what is said if it can't?"""

from django.utils.translation import gettext as _

from lodestar.engine.pictures import portrait
from lodestar.engine.pictures.portrait import Portrait, PortraitError, portrait_of

__all__ = ["PHOTO_BYTES", "PHOTO_TYPE", "Portrait", "read_photo"]
PHOTO_BYTES = portrait.MOST_BYTES
PHOTO_TYPE = portrait.MEDIA_TYPE


def read_photo(file: bytes) -> tuple[Portrait | None, str]:
    """Return the photo in a file, or a sentence that says why there is none and what to do."""
    try:
        return portrait_of(file), ""
    except PortraitError as error:
        return None, sentence_for(str(error))


def sentence_for(code: str) -> str:
    sentences = {
        portrait.EMPTY: _("This file is empty. Choose another one."),
        portrait.TOO_HEAVY: _("This file is larger than 10 MB. Save the picture smaller and choose it again."),
        portrait.NO_PICTURE: _("We could not read this as a picture. Save it as JPEG, PNG or WebP and choose it again."),
        portrait.TOO_MANY_PIXELS: _("This picture has more dots than we can take in. Save it smaller, 2000 dots wide is plenty, and choose it again."),
        portrait.TOO_SMALL: _("This picture is too small to show a face. Choose one that is at least 64 dots wide and high."),
    }  # fmt: skip
    return sentences[code]
