from django.apps import AppConfig


class AssociationConfig(AppConfig):
    name = "okoce.community.association"
    label = "association"

    def ready(self) -> None:
        from okoce.community.association import policies  # noqa: F401  (registers the row rules)
        from okoce.community.association.queries.supports import supports_told
        from okoce.community.organisations.support_notes import register_supports

        register_supports(supports_told)
