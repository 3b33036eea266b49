"""Which drawings do the pages use? Lucide's, as one sprite."""

import re
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from io import BytesIO
from zipfile import ZipFile

NAMES = (
    "arrow-left", "arrow-right", "bell", "book-open", "briefcase", "calendar", "chart-no-axes-column",
    "check", "chevron-down", "chevron-left", "chevron-right", "circle-alert", "circle-check", "clock",
    "compass", "download", "file-text", "flag", "globe", "goal", "graduation-cap", "hand-heart",
    "house", "inbox", "info", "key-round", "languages", "life-buoy", "list-checks", "lock", "log-out",
    "mail", "map-pin", "menu", "message-circle", "network", "newspaper", "palette", "pause", "pencil", "phone",
    "plus", "search", "send", "settings", "shield", "sparkle", "sprout", "table", "trash-2",
    "triangle-alert", "upload", "user-round", "users-round", "video", "x",
)  # fmt: skip


@lru_cache(maxsize=1)
def sprite() -> bytes:
    """Return one SVG that holds every icon as a symbol named after it."""
    archive = (resources.files("lucide") / "lucide.zip").read_bytes()
    with ZipFile(BytesIO(archive)) as icons:
        symbols = [symbol(name, icons.read(f"{name}.svg").decode()) for name in NAMES]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'.encode()


def symbol(name: str, drawing: str) -> str:
    """Return the lines of one drawing, without the size and colour that its page gives it."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    lines = re.sub(r"\s+", " ", found.group(1)).strip() if found else ""
    return f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>'


@lru_cache(maxsize=1)
def version() -> str:
    return sha256(sprite()).hexdigest()[:12]
