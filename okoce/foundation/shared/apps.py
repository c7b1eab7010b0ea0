from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "okoce.foundation.shared"
    label = "shared"
