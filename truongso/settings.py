"""The composition root's settings. Everything a school may change comes from the environment or from data."""

import os
import sys
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from truongso.lib import env
from truongso.lib.datadir import DataDir
from truongso.lib.mail import mail_settings
from truongso.lib.oidc import oidc_providers

env.check_known()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = DataDir.from_env()
DEBUG = env.boolean("TRUONGSO_DEBUG", default=False)
TESTING = bool({"pytest", "mypy"} & sys.modules.keys())

TLS_MODE = env.choice("TRUONGSO_TLS", ["localhost", "lan", "domain"], default="localhost")
PORT = env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)
DOMAIN = env.text("TRUONGSO_DOMAIN", default="")

SECRET_KEY = "only-for-tests" if TESTING else DATA.secret("django").hex()
# Keys of the encrypted columns and of their look-up hashes (people.sealed).
FIELD_KEY = b"\1" * 32 if TESTING else DATA.secret("field")
LOOKUP_KEY = b"\2" * 32 if TESTING else DATA.secret("lookup")

# The front (Caddy) is the only way in and decides which names it answers to.
ALLOWED_HOSTS = ["*"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = False
_https = TLS_MODE != "localhost"
_port = "" if PORT in (80, 443) else f":{PORT}"
SITE_ADDRESS = f"{'https' if _https else 'http'}://{DOMAIN or 'localhost'}{_port}"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if DOMAIN else []

INSTALLED_APPS = [
    "truongso.shell",
    "truongso.timetable",
    "truongso.intake",
    "truongso.curriculum",
    "truongso.conditions",
    "truongso.consent",
    "truongso.roster",
    "truongso.school",
    "truongso.notify",
    "truongso.documents",
    "truongso.people",
    "truongso.jobs",
    "truongso.audit",
    "truongso.ui",
    "truongso.realtime",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.microsoft",
    "procrastinate.contrib.django",
    "csp",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "truongso.people.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "truongso.people.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "truongso.people.middleware.ActorMiddleware",
    "truongso.people.middleware.PolicyMiddleware",
]

ROOT_URLCONF = "truongso.urls"
WSGI_APPLICATION = "truongso.wsgi.application"

_OURS = [app.split(".")[1] for app in INSTALLED_APPS if app.startswith("truongso.")]
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "truongso" / app / "templates" for app in _OURS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "truongso.ui.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "truongso.shell.context.shell",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]
# The same widgets by Jinja2: a page with five lists to choose from spends a fifth of its time on them otherwise.
FORM_RENDERER = "django.forms.renderers.Jinja2"

# One engine everywhere. Without DATABASE_URL the private cluster in the data folder serves on its socket.
_url = env.text("DATABASE_URL", default="")
_conn = (
    conninfo_to_dict(_url)
    if _url
    else {
        "host": str(DATA.postgres_sockets),
        "user": "truongso",
        "dbname": "truongso",
    }
)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _conn.get("dbname", "truongso"),
        "USER": _conn.get("user", ""),
        "PASSWORD": _conn.get("password", ""),
        "HOST": _conn.get("host", ""),
        "PORT": _conn.get("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("TEST_DB_NAME", "test_truongso")},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "truongso_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["truongso.people.backend.SchoolBackend"]
PASSWORD_HASHERS = ["truongso.people.hashers.SchoolArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "truongso.people.passwords.SchoolPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "truongso.people.adapters.SchoolAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_FORMS = {"login": "truongso.people.forms.SignInForm"}
# Signing in is throttled by people.throttle: a school sits behind one address.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reauthenticate": "20/m/user"}
MFA_ADAPTER = "truongso.people.adapters.SchoolMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute of a phone's clock, either way
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = TLS_MODE == "localhost"
MFA_FORMS = {
    "authenticate": "truongso.people.forms.SecondFactorForm",
    "reauthenticate": "truongso.people.forms.ConfirmCodeForm",
    "activate_totp": "truongso.people.forms.ActivateAppForm",
    "add_webauthn": "truongso.people.forms.AddPasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "truongso.people.adapters.SchoolSocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = oidc_providers()

SESSION_ENGINE = "truongso.people.sessions"
SESSION_COOKIE_NAME = "truongso"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
CSRF_FAILURE_VIEW = "truongso.shell.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if TLS_MODE == "domain" else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}

globals().update(mail_settings(DATA))

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "truongso" / "locale"]
FORMAT_MODULE_PATH = ["truongso.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
MEDIA_ROOT = DATA.files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"procrastinate": {"level": "WARNING"}, "django.security": {"level": "WARNING"}},
}
