from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "okoce.stages.p1_registration"
    label = "registration"

    def ready(self) -> None:
        from okoce.stages.p1_registration import policies  # noqa: F401  (registers the row rule)
