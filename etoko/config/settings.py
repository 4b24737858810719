"""One settings file. Everything that differs between machines comes from the environment.

ETOKO_DATA_DIR    where database, pictures and secret key are kept (default: data/ beside manage.py)
DATABASE_URL      postgres://user:password@host:port/name; without it SQLite in the data folder
ETOKO_HOSTS       names and addresses this server answers to, separated by commas
ETOKO_DEBUG       1 shows tracebacks in the browser; never where people can reach it
ETOKO_SECRET_KEY  else made once and kept in the data folder
ETOKO_HTTPS       1 when it is reached by https: cookies are then sent over https only
ETOKO_ADDRESS     how people reach it ("https://toko.example/"), for the links in WhatsApp texts
ETOKO_CODE_CHANNEL  how one-time codes are sent: console (default), helper, whatsapp, or "module.Class"
ETOKO_MAIL        smtp://user:password@host:587 (smtps://…:465): the server that carries notices by mail
ETOKO_MAIL_FROM   the address they come from ("e-Toko PKK <kabar@toko.example>")
ETOKO_WHATSAPP_TOKEN, _PHONE_ID, _SECRET, _VERIFY  access to the WhatsApp Cloud API: the token, the id of the
                  number, the app secret that signs what comes in, and the word that proves the webhook ours
ETOKO_WHATSAPP_TEMPLATE, _CODE_TEMPLATE, _LANGUAGE  names of the approved templates and their language
                  (etoko_kabar, etoko_kode, id)
ETOKO_MIDTRANS    sandbox or production: sellers may connect their own Midtrans account (default: off)
ETOKO_PROXIES     how many proxies of ours stand before the server (default 0): so many addresses at the end
                  of X-Forwarded-For are believed
ETOKO_TILES       address of a tile server for the map of businesses (default: none, nothing from outside)
ETOKO_READER      reads screenshots of payments: none, tesseract, rapidocr, or "module.Class"
                  (default: tesseract if the machine has it)
ETOKO_HOME_AREA   area code of the sub-district this installation serves (default 36.03.04, Jambe)
ETOKO_VERSION     what /sehat/ says is running (default: the version in pyproject.toml)
ETOKO_HOME_NAME   its name as it stands at the top of every page (default Kecamatan Jambe)
"""

import contextlib
import os
import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import leaflet
from environs import Env

env = Env()

ROOT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("ETOKO_DATA_DIR", "") or ROOT / "data")
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    given = env.str("ETOKO_SECRET_KEY", "")
    if given:
        return given
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        # Written aside and renamed: two processes that start together must end with one key.
        fresh = DATA_DIR / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text()


SECRET_KEY = _secret_key()
DEBUG = env.bool("ETOKO_DEBUG", False)
HTTPS = env.bool("ETOKO_HTTPS", False)
ALLOWED_HOSTS = env.list("ETOKO_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
ADDRESS = env.str("ETOKO_ADDRESS", "http://127.0.0.1:8000/")
CODE_CHANNEL = env.str("ETOKO_CODE_CHANNEL", "console")
if CODE_CHANNEL == "whatsapp":  # of a room above the one that sends codes
    CODE_CHANNEL = "etoko.notices.channels.codes.WhatsAppCodes"
PROXIES = env.int("ETOKO_PROXIES", 0)
HOME_AREA = env.str("ETOKO_HOME_AREA", "36.03.04")
VERSION = (
    env.str("ETOKO_VERSION", "") or tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
)
HOME_NAME = env.str("ETOKO_HOME_NAME", "Kecamatan Jambe")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "etoko.foundation",
    "etoko.places",
    "etoko.audit",
    "etoko.people",
    "etoko.notices",
    "etoko.registry",
    "etoko.catalog",
    "etoko.vouchers",
    "etoko.ordering",
    "etoko.consignment",
    "etoko.payments",
    "etoko.midtrans",
    "etoko.reviews",
    "etoko.groups",
    "etoko.needs",
    "etoko.partners",
    "etoko.promises",
    "etoko.answering",
    "etoko.census",
    "etoko.discussion",
    "etoko.privacy",
    "etoko.exchange",
    "etoko.portal",
    "etoko.demo",
    "etoko.config",
]

MIDDLEWARE = [
    "etoko.foundation.assets.assets_middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "etoko.foundation.language.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "etoko.notices.personal.unread_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "etoko.foundation.full_disk.FullDiskMiddleware",
]

ROOT_URLCONF = "etoko.config.urls"
WSGI_APPLICATION = "etoko.config.wsgi.application"

COMPILED_TEMPLATES = DATA_DIR / "compiled"

