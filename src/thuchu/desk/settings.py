"""Django's settings, computed once from the table in `options`: no other file reads the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from thuchu.desk import databases
from thuchu.desk.options import MailServer, host_of, origin_of, read_options
from thuchu.desk.secret import secret_key

_options = read_options()

THUCHU_HOME: Path = _options["THUCHU_HOME"]
THUCHU_DATABASE_URL: str = _options["THUCHU_DATABASE_URL"]
THUCHU_ADDRESS: str = _options["THUCHU_ADDRESS"]
THUCHU_NAME: str = _options["THUCHU_NAME"]
THUCHU_WORKERS: int = _options["THUCHU_WORKERS"]
THUCHU_MESSAGE_CHARS_MAX: int = _options["THUCHU_MESSAGE_CHARS_MAX"]
THUCHU_CHECKS_PER_MINUTE: int = _options["THUCHU_CHECKS_PER_MINUTE"]
THUCHU_KEEP_DAYS: int = _options["THUCHU_KEEP_DAYS"]
THUCHU_TRUSTED_PROXIES: int = _options["THUCHU_TRUSTED_PROXIES"]
THUCHU_ENCODER: Path | None = _options["THUCHU_ENCODER"]
THUCHU_SMTP_URL: MailServer | None = _options["THUCHU_SMTP_URL"]
THUCHU_MAIL_FROM: str = _options["THUCHU_MAIL_FROM"] or f"thuchu@{host_of(THUCHU_ADDRESS)}"

_HERE = Path(__file__).parent
_PUBLIC = urlsplit(THUCHU_ADDRESS)
_IS_HTTPS = _PUBLIC.scheme == "https"

SECRET_KEY = secret_key(THUCHU_HOME)
DEBUG = False
ALLOWED_HOSTS = [_PUBLIC.hostname or "", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [THUCHU_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "thuchu.desk.ledger",
    "thuchu.desk.jobs",
    "thuchu.desk.evidence",
    "thuchu.desk.accounts",
    "thuchu.desk.library",
    "thuchu.desk.intake",
    "thuchu.desk.claims",
    "thuchu.desk.facts",
    "thuchu.desk.notes",
    "thuchu.desk.publishing",
    "thuchu.desk.replies",
    "thuchu.desk.reviews",
    "thuchu.desk.inquiries",
    "thuchu.desk.commitments",
    "thuchu.desk.board",
    "thuchu.desk.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "thuchu.desk.web.policy.ContentSecurityPolicyMiddleware",
    "thuchu.desk.api.problems.EveryErrorIsAProblem",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "thuchu.desk.web.numbers.NumbersOfRows",
]
ROOT_URLCONF = "thuchu.desk.web.urls"
WSGI_APPLICATION = "thuchu.desk.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "thuchu.desk.web.context.desk",
            ],
            "builtins": ["thuchu.desk.web.templatetags.words"],
        },
    }
]

DATABASES = {"default": databases.of_desk(THUCHU_DATABASE_URL, THUCHU_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [_HERE / "web" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _IS_HTTPS
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files come from inside the package: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# The same names as in Django 6, so that moving there deletes our middleware.
SECURE_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# The address of a status page is a secret: it must not travel to the next site in a Referer line. "no-referrer" would
# do that, too, but then browsers send `Origin: null` with our own forms, which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS else 0
# Who is signed in: a row in the database, named by a cookie that only a page of ours in this browser sends. Nobody has
# one before they sign in or hold a passkey out to us. Over TLS its name binds it to this host alone (RFC 6265bis).
SESSION_ENGINE = "thuchu.desk.accounts.session_store"
SESSION_COOKIE_NAME = "__Host-session" if _IS_HTTPS else "session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PASSWORD_HASHERS = ["thuchu.desk.accounts.hashing.DeskArgon2"]
# Passkeys are bound to these two, whatever a request says of itself.
THUCHU_ORIGIN = origin_of(THUCHU_ADDRESS)
THUCHU_RP_ID = host_of(THUCHU_ADDRESS)
CSRF_COOKIE_SECURE = _IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "thuchu.desk.web.pages.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# Whoever ticks every reason below a rating sends 21.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
FILE_UPLOAD_HANDLERS = ["thuchu.desk.web.uploads.NothingKept"]

# Logs say what happened and where, never what anybody wrote (rule 2): request bodies, query strings and addresses
# have no place in the format, and Django's request logger, which prints them, is reduced to what a page answered.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "thuchu.desk.logs.NoMessages"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
