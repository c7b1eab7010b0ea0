"""/healthz and /readyz, answered before anything else: no session, no question about the host name."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

WORKER_SILENCE_SECONDS = 30

_applied: set[str] = set()  # databases whose migrations this process has seen applied


class HealthMiddleware:
    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path_info)
        if answer is None:
            return self.respond(request)
        response = answer()
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - an answer, not an incident
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Length"] = str(len(response.content))
        return response


def healthz() -> HttpResponse:
    """The process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz() -> HttpResponse:
    """The site can serve people; 503 with the reasons where it cannot."""
    reasons = unreadiness()
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)


ANSWERS: dict[str, Callable[[], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}


def unreadiness() -> list[str]:
    """What is missing: `database`, `migrations`, `worker`; empty when everything is there."""
    try:
        if not _are_migrations_applied():
            return ["migrations"]
        return [] if _is_worker_alive() else ["worker"]
    except DatabaseError:
        connection.close()
        return ["database"]


def _are_migrations_applied() -> bool:
    # Asked until the answer is yes: what was applied stays applied as long as this process lives.
    name = str(connection.settings_dict["NAME"])
    if name not in _applied:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _applied.add(name)
    return True


def _is_worker_alive() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [WORKER_SILENCE_SECONDS],
        )
        return bool(cursor.fetchone()[0])
