from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "okoce.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from okoce.dashboards import policies  # noqa: F401  (registers the row rule)
