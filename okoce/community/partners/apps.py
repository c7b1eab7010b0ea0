from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "okoce.community.partners"
    label = "partners"

    def ready(self) -> None:
        from okoce.community.partners import policies  # noqa: F401  (registers the row rule)
