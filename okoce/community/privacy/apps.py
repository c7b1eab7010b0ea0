from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "okoce.community.privacy"
    label = "privacy"

    def ready(self) -> None:
        from okoce.community.organisations.contact_looks import register_noter
        from okoce.community.privacy import policies  # noqa: F401  (registers the row rules)
        from okoce.community.privacy.founders import note_founder

        register_noter(note_founder)
