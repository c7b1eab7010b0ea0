"""Facts of the pipeline; the stage is written as people say it: P1 … P7."""

from okoce.foundation.events.facts import fact


@fact("pipeline.evidence_given", "Bukti {stage} tertanggal {happened_on} diserahkan; menunggu diperiksa.")
class EvidenceGiven:
    evidence_id: int
    stage: str
    happened_on: str


@fact("pipeline.evidence_batch_started", "Bukti {stage} diserahkan sekaligus untuk {people} orang.")
class EvidenceBatchStarted:
    batch_id: int
    stage: str
    people: int


@fact("pipeline.evidence_batch_stopped", "Penyerahan bukti sekaligus dihentikan.")
class EvidenceBatchStopped:
    batch_id: int


@fact(
    "pipeline.evidence_batch_finished",
    "Bukti sekaligus selesai: {taken} orang diserahkan, {refused} tidak ikut.",
)
class EvidenceBatchFinished:
    batch_id: int
    taken: int
    refused: int


@fact("pipeline.evidence_verified", "Bukti {stage} tertanggal {happened_on} sudah diperiksa dan sah.")
class EvidenceVerified:
    evidence_id: int
    stage: str
    happened_on: str


@fact("pipeline.evidence_refused", "Bukti {stage} tertanggal {happened_on} ditolak.")
class EvidenceRefused:
    evidence_id: int
    stage: str
    happened_on: str


@fact("pipeline.evidence_withdrawn", "Bukti {stage} tertanggal {happened_on} dicabut.")
class EvidenceWithdrawn:
    evidence_id: int
    stage: str
    happened_on: str


@fact("pipeline.stage_completed", "{stage} selesai pada {completed_on} menurut aturan {rule}.")
class StageCompleted:
    member_id: int
    stage: str
    completed_on: str
    rule: str


@fact(
    "pipeline.registration_day_corrected",
    "Tanggal daftar dibetulkan dari {from_on} menjadi {to_on}; selesainya P1 ikut, juga dalam hitungan hari yang sudah lewat.",
)
class RegistrationDayCorrected:
    member_id: int
    from_on: str
    to_on: str


@fact(
    "pipeline.registration_day_alone_corrected",
    "Tanggal daftar dibetulkan dari {from_on} menjadi {to_on}; catatan P1 tidak berubah.",
)
class RegistrationDayAloneCorrected:
    member_id: int
    from_on: str
    to_on: str


@fact("pipeline.stage_reopened", "{stage} tidak lagi selesai (sebelumnya {completed_on}).")
class StageReopened:
    member_id: int
    stage: str
    completed_on: str


@fact("pipeline.standstill_set", "Belum lanjut ke {stage}: {label}.")
class StandstillSet:
    member_id: int
    stage: str
    reason: str
    label: str


@fact("pipeline.standstill_cleared", "Alasan belum lanjut ke {stage} dihapus.")
class StandstillCleared:
    member_id: int
    stage: str


@fact("pipeline.jobs_stated", "Jumlah yang bekerja pada {stated_on}: {workers} orang ({label}).")
class JobsStated:
    member_id: int
    stated_on: str
    workers: int
    level: str
    label: str


@fact("pipeline.members_merged", "Catatan {absorbed_number} digabung ke {kept_number}: orang yang sama.")
class MembersMerged:
    kept_id: int
    kept_number: str
    absorbed_id: int
    absorbed_number: str


@fact(
    "pipeline.merge_undone", "Penggabungan {absorbed_number} ke {kept_number} dibatalkan: dua catatan lagi."
)
class MergeUndone:
    kept_id: int
    kept_number: str
    absorbed_id: int
    absorbed_number: str


@fact("pipeline.target_set", "Target ditetapkan: {label} {value} sampai {until_on}. Sumber: {source}.")
class TargetSet:
    target_id: int
    metric: str
    label: str
    node: str
    value: int
    until_on: str
    source: str


@fact("pipeline.target_withdrawn", "Target dicabut: {label} {value} sampai {until_on}. Alasan: {reason}.")
class TargetWithdrawn:
    target_id: int
    label: str
    value: int
    until_on: str
    reason: str


@fact("pipeline.rule_added", "Aturan “{name}” ditetapkan, berlaku mulai {from_on}. Alasan: {reason}.")
class RuleAdded:
    rule_id: int
    code: str
    name: str
    region: str
    from_on: str
    reason: str


@fact(
    "pipeline.rule_ended", "Aturan “{name}” berakhir: tidak berlaku lagi mulai {until_on}. Alasan: {reason}."
)
class RuleEnded:
    rule_id: int
    code: str
    name: str
    region: str
    until_on: str
    reason: str


@fact(
    "pipeline.rule_withdrawn", "Aturan “{name}” dibatalkan sebelum berlaku pada {from_on}. Alasan: {reason}."
)
class RuleWithdrawn:
    rule_id: int
    code: str
    name: str
    region: str
    from_on: str
    reason: str
