"""Which SQLite library serves? Import this before Django: it puts the newer one in place."""

import sys

try:
    import pysqlite3
except ImportError:  # no wheel for this platform: the system's library serves, and `doctor` says so
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
