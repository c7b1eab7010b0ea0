from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "okoce.community.privacy"
    label = "privacy"

    def ready(self) -> None:
        from okoce.community.privacy import policies  # noqa: F401  (registers the row rules)
