from okoce.foundation.events.facts import fact


@fact("association.branch_founded", "Cabang direncanakan sejak {from_on}.")
class BranchFounded:
    branch_id: int
    from_on: str


@fact("association.branch_activated", "Cabang aktif sejak {from_on}.")
class BranchActivated:
    branch_id: int
    from_on: str


@fact("association.branch_paused", "Cabang berhenti sementara sejak {from_on}.")
class BranchPaused:
    branch_id: int
    from_on: str


@fact("association.branch_closed", "Cabang ditutup pada {from_on}.")
class BranchClosed:
    branch_id: int
    from_on: str


@fact("association.holder_appointed", "{position_name} baru sejak {from_on}.")
class HolderAppointed:
    branch_id: int
    tenure_id: int
    user_id: int
    position_name: str
    from_on: str


@fact("association.tenure_ended", "Masa jabatan {position_name} berakhir pada {until_on}.")
class TenureEnded:
    branch_id: int
    tenure_id: int
    user_id: int
    position_name: str
    until_on: str


@fact("association.naming_changed", "Persetujuan nama {position_name} dibaca umum diubah.")
class NamingChanged:
    branch_id: int
    tenure_id: int
    user_id: int
    position_name: str


@fact("association.naming_withdrawn", "{position_name} menarik sendiri persetujuan namanya dibaca umum.")
class NamingWithdrawn:
    branch_id: int
    tenure_id: int
    user_id: int
    position_name: str


@fact("association.position_written", "Jabatan {position_name} ditetapkan mulai {from_on}.")
class PositionWritten:
    position_id: int
    code: str
    position_name: str
    from_on: str


@fact("association.position_ended", "Jabatan {position_name} tidak ada lagi mulai {until_on}.")
class PositionEnded:
    position_id: int
    code: str
    position_name: str
    until_on: str


@fact("association.position_taken_back", "Jabatan {position_name} yang akan mulai {from_on} dibatalkan.")
class PositionTakenBack:
    position_id: int
    code: str
    position_name: str
    from_on: str


@fact("association.number_decided", "{label}: {value} hari, mulai {from_on}.")
class NumberDecided:
    term_id: int
    label: str
    value: int
    from_on: str


@fact("association.support_noted", "{kind_name} oleh pengurus OK OCE pada {day_on}, {minutes} menit.")
class SupportNoted:
    group_id: int
    support_id: int
    kind_name: str
    day_on: str
    minutes: int


@fact("association.support_struck", "Catatan {kind_name} pada {day_on} dibatalkan.")
class SupportStruck:
    group_id: int
    support_id: int
    kind_name: str
    day_on: str
