from okoce.foundation.events.facts import fact


@fact("registration.member_registered", "Terdaftar sebagai anggota {number} pada {registered_on}.")
class MemberRegistered:
    member_id: int
    number: str
    registered_on: str
    group_id: int | None = None


@fact(
    "registration.member_imported",
    "Terdaftar sebagai anggota {number} pada {registered_on}, lewat impor berkas.",
)
class MemberImported:
    member_id: int
    number: str
    registered_on: str


@fact("registration.member_supplemented", "Data dilengkapi dari berkas impor.")
class MemberSupplemented:
    member_id: int
    fields: str


@fact("registration.import_uploaded", "Berkas anggota dikirim untuk diimpor.")
class ImportUploaded:
    import_id: int


@fact("registration.import_columns_chosen", "Arti kolom berkas impor dipilih.")
class ImportColumnsChosen:
    import_id: int


@fact("registration.import_asked", "Impor dijalankan ({state}).")
class ImportAsked:
    import_id: int
    state: str


@fact("registration.import_stopped", "Impor diminta berhenti.")
class ImportStopped:
    import_id: int


@fact(
    "registration.consent_witnessed",
    "Persetujuan (teks versi {text_version}) diberikan di depan petugas pada {given_on}.",
)
class ConsentWitnessed:
    member_id: int
    text_version: str
    given_on: str


@fact(
    "registration.paper_form_typed",
    "Formulir kertas bertanggal {given_on}, dengan persetujuan tertulis (teks versi {text_version}), diketik oleh petugas.",
)
class PaperFormTyped:
    member_id: int
    text_version: str
    given_on: str


@fact("registration.draft_started", "Pendaftaran dimulai dari HP sendiri.")
class DraftStarted:
    draft_id: int
    may_be_called: bool


@fact("registration.draft_phone_verified", "Nomor HP pendaftar sudah dipastikan dengan kode.")
class DraftPhoneVerified:
    draft_id: int


@fact("registration.guardian_phone_verified", "Nomor HP orang tua atau wali sudah dipastikan dengan kode.")
class GuardianPhoneVerified:
    draft_id: int


@fact("registration.draft_saved", "Isian pendaftaran disimpan sampai langkah “{step}”.")
class DraftSaved:
    draft_id: int
    step: str


@fact("registration.draft_completed", "Pendaftaran selesai; isian sementaranya dihapus.")
class DraftCompleted:
    draft_id: int
    member_id: int
    is_new: bool
