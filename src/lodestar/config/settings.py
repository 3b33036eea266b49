"""How does this installation differ from others? Everything else is the same everywhere."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv

import lodestar.sqlite  # noqa: F401  before anything asks for a database

PACKAGE = Path(__file__).resolve().parents[1]
HOME = PACKAGE.parents[1]

env = FileAwareEnv(eager=False)
DEMO = env.bool("DEMO", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(HOME / "var")))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'lodestar.sqlite3'}")
}
CACHES = {"default": env.dj_cache_url("CACHE_URL", default="locmem://")}
EMAIL = env.dj_email_url("EMAIL_URL", default="smtp://localhost:1025")
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Lodestar <lodestar@localhost>")
INBOUND_ADDRESS = env.str("INBOUND_ADDRESS", default="").strip().lower()
INBOUND_SECRET = env.str("INBOUND_SECRET", default="")
INBOUND_IMAP_URL = env.str("INBOUND_IMAP_URL", default="")
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
LANGUAGE_CODE = env.str("LANGUAGE", default="en")
RATE_LIMITED = env.bool("RATE_LIMITED", default=True)
MATCHING_SECONDS = env.int("MATCHING_SECONDS", default=90)
INQUIRY_SECONDS = env.int("INQUIRY_SECONDS", default=300)
MATCHING_MIB = env.int("MATCHING_MIB", default=2048)
FORECAST_SECONDS = env.int("FORECAST_SECONDS", default=600)
REHEARSAL_SECONDS = env.int("REHEARSAL_SECONDS", default=600)
VIDEO_HOST = env.str("VIDEO_HOST", default="https://meet.jit.si").rstrip("/")
JOB_BACKEND = env.str("JOB_BACKEND", default="django_tasks_db.DatabaseBackend")
env.seal()

THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]
BASE_HOST = urlsplit(BASE_URL).hostname or "localhost"
if (DEMO or DEBUG) and {BASE_HOST, *ALLOWED_HOSTS} <= {*THIS_MACHINE, "::1"}:
    # Everybody knows this key, so it must not sign for anybody outside this machine.
    SECRET_KEY = SECRET_KEY or "demo-only-not-a-secret-demo-only-not-a-secret-demo"
    ALLOWED_HOSTS = ALLOWED_HOSTS or THIS_MACHINE
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing: set SECRET_KEY or SECRET_KEY_FILE.")
if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured(
        "EMAIL_URL is not understood: write submission://user:password@host for STARTTLS on 587, "
        "or smtp://host:25."
    )
if INBOUND_ADDRESS and not re.fullmatch(r"[a-z0-9._-]{1,24}@[a-z0-9.-]+", INBOUND_ADDRESS):
    raise ImproperlyConfigured(
        "INBOUND_ADDRESS is not understood: write a short address like reply@replies.example.org."
    )
ALLOWED_HOSTS = ALLOWED_HOSTS or [BASE_HOST]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
IS_HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "lodestar.domain.audit",
    "lodestar.domain.people",
    "lodestar.domain.messaging",
    "lodestar.domain.programs",
    "lodestar.domain.applications",
    "lodestar.domain.matching",
    "lodestar.domain.needs",
    "lodestar.domain.mentorships",
    "lodestar.domain.directory",
    "lodestar.domain.groups",
    "lodestar.domain.office",
    "lodestar.domain.feedback",
    "lodestar.domain.community",
    "lodestar.domain.trials",
    "lodestar.domain.pilots",
    "lodestar.domain.rehearsals",
    "lodestar.domain.insights",
    "lodestar.domain.privacy",
    "lodestar.web.common",
    "lodestar.web.portal",
    "lodestar.web.console",
    "lodestar.web.mail",
    *(["lodestar.demo", "lodestar.web.backstage"] if DEMO else []),
    "django.forms",  # after web.common, whose form templates come first
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, so that lengths tell no secrets
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lodestar.web.common.middleware.PersonMiddleware",
    "lodestar.web.common.middleware.LanguageMiddleware",
    "lodestar.web.common.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "lodestar.web.common.context.house",
            ],
            # By hand: cotton and partials would each overwrite the other's loaders.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "lodestar.config.urls"
WSGI_APPLICATION = "lodestar.config.wsgi.application"

if "sqlite" in DATABASES["default"]["ENGINE"]:
    durable = "NORMAL" if DEMO or DEBUG else "FULL"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={durable};"
        "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        "connect_timeout": 5,
        "options": "-c statement_timeout=15000",
    }
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lodestar.web.portal.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that lets in has shown whose address it is
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_HTTPS else 0
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # a probe asks inside, without TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "lodestar.web.common.views.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10

TASKS = {"default": {"BACKEND": JOB_BACKEND, "QUEUES": []}}
WAKE = "lodestar.config.jobs.wake"
REHEARSE = "lodestar.config.rehearsal"
LETTER_PREVIEW = "lodestar.web.mail.preview.preview"
REMINDER_KINDS = "lodestar.web.mail.registry.reminder_kinds"
STAGEHAND = "lodestar.demo.stagehand" if DEMO else ""

USE_TZ = True
USE_I18N = True
# Each in its own words. The last is made up: whatever is bare in it was never marked for translation.
LANGUAGES = [("en", "English"), ("fr", "Français")]
TRIAL_LANGUAGE = "qps"
if DEMO or DEBUG:
    LANGUAGES.append((TRIAL_LANGUAGE, "⟦Tríål⟧"))
LANGUAGES_BIDI = ["ar", "fa", "he", "ur", TRIAL_LANGUAGE]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["lodestar.config.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
PRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEMO or DEBUG
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN if DEMO or DEBUG else PRESSED},
    "rooms": {  # under no address: views hand its files out, to the two alone
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "rooms",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []
