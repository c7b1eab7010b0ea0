from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "okoce.foundation.territory"
    label = "territory"
    verbose_name = "Wilayah"
