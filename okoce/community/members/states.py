"""Closed sets of the members' tables; the values are stored, the labels are shown."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "female", _("Perempuan")
    MALE = "male", _("Laki-laki")


class WorkStatus(models.TextChoices):
    """Work at entry, in the words of the form."""

    UNEMPLOYED = "menganggur", _("Menganggur")
    EMPLOYED = "bekerja", _("Bekerja")
    IN_BUSINESS = "usaha", _("Usaha")
    AT_SCHOOL = "sekolah", _("Sekolah")
    KEEPING_HOUSE = "mengurus_rumah", _("Mengurus rumah")


class EntryState(models.TextChoices):
    """The business when the person came in; "new" means none, "existing" means trading or licensed."""

    NONE = "none", _("Belum punya usaha")
    TRADING = "trading", _("Sudah berdagang")
    LICENSED = "licensed", _("Sudah berizin")


def entry_state_at(day: date, *, nib: str, since_on: date | None, work_status: str) -> EntryState:
    """The business of somebody who came in on that day, where nobody said it: a NIB is a licence; trading when it ran before."""
    if nib:
        return EntryState.LICENSED
    if since_on is not None and since_on < day:
        return EntryState.TRADING
    return EntryState.TRADING if work_status == WorkStatus.IN_BUSINESS else EntryState.NONE


class ConsentPurpose(models.TextChoices):
    """What a consent allows, as far as the code asks for it: each is a row of Purpose. The words stand in ConsentText."""

    PROGRAMME = "programme", _("Mengikuti program")
    CONTACT = "contact", _("Dihubungi lewat WhatsApp")
    SHOP = "shop", _("Nama usaha tampil di daftar belanja")
    SHARE_BANK = "share_bank", _("Data saya untuk satu bank")
    SHARE_OFFICE = "share_office", _("Data saya untuk satu kantor pemerintah")
    FINANCES_MENTOR = "finances_mentor", _("Data keuangan dilihat pendamping")
    FINANCES_BANK = "finances_bank", _("Data keuangan dilihat satu bank")
    CHILD = "child", _("Data anak dilihat pendamping")


class Basis(models.TextChoices):
    """On which ground of UU 27/2022 (article 20) data is used."""

    CONSENT = "consent", _("Persetujuan")
    INTEREST = "interest", _("Kepentingan yang sah")


class Recipient(models.TextChoices):
    """Which kind of mitra a consent names."""

    BANK = "bank", _("Satu bank")
    OFFICE = "office", _("Satu kantor pemerintah")


# What the paper form asks for in one signature; nobody agreed there to anything that came later.
PAPER_PURPOSES = (ConsentPurpose.PROGRAMME.value, ConsentPurpose.CONTACT.value)
# What the public form shows besides: not a member's consent, but shown and kept in the same words.
CALL_BACK, GUARDIAN = "call_back", "guardian"


class GuardianRelation(models.TextChoices):
    """Who may consent for somebody who is under age."""

    PARENT = "parent", _("Ayah atau ibu")
    GUARDIAN = "guardian", _("Wali yang sah")
    FAMILY = "family", _("Keluarga lain yang mengasuh")


class HelperPurpose(models.TextChoices):
    MENTORING = "mentoring", _("Pendampingan")
    TRAINING = "training", _("Pelatihan")
    FINANCING = "financing", _("Permodalan")


# Who may be asked to help with what. A bank comes in with the consent that its own stage asks for.
FITTING: dict[str, frozenset[str]] = {
    HelperPurpose.MENTORING.value: frozenset(
        {"pendamping", "penggerak", "pengurus_komunitas", "petugas_kecamatan", "petugas_skpd"}
    ),
    HelperPurpose.TRAINING.value: frozenset({"pelatih", "direktorat_diklat"}),
}


class CardEnd(models.TextChoices):
    """Why a card is no longer valid."""

    LOST = "lost", _("Kartu hilang")
    COPIED = "copied", _("Dipakai orang lain")
    DAMAGED = "damaged", _("Rusak atau tidak terbaca")
    MISTAKE = "mistake", _("Terbit karena keliru")


class DuplicateState(models.TextChoices):
    OPEN = "open", _("Belum diperiksa")
    MERGED = "merged", _("Digabung")
    DIFFERENT = "different", _("Orang yang berbeda")


class DuplicateReason(models.TextChoices):
    SAME_PHONE_SIMILAR_NAME = "same_phone_similar_name", _("Telepon sama, nama mirip")
    SAME_NAME_AND_BIRTH_DATE = "same_name_and_birth_date", _("Nama dan tanggal lahir sama")
    CONTRADICTION = "contradiction", _("Data yang datang bertentangan dengan yang tersimpan")
    NIK_AND_PHONE_DISAGREE = "nik_and_phone_disagree", _("NIK dan telepon menunjuk dua orang")
