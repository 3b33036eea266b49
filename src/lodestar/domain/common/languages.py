"""By which code do we know a language that somebody wrote in words?"""

from django.conf.locale import LANG_INFO

MORE_LANGUAGES = {
    "am": "Amharic", "fil": "Filipino", "ha": "Hausa", "ps": "Pashto", "rw": "Kinyarwanda",
    "so": "Somali", "ti": "Tigrinya", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip
OTHER_NAMES = {
    "mandarin": "zh", "mandarin chinese": "zh", "farsi": "fa", "castilian": "es", "tagalog": "fil",
}  # fmt: skip


def names_by_code() -> dict[str, str]:
    """Return the languages that can be chosen, by their ISO code, with their English names."""
    known = {
        code: str(entry["name"])
        for code, entry in LANG_INFO.items()
        if "name" in entry and "-" not in code
    }
    return known | MORE_LANGUAGES


LANGUAGES = names_by_code()


def _codes() -> dict[str, str]:
    own = {
        str(entry["name_local"]).casefold(): code
        for code, entry in LANG_INFO.items()
        if "name_local" in entry and "-" not in code
    }
    english = {name.casefold(): code for code, name in LANGUAGES.items()}
    return own | OTHER_NAMES | english


CODES = _codes()


def language_code(text: str) -> str:
    """Return the code of a language in English or in its own words; an unknown one stays as it is.

    >>> [language_code(text) for text in ("German", "français", "DE", "Twi")]
    ['de', 'fr', 'de', 'Twi']
    """
    plain = " ".join(text.split())
    wanted = plain.casefold()
    return wanted if wanted in LANGUAGES else CODES.get(wanted, plain)
