"""Facts about a person's rights over her data. Reasons are people's words and may name her: they stand in `changes`."""

from okoce.foundation.events.facts import fact


@fact("privacy.nik_unmasked", "NIK lengkap orang ini dibuka oleh petugas.")
class NikUnmasked:
    member_id: int


@fact("privacy.erasure_asked", "Penghapusan data diminta; dijalankan mulai {due_on}.")
class ErasureAsked:
    member_id: int
    origin: str
    due_on: str


@fact("privacy.erasure_withdrawn", "Permintaan menghapus data dibatalkan.")
class ErasureWithdrawn:
    member_id: int


@fact("privacy.member_erased", "Data orang ini dihapus; yang tinggal hanya hitungan tanpa nama.")
class MemberErased:
    member_id: int


@fact("privacy.data_restricted", "Pemakaian data orang ini dibatasi: disimpan dan dihitung saja.")
class DataRestricted:
    member_id: int
    origin: str


@fact("privacy.restriction_lifted", "Pembatasan pemakaian data orang ini dicabut.")
class RestrictionLifted:
    member_id: int


@fact("privacy.breach_noted", "Kebocoran data dicatat.")
class BreachNoted:
    breach_id: int


@fact("privacy.breach_amended", "Catatan kebocoran data dilengkapi.")
class BreachAmended:
    breach_id: int


@fact("privacy.breach_people_named", "Orang yang datanya bocor dicatat: {count}.")
class BreachPeopleNamed:
    breach_id: int
    count: int


@fact("privacy.breach_told", "Kebocoran data diberitahukan kepada: {audience}.")
class BreachTold:
    breach_id: int
    audience: str


@fact("privacy.breach_closed", "Penanganan kebocoran data selesai.")
class BreachClosed:
    breach_id: int


@fact("privacy.own_file_taken", "Anggota mengunduh seluruh datanya.")
class OwnFileTaken:
    member_id: int


@fact("privacy.data_request_asked", "Permintaan tentang data pribadi masuk: {label}.")
class DataRequestAsked:
    member_id: int
    request_id: int
    label: str


@fact("privacy.data_request_noted", "Petugas mencatat permintaan tertulis tentang data pribadi: {label}.")
class DataRequestNoted:
    member_id: int
    request_id: int
    label: str


@fact("privacy.data_request_answered", "Permintaan tentang data pribadi dijawab: {label}.")
class DataRequestAnswered:
    member_id: int
    request_id: int
    label: str


@fact("privacy.own_account_file_taken", "Pemilik akun mengunduh seluruh datanya.")
class OwnAccountFileTaken:
    user_id: int


@fact("privacy.account_request_asked", "Permintaan tentang data akun masuk: {label}.")
class AccountRequestAsked:
    user_id: int
    request_id: int
    label: str


@fact("privacy.account_request_noted", "Petugas mencatat permintaan tertulis tentang data akun: {label}.")
class AccountRequestNoted:
    user_id: int
    request_id: int
    label: str


@fact("privacy.account_request_answered", "Permintaan tentang data akun dijawab: {label}.")
class AccountRequestAnswered:
    user_id: int
    request_id: int
    label: str


@fact("privacy.account_corrected", "Data akun dibetulkan: {fields}.")
class AccountCorrected:
    user_id: int
    fields: str


@fact("privacy.account_erasure_asked", "Penghapusan data akun diminta; dijalankan mulai {due_on}.")
class AccountErasureAsked:
    user_id: int
    due_on: str


@fact("privacy.account_erasure_withdrawn", "Permintaan menghapus data akun dibatalkan.")
class AccountErasureWithdrawn:
    user_id: int


@fact("privacy.account_erased", "Data pemilik akun dihapus; yang dilakukannya dalam tugas tetap tercatat.")
class AccountErased:
    user_id: int


@fact(
    "privacy.office_name_forgotten",
    "Nama petugas yang akunnya dihapus ikut dihapus, karena masa simpannya lewat.",
)
class OfficeNameForgotten:
    user_id: int
