"""How does the house stand while a cohort is rehearsed? Like the real one, and nothing leaves it."""

from lodestar.config.settings import *  # noqa: F403
from lodestar.config.settings import DATA_DIR, DATABASES

if DATABASES["default"]["NAME"] != str(DATA_DIR / "stage.sqlite3"):
    raise RuntimeError("A rehearsal is played on a database of its own, in a folder of its own.")
# It is thrown away afterwards, so nothing has to survive a power cut.
DATABASES["default"]["OPTIONS"]["init_command"] = (
    "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;PRAGMA temp_store=MEMORY;"
)
EMAIL_BACKEND = "lodestar.demo.rehearsal.drawer.Drawer"
WAKE = "lodestar.demo.rehearsal.clock.rest"
