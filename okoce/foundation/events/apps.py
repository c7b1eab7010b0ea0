from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "okoce.foundation.events"
    label = "events"

    def ready(self) -> None:
        from okoce.foundation.events import policies  # noqa: F401  (registers the row rule)
