from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "okoce.community.members"
    label = "members"

    def ready(self) -> None:
        from okoce.community.members import policies  # noqa: F401  (registers the row rules)
        from okoce.community.members.verifying import register_cards

        register_cards()
