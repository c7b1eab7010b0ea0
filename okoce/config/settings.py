"""One settings module, read from the environment; the `okoce` command fills what an embedded start makes."""

from pathlib import Path

from okoce.config.environment import Environment
from okoce.foundation.postgres.connection import Connection

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.text("OKOCE_SECRET_KEY")
# "1:<base64 of 32 bytes>,2:…": the highest number encrypts, all of them decrypt. Rotation = append a key.
OKOCE_ENCRYPTION_KEYS = env.text("OKOCE_ENCRYPTION_KEYS")
# Keyed hashes (NIK, tokens) must stay comparable for ever, so this key is never rotated in place.
OKOCE_HASH_KEY = env.text("OKOCE_HASH_KEY")
# "1:public:<base64>,2:<base64>": the highest number signs what is verified without network, all of them verify (ADR 0025).
OKOCE_SIGNING_KEYS = env.text("OKOCE_SIGNING_KEYS")

DEBUG = env.flag("OKOCE_DEBUG", default=False)
DEMO = env.text("DEMO", "none")
HTTPS = env.flag("OKOCE_HTTPS", default=False)
ALLOWED_HOSTS = env.names("OKOCE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("OKOCE_ORIGINS", "")
# Where people find this site, as messages say it: they are written by a worker whom nobody asked by a name.
OKOCE_SITE = env.site("OKOCE_SITE", ALLOWED_HOSTS, https=HTTPS)
# Only these peers are believed when they say on whose behalf they ask.
OKOCE_PROXIES = env.networks("OKOCE_PROXIES")
OKOCE_DATA = Path(env.text("OKOCE_DATA", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "okoce.foundation.shared",
    "okoce.foundation.access",
    "okoce.foundation.events",
    "okoce.foundation.territory",
    "okoce.foundation.verification",
    "okoce.foundation.accounts",
    "okoce.foundation.notifications",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "okoce.foundation.web",
    "okoce.foundation.api",
    "okoce.community.members",
    "okoce.community.organisations",
    "okoce.community.privacy",
    "okoce.community.groups",
    "okoce.community.centres",
    "okoce.community.partners",
    "okoce.community.association",
    "okoce.community.trust",
    "okoce.community.tickets",
    "okoce.pipeline",
    "okoce.stages.p1_registration",
    "okoce.dashboards",
    "okoce.demo",
    "okoce.config",
]

MIDDLEWARE = [
    "okoce.config.health.HealthMiddleware",
    "okoce.foundation.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "okoce.foundation.web.middleware.SecurityHeadersMiddleware",
    "okoce.foundation.api.middleware.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "okoce.foundation.web.middleware.StylesheetMiddleware",
    "okoce.foundation.web.middleware.BodySizeMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages are mostly words; its random padding answers BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "okoce.foundation.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "okoce.foundation.accounts.middleware.ActorMiddleware",
    "okoce.foundation.web.middleware.ReaderMiddleware",
    "okoce.foundation.accounts.middleware.SecondFactorMiddleware",
    "okoce.foundation.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "okoce.config.urls"
WSGI_APPLICATION = "okoce.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "okoce.foundation.web.context.shell",
                "okoce.demo.context.demo",
            ],
            "builtins": [
                "okoce.foundation.web.templatetags.web",
                "okoce.foundation.web.templatetags.kit",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **Connection.from_url(env.text("DATABASE_URL")).django(),
        "ENGINE": "okoce.foundation.shared.database",
        # Off behind a pooler in transaction mode that knows no prepared statements (PgBouncer before 1.21).
        "PREPARED": env.flag("OKOCE_PREPARED", default=True),
        # Threads of the server keep their connection: measured cheaper than the pool and than reconnecting.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Server-side cursors break behind PgBouncer in transaction mode.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Limits of sign-in live here: by default 300 entries push each other out, and a flood would wash a limit away.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["okoce.foundation.accounts.backends.PhoneOrEmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Officers show a second factor (an app or a passkey) before anything opens; a demo asks for none.
OKOCE_SECOND_FACTOR = DEMO == "none"
ACCOUNT_ADAPTER = "okoce.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters an officer's e-mail
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nor does anybody without an account get mail from us
MFA_ADAPTER = "okoce.foundation.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "OK OCE"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "funnel"
LOGOUT_REDIRECT_URL = "home"

# Codes leave by this gateway (docs/how-to/connect-a-message-gateway.md); a folder is for trying out; a demo shows them on a page.
OKOCE_CODE_URL = env.https("OKOCE_CODE_URL")
OKOCE_CODE_TOKEN = env.text("OKOCE_CODE_TOKEN", "")
OKOCE_CODE_CHANNEL = env.text("OKOCE_CODE_CHANNEL", "WhatsApp")
OKOCE_CODE_FOLDER = env.folder("OKOCE_CODE_FOLDER")
# Messages leave by WhatsApp's Cloud API where all of this is set; without it they wait for a volunteer's hand.
OKOCE_WHATSAPP_URL = env.https("OKOCE_WHATSAPP_URL") or "https://graph.facebook.com/v21.0"
OKOCE_WHATSAPP_PHONE_ID = env.text("OKOCE_WHATSAPP_PHONE_ID", "")
OKOCE_WHATSAPP_TOKEN = env.text("OKOCE_WHATSAPP_TOKEN", "")
OKOCE_WHATSAPP_SECRET = env.text("OKOCE_WHATSAPP_SECRET", "")
OKOCE_WHATSAPP_VERIFY = env.text("OKOCE_WHATSAPP_VERIFY", "")
# The way to a new password goes by e-mail, where a server for it is named.
EMAIL_BACKEND = "okoce.config.mail.ConfiguredMail"
EMAIL_HOST = env.text("OKOCE_MAIL_HOST", "")
EMAIL_PORT = env.number("OKOCE_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("OKOCE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("OKOCE_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("OKOCE_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("OKOCE_MAIL_FROM", "OK OCE <no-reply@localhost>")

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "okoce" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("OKOCE_STATIC", str(OKOCE_DATA / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = OKOCE_DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
# Bytes of a request's body, by the beginning of its address; elsewhere five megabytes. The API counts its own.
OKOCE_BODY_LIMITS = {
    "/impor": 501 * 1024 * 1024,
    "/perjanjian/": 21 * 1024 * 1024,  # a scanned agreement
    "/pusat/kelola/": 16 * 1024 * 1024,  # a photo
    "/api/": 2**63,
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

SESSION_ENGINE = "okoce.foundation.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Behind TLS (every real installation) these three are on; a demo on http://127.0.0.1 cannot have them.
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Passkeys need https; a trial on http://localhost may do without.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING_CONFIG = None  # structlog is configured once, in config.logs
SILENCED_SYSTEM_CHECKS: list[str] = []
TEST_RUNNER = "django.test.runner.DiscoverRunner"
