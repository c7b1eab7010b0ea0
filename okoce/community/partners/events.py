from okoce.foundation.events.facts import fact


@fact("partners.partner_created", "Mitra {name} dicatat.")
class PartnerCreated:
    partner_id: int
    name: str


@fact("partners.partner_corrected", "Data mitra {name} dibetulkan.")
class PartnerCorrected:
    partner_id: int
    name: str


@fact("partners.partner_applied", "Mitra {name} mengajukan diri lewat formulir umum.")
class PartnerApplied:
    partner_id: int
    name: str


@fact("partners.proposal_changed", "Narahubung {name} mengubah atau melengkapi pengajuannya.")
class ProposalChanged:
    partner_id: int
    name: str


@fact("partners.proposal_withdrawn", "Yang mengajukan {name} menarik persetujuannya; kontaknya dihapus.")
class ProposalWithdrawn:
    partner_id: int
    name: str


@fact("partners.partner_asked", "Narahubung {name} diminta melengkapi pengajuan.")
class PartnerAsked:
    partner_id: int
    name: str


@fact("partners.contact_corrected", "Kontak mitra {name} dibetulkan oleh petugasnya: {what}.")
class PartnerContactCorrected:
    """`what` names the fields alone: a person's name and number stand in no trail."""

    partner_id: int
    name: str
    what: str


@fact("partners.partner_checked", "Daftar periksa mitra {name} diisi: {met} dari {total} terpenuhi.")
class PartnerChecked:
    partner_id: int
    name: str
    met: int
    total: int


@fact("partners.partner_validated", "Mitra {name} divalidasi pada {validated_on}.")
class PartnerValidated:
    partner_id: int
    name: str
    validated_on: str


@fact(
    "partners.speaker_forgotten",
    "Nama dan nomor yang mengajukan {name} dihapus, karena masa simpannya sudah lewat.",
)
class SpeakerForgotten:
    partner_id: int
    name: str


@fact("partners.partner_refused", "Usulan mitra {name} ditolak.")
class PartnerRefused:
    partner_id: int
    name: str


@fact("partners.partner_paused", "Mitra {name} berhenti sementara.")
class PartnerPaused:
    partner_id: int
    name: str


@fact("partners.partner_reopened", "Mitra {name} aktif lagi.")
class PartnerReopened:
    partner_id: int
    name: str


@fact("partners.partner_closed", "Kemitraan dengan {name} berakhir.")
class PartnerClosed:
    partner_id: int
    name: str


@fact("partners.areas_changed", "Wilayah layanan {name} sejak {from_on}: {count} wilayah.")
class PartnerAreasChanged:
    partner_id: int
    name: str
    count: int
    from_on: str


@fact("partners.contact_appointed", "Narahubung baru sejak {from_on}.")
class ContactAppointed:
    partner_id: int
    contact_id: int
    user_id: int
    from_on: str


@fact("partners.contact_ended", "Masa tugas narahubung berakhir pada {until_on}.")
class ContactEnded:
    partner_id: int
    contact_id: int
    user_id: int
    until_on: str


@fact("partners.agreement_registered", "Perjanjian {number} dicatat: berlaku {from_on} sampai {last_on}.")
class AgreementRegistered:
    agreement_id: int
    number: str
    from_on: str
    last_on: str


@fact("partners.agreement_extended", "Perjanjian diperpanjang dengan {number} sampai {last_on}.")
class AgreementExtended:
    agreement_id: int
    number: str
    last_on: str


@fact("partners.agreement_ended", "Perjanjian diakhiri lebih awal, sejak {ended_on}.")
class AgreementEnded:
    agreement_id: int
    ended_on: str


@fact("partners.agreement_document_kept", "PDF perjanjian disimpan.")
class AgreementDocumentKept:
    agreement_id: int
    sha256: str


@fact("partners.obligation_added", "Kewajiban ditambahkan.")
class ObligationAdded:
    agreement_id: int
    obligation_id: int


@fact("partners.obligation_struck", "Kewajiban dicoret.")
class ObligationStruck:
    agreement_id: int
    obligation_id: int


@fact("partners.referral_sent", "Dirujuk dari {from_name} ke {to_name} untuk {stage}.")
class ReferralSent:
    referral_id: int
    member_id: int
    from_name: str
    to_name: str
    stage: str


@fact("partners.referral_accepted", "Rujukan untuk {stage} diterima {to_name}.")
class ReferralAccepted:
    referral_id: int
    member_id: int
    to_name: str
    stage: str


@fact("partners.referral_declined", "Rujukan untuk {stage} tidak diterima {to_name}.")
class ReferralDeclined:
    referral_id: int
    member_id: int
    to_name: str
    stage: str


@fact("partners.referral_withdrawn", "Rujukan untuk {stage} ke {to_name} ditarik kembali.")
class ReferralWithdrawn:
    referral_id: int
    member_id: int
    to_name: str
    stage: str


@fact(
    "partners.referral_consent_withdrawn",
    "Anggota menarik persetujuannya atas rujukan untuk {stage} ke {to_name}.",
)
class ReferralConsentWithdrawn:
    referral_id: int
    member_id: int
    to_name: str
    stage: str


@fact("partners.referral_closed", "Rujukan untuk {stage} ke {to_name} selesai: {outcome}.")
class ReferralClosed:
    referral_id: int
    member_id: int
    to_name: str
    stage: str
    outcome: str


@fact("partners.referral_overdue", "Rujukan untuk {stage} ke {to_name} lewat batas {due_on}.")
class ReferralOverdue:
    referral_id: int
    member_id: int
    to_name: str
    stage: str
    due_on: str


@fact("partners.referral_term_decided", "{label}: {days} hari, mulai {from_on}.")
class ReferralTermDecided:
    term_id: int
    label: str
    days: int
    from_on: str
