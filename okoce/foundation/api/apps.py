from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "okoce.foundation.api"
    label = "api"
