"""How would a page look in a language that nobody speaks? Every sentence of ours in brackets and accents.

What stays bare on such a page was never marked for translation, or is somebody's own words.
"""

import re

CODE = "qps"  # kept free by ISO 639 for private use
OPENING, CLOSING = "⟦", "⟧"
ACCENTED = str.maketrans("aceinouyAEINOUY", "åçéîñöûýÅÉÎÑÖÛÝ")
# What a sentence hands on untouched: places for facts, tags of HTML, entities.
KEPT = re.compile(r"(%\(\w+\)[-+#0-9.]*[a-z]|%[sdg%]|\{\w*\}|<[^>]*>|&#?\w+;)")
EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def accented(sentence: str) -> str:
    """Return a sentence as the trial language has it.

    >>> accented("Write to <b>%(name)s</b>")
    '⟦Wrîté tö <b>%(name)s</b>⟧'
    """
    found = EDGES.match(sentence)
    before, words, after = found.groups() if found else ("", sentence, "")
    if not words:
        return sentence
    parts = KEPT.split(words)
    said = "".join(p if place % 2 else p.translate(ACCENTED) for place, p in enumerate(parts))
    return f"{before}{OPENING}{said}{CLOSING}{after}"
