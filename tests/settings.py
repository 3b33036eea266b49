"""The settings of a demo, without limits, mail or queue."""

import os

os.environ.update(DEMO="1", RATE_LIMITED="0", BASE_URL="http://testserver", TIME_ZONE="UTC")
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from lodestar.config.settings import *

ALLOWED_HOSTS = ["testserver", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
STORAGES["rooms"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
OPTIONS = DATABASES["default"].get("OPTIONS", {})
OPTIONS.pop("pool", None)  # the test database is dropped at the end
if "options" in OPTIONS:
    OPTIONS["options"] = "-c statement_timeout=120000"  # dropping a database on a busy machine
