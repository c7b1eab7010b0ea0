from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupState(models.TextChoices):
    APPLIED = "applied", _("Mengajukan")
    ACTIVE = "active", _("Aktif")
    PAUSED = "paused", _("Berhenti sementara")
    CLOSED = "closed", _("Ditutup")


class GroupKind(models.TextChoices):
    CAMPUS = "campus", _("Kampus")
    RELIGIOUS = "religious", _("Keagamaan")
    PROFESSIONAL = "professional", _("Profesi")
    REGIONAL = "regional", _("Wilayah")
    WOMEN = "women", _("Perempuan")
    OTHER = "other", _("Lainnya")
