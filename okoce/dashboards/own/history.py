"""A member's history in her own words: what happened to her, and who did it by role. No codes, no rules, nobody else."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.groups.naming import bare_name
from okoce.dashboards.changes import groups_in, told_changes
from okoce.foundation.access.actor import account_of_label
from okoce.foundation.accounts.queries import author_roles
from okoce.foundation.events.queries import HistoryLine
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.timeline import TimelineEntry

# What each kind of fact means to the person whom it is about. A kind that is not here is told without its details.
WORDS: dict[str, str | Promise] = {
    "registration.member_registered": _lazy("Anda terdaftar sebagai anggota {number}."),
    "registration.member_imported": _lazy("Anda terdaftar sebagai anggota {number}, dari daftar petugas."),
    "registration.member_supplemented": _lazy("Data Anda dilengkapi."),
    "members.member_corrected": _lazy("Data Anda dibetulkan: {fields}."),
    "members.member_moved": _lazy("Anda pindah dari {from_region} ke {to_region} sejak {moved_on}."),
    "members.residence_corrected": _lazy("Alamat yang keliru dibetulkan: {from_region} menjadi {to_region}."),
    "members.member_left": _lazy("Anda keluar dari gerakan pada {left_on}. Cap Anda tetap tersimpan."),
    "members.member_returned": _lazy("Anda kembali ke gerakan."),
    "members.contradiction_queued": _lazy("Ada data yang berbeda dari catatan Anda. Petugas memeriksanya."),
    "members.contradiction_settled": _lazy("Data yang berbeda itu sudah diperiksa petugas."),
    "members.duplicate_dismissed": _lazy("Petugas memastikan catatan Anda tidak tercatat dua kali."),
    "members.sign_in_locked": _lazy(
        "Masuk dengan nomor Anda dikunci sampai {until}: kode salah diketik berkali-kali."
    ),
    "members.card_issued": _lazy("Kartu anggota Anda dibuat."),
    "members.card_revoked": _lazy("Kartu anggota yang lama dibatalkan: {label}."),
    "members.duplicate_reopened": _lazy("Petugas memeriksa lagi apakah catatan Anda tercatat dua kali."),
    "members.consent_given": _lazy("Anda memberi persetujuan: {purposes}."),
    "members.consent_withdrawn": _lazy("Anda menarik persetujuan: {purposes}."),
    "members.guardian_consented": _lazy("Orang tua atau wali Anda menyetujui."),
    "members.helper_assigned": _lazy("Anda mendapat yang membantu untuk {label}, mulai {from_on}."),
    "members.helper_ended": _lazy("Bantuan untuk {label} selesai."),
    "privacy.nik_unmasked": _lazy("Petugas membuka NIK Anda secara lengkap."),
    "privacy.erasure_asked": _lazy("Anda minta data Anda dihapus, mulai {due_on}."),
    "privacy.erasure_withdrawn": _lazy("Permintaan menghapus data Anda dibatalkan."),
    "privacy.member_erased": _lazy("Data Anda dihapus."),
    "privacy.own_file_taken": _lazy("Anda mengunduh seluruh data Anda."),
    "privacy.data_request_asked": _lazy("Anda bertanya tentang data Anda: {label}."),
    "privacy.data_request_answered": _lazy("Permintaan Anda dijawab: {label}."),
    "privacy.data_request_noted": _lazy("Petugas mencatat permintaan Anda: {label}."),
    "privacy.data_restricted": _lazy("Pemakaian data Anda dibatasi."),
    "privacy.restriction_lifted": _lazy("Pembatasan pemakaian data Anda dicabut."),
    "registration.consent_witnessed": _lazy("Anda memberi persetujuan di depan petugas pada {given_on}."),
    "registration.paper_form_typed": _lazy("Formulir kertas Anda tanggal {given_on} diketik petugas."),
    "groups.member_joined": _lazy("Anda masuk komunitas {name} sejak {from_on}."),
    "groups.member_left_group": _lazy("Anda keluar dari komunitas {name} sejak {until_on}."),
    "partners.referral_sent": _lazy("Anda dirujuk ke {to_name} untuk {stage}, dengan persetujuan Anda."),
    "partners.referral_accepted": _lazy("{to_name} menerima Anda untuk {stage}, dan akan menghubungi Anda."),
    "partners.referral_declined": _lazy("{to_name} belum bisa menerima Anda untuk {stage}."),
    "partners.referral_withdrawn": _lazy("Rujukan Anda ke {to_name} untuk {stage} ditarik kembali."),
    "partners.referral_consent_withdrawn": _lazy(
        "Anda menarik persetujuan atas rujukan ke {to_name} untuk {stage}; kantornya tidak membacanya lagi."
    ),
    "partners.referral_overdue": _lazy(
        "{to_name} belum menindaklanjuti rujukan Anda untuk {stage} sampai {due_on}. Petugas pengawas diberi tahu."
    ),
    "partners.referral_closed": _lazy("Rujukan Anda ke {to_name} untuk {stage} selesai: {outcome}."),
    "pipeline.evidence_given": _lazy("Bukti untuk {stage} masuk. Menunggu diperiksa petugas."),
    "pipeline.evidence_verified": _lazy("Bukti untuk {stage} tanggal {happened_on} diperiksa: benar."),
    "pipeline.evidence_refused": _lazy("Bukti untuk {stage} belum diterima. Alasannya ada di paspor Anda."),
    "pipeline.evidence_withdrawn": _lazy("Bukti untuk {stage} dicabut. Alasannya ada di paspor Anda."),
    "pipeline.stage_completed": _lazy("Anda mendapat cap {stage}, tanggal {completed_on}."),
    "pipeline.stage_reopened": _lazy("Cap {stage} terbuka lagi karena buktinya dicabut."),
    "pipeline.standstill_set": _lazy("Dicatat mengapa belum lanjut ke {stage}: {label}."),
    "pipeline.standstill_cleared": _lazy("Catatan mengapa belum lanjut ke {stage} dihapus."),
    "pipeline.jobs_stated": _lazy("Yang bekerja di usaha Anda pada {stated_on}: {workers} orang."),
    "pipeline.merge_undone": _lazy("Penggabungan dua catatan dibatalkan: ternyata dua orang."),
    "pipeline.members_merged": _lazy("Dua catatan Anda dijadikan satu. Nomor Anda {kept_number}."),
}

# Of whose changes she reads each value. Of the others she does not: a note is one officer's to another, and what contradicts
# her record may be somebody else's.
WITH_CHANGES = frozenset(
    {
        "registration.member_registered",
        "registration.member_imported",
        "registration.member_supplemented",
        "members.member_corrected",
        "groups.member_joined",
        "groups.member_left_group",
    }
)


# Whoever registers has no account yet.
AT_REGISTRATION = "system:registration"


def own_lines(lines: Sequence[HistoryLine], own_label: str) -> list[TimelineEntry]:
    """The trail of one member as she reads it, in the order of the trail."""
    roles, groups = author_roles(line.author for line in lines), groups_in(lines)
    return [
        TimelineEntry(
            sentence=told(line.kind, line.payload),
            at=line.at,
            author=_("Anda sendiri")
            if account_of_label(line.author) in (own_label, AT_REGISTRATION)
            else roles[line.author],
            changes=told_changes(line.changes, groups) if line.kind in WITH_CHANGES else {},
        )
        for line in lines
    ]


def told(kind: str, payload: Mapping[str, Any]) -> str:
    """One fact in the member's words; days as people write them."""
    sentence = WORDS.get(kind)
    if sentence is None:
        return _("Catatan Anda diperbarui.")
    if kind.startswith("groups.") and "name" in payload:
        payload = {**payload, "name": bare_name(str(payload["name"]))}
    return str(sentence).format_map(_Shown({name: _shown(name, value) for name, value in payload.items()}))


def _shown(name: str, value: Any) -> str:
    if name.endswith("_on") and isinstance(value, str):
        try:
            return day_text(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)


class _Shown(dict[str, str]):
    """An old event may lack a newer field."""

    def __missing__(self, name: str) -> str:
        return "–"
