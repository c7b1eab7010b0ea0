from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.TextChoices):
    OFFICE = "office", _("Kantor pemerintah")
    BANK = "bank", _("Bank atau pemberi pinjaman")
    COMPANY = "company", _("Perusahaan")
    FOUNDATION = "foundation", _("Yayasan")
    CAMPUS = "campus", _("Kampus")
    MEDIA = "media", _("Media")
