"""How does a mail that came as HTML become text? Nothing in it is run, fetched or kept."""

import re
from html import unescape

LONGEST = 400_000
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "math"}
BLOCKS = {
    "address", "article", "blockquote", "center", "div", "dl", "dt", "dd", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "tr", "ul",
}  # fmt: skip
NEVER_CLOSED = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"}
QUOTING = re.compile(
    r"\b(gmail_quote\w*|gmail_attr|yahoo_quoted|protonmail_quote|moz-cite-prefix|zmail_extra|tutanota_quote)\b"
)
BELOW_IS_QUOTED = {
    "divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message", "replysplit",
}  # fmt: skip
SIGNING = re.compile(r"\b(gmail_signature|moz-signature|protonmail_signature_block)\b")
SIGNING_IDS = {"signature", "ms-outlook-mobile-signature", "applemailsignature"}
VERBATIM = {"script", "style", "title"}
DEEPEST = 100  # a mail laid deeper than that is read as if it were flat
LONGEST_TAG = 2000
REMARK = re.compile(r"<!--|<[!?]")
PIECE = re.compile(r"<(?P<tag>[^<>]+)>|(?P<words>[^<]+)|<")
NAME = re.compile(r"(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:]*)")
ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


def text_of(page: str) -> str:
    """Return the words of a page, with whatever it quotes behind “> ”.

    >>> text_of("<p>Yes &amp; no<script>alert(1)</script></p><blockquote>Dear Ruth</blockquote>")
    'Yes & no\\n> Dear Ruth'
    """
    reader = Reader()
    for found in PIECE.finditer(without_remarks(page[:LONGEST])):
        words, tag = found["words"], found["tag"]
        if tag:
            reader.read_tag(tag)
        else:
            reader.read_words(unescape(words or found[0]))
    return reader.text()


def without_remarks(page: str) -> str:
    """Return a page without comments and declarations; one that never ends takes the rest along."""
    kept, at = [], 0
    while begins := REMARK.search(page, at):
        mark = "-->" if begins[0] == "<!--" else ">"
        end = page.find(mark, begins.end())
        kept.append(page[at : begins.start()])
        if end < 0:
            return "".join(kept)
        at = end + len(mark)
    return "".join(kept) + page[at:]


class Reader:
    """Gathers words line by line, and knows within which elements it is.

    Our own and simple, because each piece is looked at once: the parser of the standard library takes minutes over
    a page of nothing but beginnings.
    """

    def __init__(self) -> None:
        self.open: list[tuple[str, bool, bool]] = []  # name, quotes, is unseen
        self.unseen = self.quoting = 0
        self.is_below = False
        self.verbatim = ""  # the element whose content is no markup
        self.lines: list[str] = []
        self.line: list[str] = []

    def read_tag(self, tag: str) -> None:
        found = NAME.match(tag)
        if not found:
            return self.read_words(f"<{tag}>")
        name, is_end = found["name"].lower(), bool(found["end"])
        if self.verbatim:
            if is_end and name == self.verbatim:
                self.verbatim = ""
                self.close(name)
        elif is_end:
            self.close(name)
        else:
            self.begin(name, attributes(tag[found.end() :]))
        return None

    def begin(self, name: str, told: dict[str, str]) -> None:
        if name in BLOCKS or name == "br":
            self.end_line(is_forced=name == "br")
        if told.get("id", "") in BELOW_IS_QUOTED:
            self.is_below = True
        if name in NEVER_CLOSED or len(self.open) >= DEEPEST:
            return
        quotes, hides = is_quotation(name, told), is_hidden(name, told)
        self.open.append((name, quotes, hides))
        self.quoting += quotes
        self.unseen += hides
        self.verbatim = name if name in VERBATIM else ""

    def close(self, name: str) -> None:
        if name in BLOCKS:
            self.end_line()
        if name not in {each for each, _quotes, _hides in self.open}:
            return
        while self.open:
            each, quotes, hides = self.open.pop()
            self.quoting -= quotes
            self.unseen -= hides
            if each == name:
                return

    def read_words(self, words: str) -> None:
        if not self.unseen:
            self.line.append(words)

    def end_line(self, *, is_forced: bool = False) -> None:
        line = SPACES.sub(" ", "".join(self.line)).strip()
        if line or is_forced:
            quoted = "> " if self.quoting or self.is_below else ""
            self.lines.append(f"{quoted}{line}".rstrip())
        self.line = []

    def text(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip("\n")


def attributes(told: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(told[:LONGEST_TAG])
    return {name.lower(): value.strip("\"'").casefold() for name, value in found}


def is_quotation(tag: str, told: dict[str, str]) -> bool:
    return tag == "blockquote" or bool(QUOTING.search(told.get("class", "")))


def is_hidden(tag: str, told: dict[str, str]) -> bool:
    style = told.get("style", "").replace(" ", "")
    is_signature = SIGNING.search(told.get("class", "")) or told.get("id", "") in SIGNING_IDS
    return tag in UNSEEN or bool(is_signature) or "display:none" in style
