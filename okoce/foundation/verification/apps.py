from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "okoce.foundation.verification"
    label = "verification"
