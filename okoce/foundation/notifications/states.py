"""Closed sets of messages; the values are stored, the labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("Surel")
    IN_APP = "in_app", _("Di halaman sendiri")


# Those that somebody may choose to be written to by.
CHOSEN = (Channel.WHATSAPP, Channel.EMAIL)


class MessageState(models.TextChoices):
    WAITING = "waiting", _("Menunggu dikirim")
    SENDING = "sending", _("Sedang dikirim")
    SENT = "sent", _("Terkirim")
    DELIVERED = "delivered", _("Sampai")
    READ = "read", _("Dibaca")
    BY_HAND = "by_hand", _("Dikirim dengan tangan")
    FAILED = "failed", _("Gagal")
    WITHDRAWN = "withdrawn", _("Ditarik")


# How far a message has come, as a provider tells it: never back.
PROGRESS = (MessageState.SENDING, MessageState.SENT, MessageState.DELIVERED, MessageState.READ)
# What may still be withdrawn: nobody has been written to yet.
NOT_SENT = (MessageState.WAITING, MessageState.BY_HAND, MessageState.FAILED)


class Urgency(models.IntegerChoices):
    """In which turn messages leave: nobody waits for her answer because ten thousand are being welcomed."""

    LAW = 0, _("Diwajibkan undang-undang")
    AWAITED = 1, _("Ditunggu penerimanya")
    UNASKED = 2, _("Tidak diminta")


class Language(models.TextChoices):
    """Each by its own name, as on the switch of every page."""

    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


class TermCode(models.TextChoices):
    """What a decision, a price list or a law may change."""

    QUIET_FROM = "quiet_from_hour", _("Jam tenang mulai")
    QUIET_UNTIL = "quiet_until_hour", _("Jam tenang sampai")
    WHATSAPP_COST = "whatsapp_cost", _("Biaya satu pesan WhatsApp")
    EMAIL_COST = "email_cost", _("Biaya satu surel")
    DAY_CAP = "day_cap", _("Batas biaya sehari")
    MOST_TRIES = "most_tries", _("Percobaan paling banyak")
    RETRY_MINUTES = "retry_minutes", _("Menit sebelum mencoba lagi")
    UNSURE_SECONDS = "unsure_seconds", _("Detik menunggu kabar kiriman yang terputus")
    KEPT_DAYS = "kept_days", _("Hari pesan disimpan")
    TAKEN_MINUTES = "taken_minutes", _("Menit pesan dipegang seorang relawan")
    WEEK_MOST = "week_most", _("Pesan seminggu yang tidak diminta, paling banyak")
    STUCK_DAYS = "stuck_days", _("Hari tanpa kemajuan sebelum disapa")
