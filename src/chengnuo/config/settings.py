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
ALLOWED_HOSTS = security.allowed_hosts(demo=DEMO, value=environment.HOSTS.read())
PUBLIC_ADDRESS = environment.ADDRESS.read()
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
    "chengnuo.people",
    "chengnuo.promises",
    "chengnuo.cases",
    "chengnuo.web",
    "chengnuo.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "chengnuo.web.middleware.HereOnlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "chengnuo.web.accounts.Adapter"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "chengnuo.web.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
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

SESSION_ENGINE = "chengnuo.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_COOKIES = not DEMO
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_SSL_REDIRECT = not DEMO
CSRF_FAILURE_VIEW = "chengnuo.web.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = security.CONTENT_SECURITY_POLICY

LOGGING = security.LOGGING
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
