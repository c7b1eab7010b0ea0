from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "okoce.stages.p1_registration"
    label = "registration"
