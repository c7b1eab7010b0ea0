from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "okoce.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from okoce.foundation.accounts import policies  # noqa: F401  (registers the row rules)
