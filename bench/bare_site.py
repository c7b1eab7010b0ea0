"""The ceiling of a write: the same web server and framework, and a view that inserts one row and nothing else.

`python -m bench.bare_site` serves it on PORT; the table is made by whoever measures.
"""

import os

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def insert_one_row(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (said) VALUES ('one row')")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("insert", insert_one_row)]


def main() -> None:
    from granian import Granian
    from granian.constants import Interfaces

    from okoce.config.preparation import prepared
    from okoce.config.web import THREADS, WORKERS

    with prepared(os.environ):
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
        Granian(
            "okoce.config.wsgi:application",
            port=int(os.environ["PORT"]),
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=THREADS,
            websockets=False,
            log_enabled=False,
        ).serve()


if __name__ == "__main__":
    main()
