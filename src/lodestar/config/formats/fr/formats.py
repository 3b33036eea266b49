"""How are days and hours written in French? Each pattern stands under the one that our sources have.

A pattern that is not here is the same in French.
"""

PATTERNS = {
    "H:i": "H\\hi",
    "D j M H:i": "D j M H\\hi",
    "j F, H:i": "j F à H\\hi",
    "j F Y, H:i": "j F Y à H\\hi",
    "j M, H:i": "j M à H\\hi",
    "j M Y, H:i": "j M Y à H\\hi",
    "l, j F": "l j F",
    "l, j F Y": "l j F Y",
    "l, j F, H:i": "l j F à H\\hi",
    "l, j F Y, H:i": "l j F Y à H\\hi",
}
globals().update(PATTERNS)
