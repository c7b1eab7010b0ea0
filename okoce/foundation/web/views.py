"""The component gallery, for people who build pages; wired in demo installations only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from okoce.foundation.web.gallery import sample_context


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery.html", sample_context())
