"""Static files are looked up once for all clients of a process: each client of a test makes its middleware anew, and to look through
every file took longer than to draw the page that it asks for."""

from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware


def look_once() -> None:
    """Let WhiteNoise keep what it has found, by the settings that it depends on."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[tuple[Any, ...], dict[str, Any]] = {}

    def looked(self: WhiteNoiseMiddleware) -> None:
        asked = (self.static_prefix, self.max_age, repr(settings.STORAGES), repr(settings.STATICFILES_DIRS))
        if asked not in found:
            look(self)
            found[asked] = dict(self.files)
        self.files.update(found[asked])

    WhiteNoiseMiddleware.add_files_from_finders = looked
