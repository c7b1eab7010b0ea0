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
