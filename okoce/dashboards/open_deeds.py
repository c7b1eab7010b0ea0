"""What a reader may do for one person: pages offer nothing that the door would refuse."""

from collections.abc import Iterable
from dataclasses import dataclass

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import VERIFY_STAGE, Permission
from okoce.foundation.access.policies import is_reached
from okoce.stages.p1_registration.queries import awaits_guardian, guardian_was_erased


@dataclass(frozen=True, slots=True)
class OpenDeeds:
    """Each right is asked for this person: what somebody may elsewhere does not count here."""

    give_evidence: bool
    set_standstill: bool
    assign_helper: bool
    withdraw: bool
    read_history: bool
    correct: bool
    add_guardian: bool
    guardian_was_erased: bool  # no deed: it says why another one may be noted
    issue_card: bool
    revoke_card: bool
    unmask_nik: bool
    erase: bool
    answer_request: bool
    read_consents: bool
    restrict: bool
    verify: frozenset[int]  # stages whose evidence the reader may judge


def open_deeds(actor: Actor, member: Member, claimed_stages: Iterable[int]) -> OpenDeeds:
    """The deeds that are open to the actor; `claimed_stages` are those with evidence that waits."""

    def may(permission: Permission) -> bool:
        if member.erased_at is not None and permission is not Permission.EVENTS_READ:
            return False  # nothing is done about whoever was erased
        return actor.may(permission) and is_reached(member, actor, permission)

    was_erased = guardian_was_erased(actor, member)
    may_give = may(Permission.PIPELINE_GIVE_EVIDENCE)
    waiting = set(claimed_stages) if may_give else set()
    return OpenDeeds(
        give_evidence=may_give,
        set_standstill=may(Permission.PIPELINE_SET_STANDSTILL),
        assign_helper=not member.is_restricted and may(Permission.MEMBERS_ASSIGN_HELPER),
        withdraw=may(Permission.PIPELINE_WITHDRAW_EVIDENCE),
        read_history=may(Permission.EVENTS_READ),
        correct=may(Permission.MEMBERS_CORRECT) and not actor.owns(member.pk),  # hers is at /saya
        add_guardian=may(Permission.MEMBERS_REGISTER) and (was_erased or awaits_guardian(actor, member)),
        guardian_was_erased=was_erased,
        issue_card=may(Permission.MEMBERS_ISSUE_CARD) and not actor.owns(member.pk),  # hers is at /saya
        revoke_card=may(Permission.MEMBERS_REVOKE_CARD),
        unmask_nik=member.nik_encrypted is not None and may(Permission.MEMBERS_UNMASK_NIK),
        erase=may(Permission.MEMBERS_ERASE) and not actor.owns(member.pk),  # hers is at /saya
        answer_request=may(Permission.MEMBERS_ANSWER_DATA_REQUEST) and not actor.owns(member.pk),
        read_consents=may(Permission.MEMBERS_READ_CONSENTS) and not actor.owns(member.pk),
        restrict=may(Permission.MEMBERS_RESTRICT) and not actor.owns(member.pk),
        verify=frozenset(stage for stage in waiting if may(VERIFY_STAGE[stage])),
    )
