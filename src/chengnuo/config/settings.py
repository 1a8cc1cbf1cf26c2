"""Settings. Everything that differs between machines comes from the environment; `docs/reference/settings.md` lists it."""

from __future__ import annotations

from pathlib import Path

import dj_database_url

from chengnuo.config import environment, security

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
VAR = Path(environment.VAR.read() or ROOT / "var")
DEMO = environment.DEMO.read() == "1"
DEBUG = False

SECRET_KEY = security.secret_key(VAR)
KEY_RING = VAR / "keys.json"
BACKUP_KEY = VAR / "backup.pub"
BACKUPS = Path(environment.BACKUPS.read()) if environment.BACKUPS.read() else None
BACKUP_DAYS = int(environment.BACKUP_DAYS.read())
FREE_SPACE = tuple(map(float, environment.FREE_SPACE.read().split()))
POSTGRESQL_PROGRAMS = environment.POSTGRESQL_PROGRAMS.read()
ALLOWED_HOSTS = security.allowed_hosts(demo=DEMO, value=environment.HOSTS.read())
PUBLIC_ADDRESS = environment.ADDRESS.read()
BEHIND_PROXY = not DEMO and environment.BEHIND_PROXY.read() == "1"
PASSWORD_DAYS = int(environment.PASSWORD_DAYS.read())
METRICS_TOKEN = environment.METRICS_TOKEN.read()
SMS = security.gateway(demo=DEMO, value=environment.SMS.read())
MAIL = "files" if DEMO else environment.MAIL.read()
vars().update(security.mail_of(MAIL, VAR / "outgoing"))
DEFAULT_FROM_EMAIL = environment.MAIL_FROM.read()
SMS_TOKEN = environment.SMS_TOKEN.read()
OUTSIDE_BODY = environment.OUTSIDE_BODY.read()
COUNTY = environment.COUNTY.read()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "chengnuo.foundation",
    "chengnuo.keeping",
    "chengnuo.imports",
    "chengnuo.people",
    "chengnuo.promises",
    "chengnuo.notices",
    "chengnuo.meetings",
    "chengnuo.cases",
    "chengnuo.registers",
    "chengnuo.benefits",
    "chengnuo.payments",
    "chengnuo.reviews",
    "chengnuo.outreach",
    "chengnuo.channels",
    "chengnuo.openness",
    "chengnuo.web",
    "chengnuo.config",
]

MIDDLEWARE = [
    "chengnuo.web.headers.HeadersMiddleware",
    "chengnuo.web.machines.meter.MeterMiddleware",
    "chengnuo.web.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "chengnuo.web.middleware.HereOnlyMiddleware",
    "chengnuo.web.room.RoomMiddleware",
    "django.middleware.common.CommonMiddleware",
    "chengnuo.web.uploads.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chengnuo.web.account.sign_ins.TimeOutMiddleware",
    "chengnuo.web.middleware.ActorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "chengnuo.config.urls"
WSGI_APPLICATION = "chengnuo.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "web" / "components"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "chengnuo.web.pages.page",
            ],
        },
    }
]
COTTON_DIR = "c"

# IMMEDIATE and FULL: with Django's default two thirds of concurrent writes fail, with NORMAL a power cut loses acts
SQLITE = {
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}
# in the demo nobody's acts are lost with a database that skips the disk
DATABASE_MUST_LAST = not DEMO
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR / 'chengnuo.sqlite3'}", conn_max_age=60)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": "chengnuo.people.passwords.WordsOfThisPlace"}]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "chengnuo.web.account.accounts.Adapter"
ACCOUNT_SESSION_REMEMBER = False
# the gate's own quarter of an hour counts, and knows by what it was proved; allauth's takes the password alone
ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
# wrong passwords for an account from one address ("pair"), from an address, for an account from everywhere
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_pair": "5/5m/key",
    "login_failed": "200/h/ip",
    "login_account": "30/h/key",
    "folder": "60/h/ip,10/h/key",
    "receipt_code": "60/m/ip,600/h/ip",
    "stop_messages": "60/m/ip,600/h/ip",
    "notice": "60/m/ip,600/h/ip",
}
# the calculator's presses of one address: sixty neighbours answer twenty questions each within five minutes
CALCULATOR_RATES = {"question": "300/min", "result": "60/min"}
MFA_ADAPTER = "chengnuo.web.account.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"authenticate": "chengnuo.web.account.sign_ins.CodeForm"}
MFA_TOTP_ISSUER = "Chengnuo"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
LOGIN_REDIRECT_URL = "desk:home"
LOGIN_URL = "account_login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# a photo is kept in memory until it is sealed: a file of the system's own would lie on the disk in clear
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# what is counted to slow guessing down, for all processes alike; nobody can read there what or whom it counts
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_counted",
        "KEY_FUNCTION": "chengnuo.foundation.counted.key_of",
        "TIMEOUT": 3600,
    },
    # what costs only time is counted by each process for itself: reading what is public must not write
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
}

SESSION_ENGINE = "chengnuo.web.account.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_COOKIES = not DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # forms carry the token themselves
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    security.cookie(name, demo=DEMO) for name in ("sessionid", "csrftoken", "django_language")
)
MESSAGE_STORAGE = "chengnuo.web.said.Storage"
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
# the county's host for this is its own: whatever is below it is reached safely, or not at all
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # asked for on the machine itself
CSRF_FAILURE_VIEW = "chengnuo.web.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = security.CONTENT_SECURITY_POLICY

LOGGING = security.logging_of(demo=DEMO)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
