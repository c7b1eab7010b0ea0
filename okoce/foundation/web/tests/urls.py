"""Addresses of the web tests: the gallery, the desk, and a view that is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from okoce.foundation.shared.errors import NotFound, Refused
from okoce.foundation.web import views

SENTENCE = "Tanggal P3 ada di masa depan. Perbaiki kolom p3_tanggal."


def refused(request: HttpRequest) -> HttpResponse:
    raise Refused(SENTENCE)


def missing(request: HttpRequest) -> HttpResponse:
    raise NotFound(SENTENCE)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "web/desk.html")


urlpatterns = [
    path("galeri", views.gallery),
    path("corong", desk),
    path("refused", refused),
    path("api/refused", refused),
    path("missing", missing),
    path("broken", broken),
]
