from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "okoce.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        from okoce.pipeline import policies  # noqa: F401  (registers the row rules)
