"""Settings of the whole installation: portal, desk and background work in one.

Everything an operator may change comes from the environment; `docs/running.md` lists it all. What is secret
lives in two key files (`simpul keys make`): `portal.json` seals, `opening.json` opens.
"""

import os
from pathlib import Path

from simpul.environment import database, flag, keys, keys_folder, listed, secret_key

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("SIMPUL_HOME", ROOT / "var"))
DATA = ROOT / "data"

DEMO = flag("SIMPUL_DEMO", default=False)
DEBUG = flag("SIMPUL_DEBUG", default=False)

KEYS_FOLDER = keys_folder(HOME)
KEYS = keys(HOME, "portal.json", "opening.json")
SECRET_KEY = secret_key(KEYS)
ALLOWED_HOSTS = listed("SIMPUL_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host[0] not in "*.["]
TRUSTED_PROXIES = listed("SIMPUL_TRUSTED_PROXIES", default="")

# The secret of linkage lies with a process of its own: where that keeps it, where it listens, which users of the system
# it answers. A socket that is not named is the one `simpul serve` starts; "off" compares no records.
LINKAGE_KEYS = Path(os.environ.get("SIMPUL_LINKAGE_KEYS", HOME / "linkage-keys"))
LINKAGE_SOCKET = os.environ.get("SIMPUL_LINKAGE_SOCKET", str(LINKAGE_KEYS / "socket"))
LINKAGE_GRANT = os.environ.get("SIMPUL_LINKAGE_GRANT", "")
LINKAGE_CALLERS = listed("SIMPUL_LINKAGE_CALLERS", default="")

REGION = os.environ.get("SIMPUL_REGION", "61")
REGION_NAME = os.environ.get("SIMPUL_REGION_NAME", "Kalimantan Barat")

INSTALLED_APPS = [
    "simpul.journal",
    "simpul.confidentiality",
    "simpul.reference",
    "simpul.places",
    "simpul.agencies",
    "simpul.obligations",
    "simpul.persons",
    "simpul.linkage",
    "simpul.cases",
    "simpul.intake",
    "simpul.migrants",
    "simpul.privacy",
    "simpul.insight",
    "simpul.portal",
    "simpul.desk",
    "simpul.demo",
    "simpul.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "simpul.portal.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "simpul.portal.middleware.Compress",
    "simpul.portal.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "simpul.desk.middleware.Sessions",
    "simpul.desk.middleware.Csrf",
    "simpul.desk.middleware.Officers",
    "simpul.desk.middleware.Notes",
    "allauth.account.middleware.AccountMiddleware",
    "simpul.desk.middleware.DefaultDeny",
]

ROOT_URLCONF = "simpul.urls"
WSGI_APPLICATION = "simpul.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "simpul" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "simpul.desk.menu.surroundings",
            ],
        },
    },
]

DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "account_login"
CSRF_FAILURE_VIEW = "simpul.desk.views.errors.form_refused"
ACCOUNT_ADAPTER = "simpul.desk.sign_in.Adapter"
# Officers sign in by name: no address of mail is kept.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUSTED_PROXIES else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Simpul"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
SECOND_FACTOR = flag("SIMPUL_SECOND_FACTOR", default=not DEMO)

# Where the button "leave quickly" of the public pages leads.
LEAVE_TO = os.environ.get("SIMPUL_LEAVE_TO", "https://www.bmkg.go.id/")

# Where the installation reaches its own public door, for the hourly check of intake.
OWN_ADDRESS = os.environ.get("SIMPUL_OWN_ADDRESS", "")

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "meja"
SESSION_COOKIE_AGE = 4 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("SIMPUL_HTTPS", default=False)
CSRF_COOKIE_NAME = "meja_csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("SIMPUL_HTTPS", default=False) else None

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("SIMPUL_TIME_ZONE", "Asia/Pontianak")
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/aset/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES = HOME / "files"

# Uploads stay in memory until they are sealed, so that no plain copy is ever written to a disk.
FILE_UPLOAD_HANDLERS = ["simpul.portal.uploads.MemoryQuota"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 200

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"

# Our own middleware does what these look for by name: headers on every answer, frames refused, forms of officers
# guarded on the addresses where officers are.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002", "security.W003"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "simpul.confidentiality.scrub.Masked"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("SIMPUL_LOG", "WARNING")},
}
