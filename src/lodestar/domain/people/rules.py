"""What is an address, and whose is it?"""

import unicodedata


def normalised(email: str) -> str:
    """Return the form in which two spellings of one address are equal."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()
