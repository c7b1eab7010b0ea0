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
    MEMBERS_READ_FINANCES = "members.read_finances"
    MEMBERS_REGISTER = "members.register"
    MEMBERS_RESTRICT = "members.restrict"
    MEMBERS_RESTRICT_OWN = "members.restrict_own"
    MEMBERS_REVOKE_CARD = "members.revoke_card"
    MEMBERS_REVIEW_DUPLICATES = "members.review_duplicates"
    MEMBERS_UNMASK_NIK = "members.unmask_nik"
    MESSAGES_MANAGE = "messages.manage"
    MESSAGES_READ = "messages.read"
    MESSAGES_READ_OWN = "messages.read_own"
    MESSAGES_SEND = "messages.send"
    NAMES_MANAGE = "names.manage"
    PARTNERS_CORRECT_OWN = "partners.correct_own"
    PARTNERS_MANAGE = "partners.manage"
    PARTNERS_READ = "partners.read"
    PIPELINE_GIVE_EVIDENCE = "pipeline.give_evidence"
    PIPELINE_MANAGE_RULES = "pipeline.manage_rules"
    PIPELINE_MANAGE_TARGETS = "pipeline.manage_targets"
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
