from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "okoce.foundation.notifications"
    label = "notifications"

    def ready(self) -> None:
        from okoce.foundation.notifications import policies  # noqa: F401  (registers the row rules)
