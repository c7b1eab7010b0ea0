from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "okoce.demo"
    label = "demo"
