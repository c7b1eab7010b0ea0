"""Facts about members. Payloads hold ids and plain values; what is personal goes into `changes`, under the person's key."""

from okoce.foundation.events.facts import fact


@fact("members.member_corrected", "Data anggota diperbaiki: {fields}.")
class MemberCorrected:
    member_id: int
    fields: str


@fact("members.business_corrected", "Data usaha anggota diperbaiki: {fields}.")
class BusinessCorrected:
    member_id: int
    fields: str


@fact("members.member_moved", "Anggota pindah dari {from_region} ke {to_region} sejak {moved_on}.")
class MemberMoved:
    member_id: int
    from_region: str
    to_region: str
    moved_on: str


@fact(
    "members.residence_corrected",
    "Alamat yang keliru diperbaiki: {from_region} menjadi {to_region}, sejak awal berlakunya.",
)
class ResidenceCorrected:
    member_id: int
    from_region: str
    to_region: str


@fact(
    "members.member_left",
    "Anggota keluar dari gerakan pada {left_on}; tahap yang sudah selesai tetap dihitung.",
)
class MemberLeft:
    member_id: int
    left_on: str


@fact("members.member_returned", "Anggota kembali ke gerakan.")
class MemberReturned:
    member_id: int


@fact(
    "members.contradiction_queued",
    "Data yang masuk bertentangan dengan catatan ini; menunggu diperiksa.",
)
class ContradictionQueued:
    member_id: int
    field: str


@fact("members.duplicate_dismissed", "Diperiksa: {first_number} dan {second_number} orang yang berbeda.")
class DuplicateDismissed:
    first_id: int
    first_number: str
    second_id: int
    second_number: str


@fact(
    "members.sign_in_locked",
    "Masuk dengan nomor anggota ini dikunci sampai {until}: kode salah diisi berkali-kali.",
)
class SignInLocked:
    member_id: int
    until: str


@fact("members.guardian_consented", "Orang tua atau wali menyetujui, karena anggota belum dewasa.")
class GuardianConsented:
    member_id: int
    text_version: str


@fact("members.consent_given", "Anggota memberi persetujuan: {purposes} (teks versi {text_version}).")
class ConsentGiven:
    member_id: int
    purposes: str
    text_version: str


@fact("members.consent_withdrawn", "Anggota menarik persetujuan: {purposes}.")
class ConsentWithdrawn:
    member_id: int
    purposes: str


@fact("members.card_issued", "Kartu anggota diterbitkan.")
class CardIssued:
    member_id: int
    card_id: int


@fact("members.card_revoked", "Kartu anggota dibatalkan: {label}.")
class CardRevoked:
    member_id: int
    card_id: int
    reason: str
    label: str


@fact(
    "members.duplicate_reopened",
    "Keputusan “orang yang berbeda” atas {first_number} dan {second_number} dibuka lagi.",
)
class DuplicateReopened:
    first_id: int
    first_number: str
    second_id: int
    second_number: str


@fact("members.helper_assigned", "Diberi pembantu untuk {label}, mulai {from_on}.")
class HelperAssigned:
    member_id: int
    user_id: int
    purpose: str
    from_on: str
    label: str


@fact("members.helper_ended", "Bantuan {label} dari seseorang berakhir.")
class HelperEnded:
    member_id: int
    user_id: int
    purpose: str
    label: str


@fact("members.contradiction_settled", "Pertentangan data ({field}) selesai: {outcome}.")
class ContradictionSettled:
    member_id: int
    field: str
    outcome: str
