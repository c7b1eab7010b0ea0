"""Every page's address. What people see is Indonesian; names are English. /healthz and /readyz answer in config.health."""

from django.urls import URLPattern, URLResolver, include, path

from okoce.config.api import api
from okoce.foundation.web.views import (
    choose_language,
    choose_scope,
    gallery,
    offline,
    service_worker,
    web_manifest,
)

handler500 = "okoce.foundation.web.faults.unexpected"

urlpatterns: list[URLPattern | URLResolver] = [
    path("galeri", gallery, name="gallery"),
    path("manifest.webmanifest", web_manifest, name="web_manifest"),
    path("sw.js", service_worker, name="service_worker"),
    path("luring", offline, name="offline"),
    path("lingkup", choose_scope, name="choose_scope"),
    path("bahasa/<str:language>", choose_language, name="choose_language"),
    path("api/v1/", api.urls),
    path("", include("okoce.foundation.accounts.urls")),
    path("", include("okoce.foundation.notifications.urls")),
    path("", include("okoce.demo.urls")),
    path("", include("okoce.community.groups.urls")),
    path("", include("okoce.community.centres.urls")),
    path("", include("okoce.community.partners.urls")),
    path("", include("okoce.community.association.urls")),
    path("", include("okoce.community.trust.urls")),
    path("", include("okoce.community.tickets.urls")),
    path("", include("okoce.stages.p1_registration.applications.urls")),
    path("", include("okoce.stages.p1_registration.imports.urls")),
    path("", include("okoce.stages.p1_registration.desk.urls")),
    path("", include("okoce.dashboards.duplicates.urls")),
    path("", include("okoce.dashboards.urls")),
]
