"""Settings, from the environment; docs/reference/settings.md has every one of them."""

from __future__ import annotations

import os

import dj_database_url
from csp.constants import NONE, SELF

from goldenthread.site import logs
from goldenthread.site.home import home, secret
from goldenthread.site.mail import mail, whole

HOME = home()
SECRET_KEY = secret(HOME)
DEBUG = False
SECURE = os.environ.get("GOLDENTHREAD_HTTPS", "") == "1"
ALLOWED_HOSTS = [
    name for name in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name
]
CSRF_TRUSTED_ORIGINS = [name for name in os.environ.get("TRUSTED_ORIGINS", "").split(",") if name]

INSTALLED_APPS = [
    "goldenthread.web.components",  # first, so that its templates stand before those it restyles
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "goldenthread.ground.area",
    "goldenthread.ground.people",
    "goldenthread.ground.audit",
    "goldenthread.ground.lists",
    "goldenthread.ground.organisations",
    "goldenthread.ground.headcount",
    "goldenthread.ground.pupils",
    "goldenthread.ground.mail",
    "goldenthread.ground.files",
    "goldenthread.ground.retention",
    "goldenthread.thread.survey",
    "goldenthread.thread.survey.asking",
    "goldenthread.thread.finding",
    "goldenthread.web.workbench",
    "goldenthread.web.respond",
]

MIDDLEWARE = [
    "goldenthread.site.logs.Requests",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "goldenthread.web.caching.KeptNowhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "goldenthread.site.urls"
WSGI_APPLICATION = "goldenthread.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'goldenthread.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "start"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "goldenthread.site.accounts.Invited"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "goldenthread.web.components.signing_in.Login",
    "reauthenticate": "goldenthread.web.components.signing_in.Reauthenticate",
    "change_password": "goldenthread.web.components.signing_in.ChangePassword",
    "set_password": "goldenthread.web.components.signing_in.SetPassword",
    "reset_password": "goldenthread.web.components.signing_in.AskLink",
    "reset_password_from_key": "goldenthread.web.components.signing_in.FromLink",
}
MFA_ADAPTER = "goldenthread.web.components.signing_in.SecondFactor"
MFA_FORMS = {
    "authenticate": "goldenthread.web.components.signing_in.Code",
    "reauthenticate": "goldenthread.web.components.signing_in.CodeAgain",
    "activate_totp": "goldenthread.web.components.signing_in.ActivateApp",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Golden Thread"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proven by the invitation sent to it; nobody signs up

_MAIL = mail(os.environ)
EMAIL_BACKEND = _MAIL.backend
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _MAIL.starttls, _MAIL.tls, 20
CONTACT = os.environ.get("CONTACT", "")
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "Golden Thread <golden-thread@localhost>")
MAIL_A_MINUTE = whole(os.environ, "MAIL_A_MINUTE", 1200)

LOGGING = logs.settings(os.environ.get("LOG_LEVEL") or "info")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "goldenthread.web.components.served.storage.LookStorage"},
}
WHITENOISE_USE_FINDERS = True
STATICFILES_FINDERS = [
    "goldenthread.web.components.served.finder.LookFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
COTTON_ISOLATE_BY_DEFAULT = True
FILE_UPLOAD_HANDLERS = ["goldenthread.web.uploads.Arriving"]
FILE_UPLOAD_TEMP_DIR = HOME
LARGEST_UPLOAD = whole(os.environ, "LARGEST_UPLOAD_MB", 200) << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60_000  # the columns page of a long survey has many

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
