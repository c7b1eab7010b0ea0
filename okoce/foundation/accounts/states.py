"""What a code is asked for. One sent for one purpose opens nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CodePurpose(models.TextChoices):
    """The label stands in the message, as its {what}: "kode masuk"."""

    SIGN_IN = "sign_in", _("kode masuk")
    REGISTRATION = "registration", _("kode daftar")
    NEW_PHONE = "new_phone", _("kode ganti nomor")
    GUARDIAN = "guardian", _("kode persetujuan wali")
    GROUP = "group", _("kode pendaftaran komunitas")
    PARTNER = "partner", _("kode pengajuan mitra")


class NoticeKind(models.TextChoices):
    """What a phone is told at once. The values name kinds of messages, whose words stand above; nobody is shown them here."""

    SIGN_IN_CODE = "sign_in_code"  # for all that a code is asked for, but a guardian's
    GUARDIAN_CODE = "guardian_code"
    SIGN_IN_LOCKED = "sign_in_locked"
    PHONE_CHANGED = "phone_changed"
    PHONE_LEFT = "phone_left"


class EmergencyTermCode(models.TextChoices):
    """What `EmergencyTerm` says, and in which unit."""

    MINUTES = "minutes", _("Berapa menit akses darurat berlaku")
    REST_MINUTES = "rest_minutes", _("Berapa menit sesudahnya orang yang sama tidak bisa membukanya lagi")


class CountScope(models.TextChoices):
    """Within what sent codes are counted against a cap."""

    PHONE_HOUR = "phone_hour"
    PHONE_DAY = "phone_day"
    ADDRESS_HOUR = "address_hour"
    ADDRESS_DAY = "address_day"
    DAY = "day"
    NOTICE_DAY = "notice_day"  # messages that nobody asked for, to one phone and about one thing


class GuessScope(models.TextChoices):
    """Whose wrong codes are counted together."""

    PHONE = "phone"
    ADDRESS = "address"
