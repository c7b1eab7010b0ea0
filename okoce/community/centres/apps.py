from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "okoce.community.centres"
    label = "centres"

    def ready(self) -> None:
        from okoce.community.centres import policies  # noqa: F401  (registers the row rules)
        from okoce.community.centres.settling import register_centres

        register_centres()
