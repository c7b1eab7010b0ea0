"""The web shell alone: its own addresses and middleware, no account, no database."""

import pytest
from pytest_django import Settings

from okoce.foundation.web import navigation

WEB_MIDDLEWARE = [
    "okoce.foundation.web.middleware.RequestIdMiddleware",
    "okoce.foundation.web.middleware.SecurityHeadersMiddleware",
    "okoce.foundation.web.middleware.StylesheetMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "okoce.foundation.web.middleware.DomainErrorMiddleware",
]
INVALID = "UNKNOWN-VARIABLE:%s"


@pytest.fixture
def web_only(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings.ROOT_URLCONF = "okoce.foundation.web.tests.urls"
    settings.DEMO = "2018"
    settings.MIDDLEWARE = WEB_MIDDLEWARE
    settings.ALLOWED_HOSTS = ["*"]
    engine = dict(settings.TEMPLATES[0])
    engine["OPTIONS"] = {
        **engine["OPTIONS"],
        "string_if_invalid": INVALID,
        "context_processors": [
            "django.template.context_processors.request",
            "okoce.foundation.web.context.shell",
        ],
    }
    settings.TEMPLATES = [engine]
    monkeypatch.setattr(navigation, "_pages", {})
    return settings