TEMPLATES = [
    {
        "BACKEND": "etoko.foundation.templating.RoomTemplates",
        "NAME": "rooms",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "etoko.foundation.templating.environment",
            "context_processors": ["etoko.foundation.templating.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

SQLITE_OPTIONS = {
    # Without IMMEDIATE, two writers that both began by reading fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;"
    " PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
}
CACHE_FILE = DATA_DIR / "cache.sqlite3"


def _postgres(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 36, "timeout": 20},
            # Prepared on the server at the second use: halves what the database spends on each page. (At the
            # first use it would refuse migrations, which send several commands as one.)
            "server_side_binding": True,
            "prepare_threshold": 1,
        },
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": SQLITE_OPTIONS,
        # A file also in tests: threads of a race test must see one database.
        "TEST": {"NAME": str(DATA_DIR / f"test-{path.name}")},
    }


DATABASE_URL = env.str("DATABASE_URL", "")
DATABASES = {
    "default": _postgres(DATABASE_URL) if DATABASE_URL else _sqlite(DATA_DIR / "etoko.sqlite3"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The page cache (foundation.pagecache). What it knows of an address; a page asked with more is made anew.
PAGE_CACHE_QUERY = frozenset(
    "q jenis desa kategori harga_min harga_max buka urut setelah hal unsur tingkat keadaan asal".split()
)
# Tables whose rows stand on no public page: writing there outdates none. All others do.
PRIVATE_TABLES = (
    "django_",
    "foundation_onetimekey",
    "foundation_turn",
    "audit_",
    "people_",
    "notices_",
    "ordering_",
    "payments_",
    "midtrans_",
    "catalog_stock",
    "catalog_making",
    "catalog_capacityday",
    "consignment_",
    "needs_",
    "partners_interest",
    "promises_promisestep",
    "vouchers_redemption",
    "reviews_reviewversion",
    "reviews_reviewreport",
    "census_",
    "exchange_",
    # Of the groups only the permissions to sell show on a public page.
    *("groups_group", "groups_member", "groups_office", "groups_level", "groups_meeting"),
    *("groups_attendance", "groups_slip", "groups_entry", "groups_loan", "groups_visit", "groups_action"),
    *("groups_formrow", "groups_cooperative", "groups_yearlymeeting"),
)

# Counters against guessing must be shared by all workers; a page cache of its own stands before Django.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Ways out for notices (etoko.notices.channels); without these there are the inbox, push, and texts for wa.me.
MAIL = env.str("ETOKO_MAIL", "")
_mail = urlsplit(MAIL)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_HOST_USER = _mail.hostname or "localhost", unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_PORT = _mail.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_USE_TLS = not EMAIL_USE_SSL and dict(parse_qsl(_mail.query)).get("tls", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("ETOKO_MAIL_FROM", "e-Toko PKK <kabar@localhost>")
WHATSAPP = {
    "url": env.str("ETOKO_WHATSAPP_URL", "https://graph.facebook.com/v23.0"),
    "token": env.str("ETOKO_WHATSAPP_TOKEN", ""),
    "phone_id": env.str("ETOKO_WHATSAPP_PHONE_ID", ""),
    "secret": env.str("ETOKO_WHATSAPP_SECRET", ""),
    "verify": env.str("ETOKO_WHATSAPP_VERIFY", ""),
    "template": env.str("ETOKO_WHATSAPP_TEMPLATE", "etoko_kabar"),
    "code_template": env.str("ETOKO_WHATSAPP_CODE_TEMPLATE", "etoko_kode"),
    "language": env.str("ETOKO_WHATSAPP_LANGUAGE", "id"),
}
# Snap of Midtrans, with the sellers' own accounts: where to open pages, where they lie, where to ask.
_MIDTRANS_HOSTS = {
    "sandbox": ("https://app.sandbox.midtrans.com", "https://api.sandbox.midtrans.com"),
    "production": ("https://app.midtrans.com", "https://api.midtrans.com"),
}
_pages, _api = _MIDTRANS_HOSTS.get(env.str("ETOKO_MIDTRANS", ""), ("", ""))
MIDTRANS = {"snap": f"{_pages}/snap/v1", "pages": f"{_pages}/", "api": f"{_api}/v2"} if _pages else {}
# Where browsers let messages be left for them. The address comes from the browser: the server must not be
# led to post elsewhere.
PUSH_SERVICES = (
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/saya/"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
# Compiled when the rooms are loaded, see foundation.translations.
LOCALE_PATHS = [DATA_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [("leaflet", Path(leaflet.__file__).parent / "static" / "leaflet")]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "etoko.foundation.assets.AssetStorage"},
}
# 12-megapixel photos of old phones are below 15 MB; larger files go to disk while they arrive.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Ground of the map of businesses: none, so that nobody learns who looks at it. The address of a tile server,
# as "https://tiles.example/{z}/{x}/{y}.png", and its credit line switch one on.
TILES = env.str("ETOKO_TILES", "")
TILES_CREDIT = env.str("ETOKO_TILES_CREDIT", "© OpenStreetMap")
TILES_HOST = "{0.scheme}://{0.netloc}".format(urlsplit(TILES)).replace("{s}", "*") if TILES else ""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", "https://wa.me"],
        "frame-ancestors": ["'none'"],
    }
}

# See payments/reading.py.
READER = env.str("ETOKO_READER", "")

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Django would send what a page failed with to administrators by mail, and nowhere else.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
