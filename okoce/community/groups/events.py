from okoce.foundation.events.facts import fact


@fact("groups.group_created", "Komunitas {name} mengajukan diri dengan kode {code}.")
class GroupCreated:
    group_id: int
    code: str
    name: str


@fact("groups.group_validated", "Komunitas {name} divalidasi pada {validated_on}.")
class GroupValidated:
    group_id: int
    name: str
    validated_on: str


@fact("groups.member_joined", "Masuk komunitas {name} sejak {from_on}.")
class MemberJoined:
    member_id: int
    group_id: int
    name: str
    from_on: str


@fact("groups.member_left_group", "Keluar dari komunitas {name} sejak {until_on}.")
class MemberLeftGroup:
    member_id: int
    group_id: int
    name: str
    until_on: str


@fact("groups.group_applied", "Komunitas {name} mengajukan diri lewat formulir umum.")
class GroupApplied:
    group_id: int
    name: str


@fact("groups.application_changed", "Pendiri komunitas {name} mengubah atau melengkapi pengajuannya.")
class GroupApplicationChanged:
    group_id: int
    name: str


@fact("groups.group_checked", "Daftar periksa komunitas {name} diisi: {met} dari {total} terpenuhi.")
class GroupChecked:
    group_id: int
    name: str
    met: int
    total: int


@fact("groups.group_asked", "Pendiri komunitas {name} diminta melengkapi pengajuan.")
class GroupAsked:
    group_id: int
    name: str


@fact("groups.founder_forgotten", "Nama dan nomor pendiri {name} dihapus, karena masa simpannya sudah lewat.")
class FounderForgotten:
    group_id: int
    name: str


@fact("groups.group_refused", "Pengajuan komunitas {name} ditolak.")
class GroupRefused:
    group_id: int
    name: str


@fact("groups.group_paused", "Komunitas {name} berhenti sementara.")
class GroupPaused:
    group_id: int
    name: str


@fact("groups.group_reopened", "Komunitas {name} dibuka lagi.")
class GroupReopened:
    group_id: int
    name: str


@fact("groups.group_closed", "Komunitas {name} ditutup.")
class GroupClosed:
    group_id: int
    name: str


@fact("groups.areas_changed", "Wilayah kerja komunitas {name} sejak {from_on}: {count} kecamatan.")
class GroupAreasChanged:
    group_id: int
    name: str
    count: int
    from_on: str


@fact("groups.officer_appointed", "{role_name} baru sejak {from_on}.")
class OfficerAppointed:
    group_id: int
    officer_id: int
    user_id: int
    role_name: str
    from_on: str


@fact("groups.officer_ended", "Masa tugas {role_name} berakhir pada {until_on}.")
class OfficerEnded:
    group_id: int
    officer_id: int
    user_id: int
    role_name: str
    until_on: str


@fact("groups.officer_nominated", "Ketua mengusulkan {role_name} baru.")
class OfficerNominated:
    group_id: int
    nomination_id: int
    user_id: int
    role_name: str


@fact("groups.nomination_withdrawn", "Usulan {role_name} ditarik.")
class NominationWithdrawn:
    group_id: int
    nomination_id: int
    user_id: int
    role_name: str


@fact("groups.nomination_declined", "Usulan {role_name} tidak disetujui.")
class NominationDeclined:
    group_id: int
    nomination_id: int
    user_id: int
    role_name: str
