"""Which words of a reply are new, and which are only quoted or a signature?

Line by line and in one pass, so that no mail takes long. It rather leaves a line too many than takes
one of the writer's own: what it cuts must look like a quotation to more than one sign.
"""

import re
from collections.abc import Collection, Sequence

LONGEST, MOST_LINES = 200_000, 5000
MOST_JOINED = 4
WROTE = r"\b(wrote|schrieb|écrit|escribió|ha scritto|scrisse|schreef|escreveu|skrev|kirjoitti|napisał\(?a?\)?|napsal\(?a?\)?|a scris|írta|пишет|написал\(?а?\)?)"
ATTRIBUTION = re.compile(rf"{WROTE}\W{{0,3}}$", re.IGNORECASE)
LEADS_IN = re.compile(rf"[:：]\s*$|{WROTE}\s*[:：]", re.IGNORECASE)
STARTERS = re.compile(
    r"^\W{0,3}(on|am|le|el|il|op|em|den|dne|dnia|w dniu|at|pe|\d{1,4}[-./年 ])", re.IGNORECASE
)
ORIGINAL = re.compile(
    r"^\W*-{2,}\s*(original message|original appointment|forwarded message|reply message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d[’']origine|message original|message transféré|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original)\s*-{2,}\W*$"
    r"|^\W*(begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|début du message transféré)\s*:\W*$",
    re.IGNORECASE,
)
HEADINGS = {
    "from": ("from", "von", "de", "da", "van", "od", "från", "fra", "expéditeur"),
    "sent": ("sent", "date", "gesendet", "datum", "envoyé", "enviado", "fecha", "inviato", "verzonden", "wysłano", "skickat", "data"),
    "to": ("to", "an", "à", "para", "a", "aan", "do", "till", "til"),
    "subject": ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto", "temat", "ämne", "emne"),
}  # fmt: skip
HEADING = re.compile(r"^[\s*_]*([^\W\d_]{1,12})[\s*_]*[:：][\s*_]*\S")
FAMILY = {word: family for family, words in HEADINGS.items() for word in words}
HEADINGS_NEEDED = 3
SIGNATURE = re.compile(r"^--\s*$|^\u2014\s*$|^_{2}\s*$")
FROM_A_PHONE = re.compile(
    r"^\W*(sent (from|with|via) (my |outlook|yahoo|mail |gmail|proton|samsung|spark)|get outlook for"
    r"|von meinem .{1,40} gesendet|gesendet (von meinem|mit der|von|aus|über|mit) (der |outlook|mail|iphone|ipad|gmx|web\.de|yahoo|proton)?"
    r"|diese nachricht wurde von meinem|holen sie sich outlook|outlook für (ios|android)"
    r"|envoyé (de|depuis|à partir de) (mon|ma|outlook|yahoo|mail|proton)|télécharge[rz] outlook|obtenez outlook"
    r"|enviado desde (mi|outlook|yahoo)|inviato da|verzonden (vanaf|met))",
    re.IGNORECASE,
)
LONGEST_PHONE_LINE = 100
RULE = re.compile(r"^\s*[_\-=*]{5,}\s*$")


def new_words(text: str, ours: Collection[str] = ()) -> str:
    """Return what the writer of a reply added; `ours` are addresses that only our letters hold.

    >>> new_words("Gladly.\\n\\nOn 3 May 2026 College <c@x.org> wrote:\\n> Dear Ruth\\n")
    'Gladly.'
    >>> new_words("On Monday she wrote: come.")
    'On Monday she wrote: come.'
    """
    lines = [line.rstrip() for line in text[:LONGEST].splitlines()[:MOST_LINES]]
    kept = without_quotations(lines, tuple(each.casefold() for each in ours))
    kept = [line for line in kept if not names(line, ours)]
    return "\n".join(without_signature(kept)).strip()


def names(line: str, ours: Collection[str]) -> bool:
    """Whether a line holds an address of our letters: it could let a reader act as the writer."""
    return any(each.casefold() in line.casefold() for each in ours)


def without_quotations(lines: Sequence[str], ours: Sequence[str]) -> list[str]:
    """Return the lines outside of quotations: a quoted block is left out, and all below an unquoted one."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if is_quoted(lines[at]):
            at += 1
        elif ends_the_new(lines, at):
            return without_rule(kept)
        elif length := attribution_at(lines, at, ours):
            at += length
            if not next_is_quoted(lines, at):
                return without_rule(kept)
        else:
            kept.append(lines[at])
            at += 1
    return kept


def is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def ends_the_new(lines: Sequence[str], at: int) -> bool:
    return bool(ORIGINAL.match(lines[at][:200])) or has_headings(lines, at)


def has_headings(lines: Sequence[str], at: int) -> bool:
    """Whether the headings of a mail begin here, as Outlook puts them: three of from, sent, to, subject."""
    if family_of(lines[at]) != "from":
        return False
    families = {family_of(line) for line in lines[at : at + 6]} - {""}
    return len(families) >= HEADINGS_NEEDED


def family_of(line: str) -> str:
    found = HEADING.match(line[:200])
    return FAMILY.get(found[1].casefold(), "") if found else ""


def attribution_at(lines: Sequence[str], at: int, ours: Sequence[str]) -> int:
    """Return how many lines say who wrote what follows, or 0: mail programs break them where they like."""
    first = lines[at].strip()
    if not first or (not STARTERS.match(first[:40]) and not names_one(first, ours)):
        return 0
    told = ""
    for length, line in enumerate(lines[at : at + MOST_JOINED], 1):
        if not line.strip() or is_quoted(line):
            return 0
        told = f"{told} {line.strip()}".strip()[:600]
        if is_attribution(told, ours, next_is_quoted(lines, at + length)):
            return length
    return 0


def is_attribution(told: str, ours: Sequence[str], is_before_quotation: bool) -> bool:
    """Whether these words lead in a quotation: they name our address, or a day and a quotation follows."""
    if names_one(told, ours) and LEADS_IN.search(told):
        return True
    has_date = any(character.isdigit() for character in told)
    return has_date and is_before_quotation and bool(ATTRIBUTION.search(told))


def names_one(line: str, ours: Sequence[str]) -> bool:
    return any(each in line.casefold() for each in ours)


def next_is_quoted(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return is_quoted(following)


def without_rule(lines: list[str]) -> list[str]:
    """Leave out the line that a mail program draws above what it quotes."""
    while lines and (not lines[-1].strip() or RULE.match(lines[-1])):
        lines = lines[:-1]
    return lines


def without_signature(lines: list[str]) -> list[str]:
    """Leave out a signature, but never all that there is."""
    for at, line in enumerate(lines):
        if SIGNATURE.match(line) and has_words(lines[:at]):
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or is_from_a_phone(lines[-1])):
        if not has_words(lines[:-1]):
            break
        lines = lines[:-1]
    return lines


def is_from_a_phone(line: str) -> bool:
    return len(line) <= LONGEST_PHONE_LINE and bool(FROM_A_PHONE.match(line))


def has_words(lines: Sequence[str]) -> bool:
    return any(line.strip() for line in lines)
