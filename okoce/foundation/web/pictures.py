"""Answers with a kept picture."""

from pathlib import Path

from django.http import FileResponse


def private_picture(path: Path) -> FileResponse:
    """For this reader alone: nothing on the way keeps it."""
    answer = FileResponse(path.open("rb"), content_type="image/webp")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
