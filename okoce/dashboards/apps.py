from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "okoce.dashboards"
    label = "dashboards"
