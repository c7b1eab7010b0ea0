from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "okoce.community.tickets"
    label = "tickets"

    def ready(self) -> None:
        from okoce.community.tickets import policies  # noqa: F401  (registers the row rules)
