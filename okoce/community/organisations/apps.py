from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "okoce.community.organisations"
    label = "organisations"
