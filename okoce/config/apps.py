from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "okoce.config"
    label = "config"

    def ready(self) -> None:
        from okoce.config.logs import configure_logs

        configure_logs()
