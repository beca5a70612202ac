"""Django settings. What differs between machines comes from ``environment``."""

import os
from pathlib import Path
from typing import Any

from gongkai.config import environment

HERE = Path(__file__).parent
DATA = environment.data_folder()
HTTPS = environment.switched_on("GONGKAI_HTTPS")

DEBUG = False
SECRET_KEY = environment.secret_key()
IDENTITY_KEYS = environment.identity_keys()
ALLOWED_HOSTS = environment.hosts()

INSTALLED_APPS = [
    "gongkai.config",
    "gongkai.pieces",
    "gongkai.agencies",
    "gongkai.audit",
    "gongkai.notices",
    "gongkai.search",
    "gongkai.casework",
    "gongkai.publishing",
    "gongkai.remedies",
    "gongkai.reporting",
    "gongkai.portal",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.config.middleware.page_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.pieces.context.page",
                "gongkai.notices.context.unread",
            ],
        },
    },
]

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "gongkai.agencies.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "casework:today"
LOGOUT_REDIRECT_URL = "portal:home"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads never touch the disk: this is the only handler there is.
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["gongkai.config.uploads.MemoryOnlyUpload"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 4

SESSION_ENGINE = "gongkai.sealing.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Background tasks lie in the same database, so that they are enqueued with what they are about.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
SCHEDULE: list[tuple[str, dict[str, int]]] = [
    ("gongkai.notices.tasks.retry_deliveries", {"minutes": 5}),
    ("gongkai.casework.tasks.nightly", {"hour": 2, "minute": 10}),
    ("gongkai.publishing.tasks.run_planned", {"minutes": 5}),
    ("gongkai.publishing.wechat_tasks.ask_wechat", {"minutes": 5}),
    ("gongkai.publishing.tasks.rescan", {"minutes": 10}),
    ("gongkai.publishing.tasks.nightly", {"hour": 2, "minute": 40}),
    ("gongkai.notices.tasks.forget_finished_tasks", {"hour": 3, "minute": 20}),
    ("gongkai.search.tasks.mail_subscribers", {"hour": 8, "minute": 30}),
]

MAIL = environment.mail(os.environ.get("GONGKAI_SMTP_URL"))
EMAIL_HOST = MAIL["host"]
EMAIL_PORT = MAIL["port"]
EMAIL_HOST_USER = MAIL["user"]
EMAIL_HOST_PASSWORD = MAIL["password"]
EMAIL_USE_TLS = MAIL["tls"]
EMAIL_USE_SSL = MAIL["ssl"]
EMAIL_TIMEOUT = 20

# Without a gateway messages are written into the outbox of the data folder.
_OUTBOX = "gongkai.notices.channels.FileChannel"
NOTICES_CHANNELS = {
    "email": "gongkai.notices.channels.EmailChannel" if EMAIL_HOST else _OUTBOX,
    "sms": os.environ.get("GONGKAI_SMS_CHANNEL") or _OUTBOX,
    "wechat": os.environ.get("GONGKAI_WECHAT_CHANNEL") or _OUTBOX,
}
NOTICES_SENDER = os.environ.get("GONGKAI_MAIL_FROM") or "gongkai@localhost"
NOTICES_SITE_URL = (os.environ.get("GONGKAI_SITE_URL") or "").rstrip("/")
NOTICES_LEASE_SECONDS = 180  # longer than one message takes to send

# The public pages as files, written anew within a minute of every change; without a folder, not at all.
SITE_DIR = os.environ.get("GONGKAI_SITE_DIR") or ""
if SITE_DIR:
    SCHEDULE.append(("gongkai.portal.tasks.export_again", {"minutes": 1}))

# Without an address no client exists and nothing leaves the machine.
WECHAT_API = (os.environ.get("GONGKAI_WECHAT_API") or "").rstrip("/")
WECHAT_APP_ID = os.environ.get("GONGKAI_WECHAT_APP_ID") or ""
WECHAT_APP_SECRET = os.environ.get("GONGKAI_WECHAT_APP_SECRET") or ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
