"""Answers as mail programs write them, with made-up people."""

from pathlib import Path

FOLDER = Path(__file__).parents[3] / "data" / "replies"
OURS = ("lodestar@localhost", "http://testserver/m/", "reply+")
NEW = "Gladly, Thursday suits me.\n\nBring your portfolio; we look at it together."
INLINE = "Gladly, Thursday suits me.\n\nBring your portfolio; we look at it together."
BY_PEOPLE = {
    "gmail_plain": NEW,
    "gmail_wrapped": NEW,
    "gmail_german": NEW,
    "gmail_french": NEW,
    "gmail_spanish": NEW,
    "gmail_bottom_posted": NEW,
    "between_the_lines": INLINE,
    "apple_mail": NEW,
    "apple_iphone_german": NEW,
    "iphone_french": NEW,
    "thunderbird_signed": NEW,
    "outlook_plain": NEW,
    "outlook_german": NEW,
    "outlook_french": NEW,
    "outlook_bold": NEW,
    "outlook_ios": NEW,
    "yahoo_unquoted": NEW,
    "plain_no_quote": NEW,
    "latin1": "Gern, am Donnerstag passt es mir.",
    "flowed": NEW,
    "gmail_html": NEW,
    "outlook_html": NEW,
    "apple_html": NEW,
    "html_with_script": NEW,
    "with_attachment": NEW,
}
BY_MACHINES = {
    "vacation": "Auto-Submitted: auto-replied",
    "vacation_exchange": "Auto-Submitted: auto-generated",
    "bulk": "Precedence",
    "bounce_empty_path": "Return-Path: <>",
    "bounce_daemon": "From",
    "bounce_report": "multipart/report",
    "list": "List-Id",
}


def raw(name: str, *, to: str = "", **headings: str) -> bytes:
    """Return a mail of the corpus, to one of our addresses and with other headings if wished."""
    text = (FOLDER / f"{name}.eml").read_bytes()
    if to:
        text = text.replace(b"reply+KEY@replies.example.org", to.encode())
    for heading, value in headings.items():
        lines = text.split(b"\n")
        name_ = heading.replace("_", "-").encode()
        at = next(
            i for i, line in enumerate(lines) if line.lower().startswith(name_.lower() + b":")
        )
        lines[at] = name_ + b": " + value.encode()
        text = b"\n".join(lines)
    return text
