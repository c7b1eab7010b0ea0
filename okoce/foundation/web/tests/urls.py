"""Addresses of the web tests: the gallery, the desk, and a view that is refused."""

import psycopg
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.web import views

SENTENCE = "Tanggal P3 ada di masa depan. Perbaiki kolom p3_tanggal."
DESK = """{% extends 'web/desk.html' %}
{% block title %}Corong{% endblock %}{% block main %}<h1>Corong</h1>{% endblock %}"""


def refused(request: HttpRequest) -> HttpResponse:
    raise Refused(SENTENCE)


def missing(request: HttpRequest) -> HttpResponse:
    raise NotFound(SENTENCE)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def without_a_database(request: HttpRequest) -> HttpResponse:
    psycopg.connect("postgresql://nobody@127.0.0.1:1/none", connect_timeout=2)
    return HttpResponse()


def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(DESK).render(RequestContext(request)))


urlpatterns = [
    path("galeri", views.gallery),
    path("luring", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("corong", desk),
    path("refused", refused),
    path("api/refused", refused),
    path("missing", missing),
    path("broken", broken),
    path("without-a-database", without_a_database),
]

handler500 = "okoce.foundation.web.faults.unexpected"
