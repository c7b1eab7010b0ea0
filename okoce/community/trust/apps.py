from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "okoce.community.trust"
    label = "trust"

    def ready(self) -> None:
        from okoce.community.trust import policies  # noqa: F401  (registers the row rules)
        from okoce.community.trust.verifying import register_trusted

        register_trusted()
