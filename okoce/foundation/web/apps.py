from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "okoce.foundation.web"
    label = "web"
    verbose_name = "Web"
