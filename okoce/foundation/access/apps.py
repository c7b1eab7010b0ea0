from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "okoce.foundation.access"
    label = "access"
