from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "okoce.community.groups"
    label = "groups"

    def ready(self) -> None:
        from okoce.community.groups import policies  # noqa: F401  (registers the row rules)
