"""Every right there is. A name reads `what.deed`; roles.py says who has it."""

from enum import StrEnum


class Permission(StrEnum):
    """One right; the value is what templates and the API documentation write."""

    ACCOUNTS_MANAGE = "accounts.manage"
    ACCOUNTS_READ = "accounts.read"
    ASSOCIATION_MANAGE = "association.manage"
    ASSOCIATION_NOTE_SUPPORT = "association.note_support"
    ASSOCIATION_READ = "association.read"
    ASSOCIATION_READ_OWN = "association.read_own"
    CENTRES_DECIDE = "centres.decide"
    CENTRES_MANAGE = "centres.manage"
    CENTRES_READ = "centres.read"
    EMERGENCY_OPEN = "emergency.open"
    EMERGENCY_STOP = "emergency.stop"
    EVENTS_READ = "events.read"
    GROUPS_HAND_OVER = "groups.hand_over"
    GROUPS_MANAGE = "groups.manage"
    GROUPS_READ = "groups.read"
    GROUPS_READ_DESK = "groups.read_desk"
    MEMBERS_ANSWER_DATA_REQUEST = "members.answer_data_request"
    MEMBERS_ASSIGN_HELPER = "members.assign_helper"
    MEMBERS_CORRECT = "members.correct"
    MEMBERS_CORRECT_OWN = "members.correct_own"
    MEMBERS_ERASE = "members.erase"
    MEMBERS_ERASE_OWN = "members.erase_own"
    MEMBERS_EXPORT = "members.export"
    MEMBERS_IMPORT = "members.import"
    MEMBERS_ISSUE_CARD = "members.issue_card"
    MEMBERS_MERGE = "members.merge"
    MEMBERS_NOTE_CONSENT = "members.note_consent"
    MEMBERS_READ = "members.read"
    MEMBERS_READ_CONSENTS = "members.read_consents"
    MEMBERS_READ_DUPLICATES = "members.read_duplicates"
    MEMBERS_READ_EXPORTS = "members.read_exports"
    MEMBERS_READ_FINANCES = "members.read_finances"
    MEMBERS_READ_IMPORTS = "members.read_imports"
    MEMBERS_READ_UNFINISHED = "members.read_unfinished"
    MEMBERS_REGISTER = "members.register"
    MEMBERS_RESTRICT = "members.restrict"
    MEMBERS_RESTRICT_OWN = "members.restrict_own"
    MEMBERS_REVOKE_CARD = "members.revoke_card"
    MEMBERS_REVIEW_DUPLICATES = "members.review_duplicates"
    MEMBERS_UNMASK_NIK = "members.unmask_nik"
    MESSAGES_MANAGE = "messages.manage"
    MESSAGES_READ = "messages.read"
    MESSAGES_READ_BY_HAND = "messages.read_by_hand"
    MESSAGES_READ_OWN = "messages.read_own"
    MESSAGES_SEND = "messages.send"
    NAMES_MANAGE = "names.manage"
    PARTNERS_CORRECT_OWN = "partners.correct_own"
    PARTNERS_MANAGE = "partners.manage"
    PARTNERS_READ = "partners.read"
    PARTNERS_READ_PROPOSALS = "partners.read_proposals"
    PIPELINE_GIVE_EVIDENCE = "pipeline.give_evidence"
    PIPELINE_MANAGE_RULES = "pipeline.manage_rules"
    PIPELINE_MANAGE_TARGETS = "pipeline.manage_targets"
    PIPELINE_READ_EVIDENCE = "pipeline.read_evidence"
    PIPELINE_READ_FUNNEL = "pipeline.read_funnel"
    PIPELINE_SET_STANDSTILL = "pipeline.set_standstill"
    PIPELINE_VERIFY_P2 = "pipeline.verify_p2"
    PIPELINE_VERIFY_P3 = "pipeline.verify_p3"
    PIPELINE_VERIFY_P4 = "pipeline.verify_p4"
    PIPELINE_VERIFY_P5 = "pipeline.verify_p5"
    PIPELINE_VERIFY_P6 = "pipeline.verify_p6"
    PIPELINE_VERIFY_P7 = "pipeline.verify_p7"
    PIPELINE_WITHDRAW_EVIDENCE = "pipeline.withdraw_evidence"
    PRIVACY_MANAGE_BREACHES = "privacy.manage_breaches"
    PRIVACY_READ = "privacy.read"
    REFERRALS_HANDLE = "referrals.handle"
    REFERRALS_READ = "referrals.read"
    TICKETS_HANDLE = "tickets.handle"
    TICKETS_READ = "tickets.read"
    TICKETS_READ_OWN = "tickets.read_own"
    REFERRALS_WITHDRAW_OWN = "referrals.withdraw_own"


VERIFY_STAGE = {
    2: Permission.PIPELINE_VERIFY_P2,
    3: Permission.PIPELINE_VERIFY_P3,
    4: Permission.PIPELINE_VERIFY_P4,
    5: Permission.PIPELINE_VERIFY_P5,
    6: Permission.PIPELINE_VERIFY_P6,
    7: Permission.PIPELINE_VERIFY_P7,
}

# What only reads. A deed stands behind none of these (the door refuses it), and whoever reads all has each of them.
READING = frozenset(
    {
        Permission.ACCOUNTS_READ,
        Permission.ASSOCIATION_READ,
        Permission.ASSOCIATION_READ_OWN,
        Permission.CENTRES_READ,
        Permission.EVENTS_READ,
        Permission.GROUPS_READ,
        Permission.GROUPS_READ_DESK,
        Permission.MEMBERS_READ,
        Permission.MEMBERS_READ_CONSENTS,
        Permission.MEMBERS_READ_DUPLICATES,
        Permission.MEMBERS_READ_EXPORTS,
        Permission.MEMBERS_READ_FINANCES,
        Permission.MEMBERS_READ_IMPORTS,
        Permission.MEMBERS_READ_UNFINISHED,
        Permission.MESSAGES_READ,
        Permission.MESSAGES_READ_BY_HAND,
        Permission.MESSAGES_READ_OWN,
        Permission.PARTNERS_READ,
        Permission.PARTNERS_READ_PROPOSALS,
        Permission.PIPELINE_READ_EVIDENCE,
        Permission.PIPELINE_READ_FUNNEL,
        Permission.PRIVACY_READ,
        Permission.REFERRALS_READ,
        Permission.TICKETS_READ,
        Permission.TICKETS_READ_OWN,
    }
)
# What writes, or takes data along: everything else, so that a new right is a writing one until somebody says that it only reads.
WRITING = frozenset(Permission) - READING
