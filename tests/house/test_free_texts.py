"""Every column in which anybody may write about anybody has whoever is erased struck out, or says here why nobody stands in it."""

from django.apps import apps
from django.db import models
from django.utils.module_loading import autodiscover_modules

from okoce.foundation.events.facts import KINDS
from okoce.foundation.personal.mentions import MENTIONS, TELLS_OF_ITSELF
from okoce.foundation.personal.registry import FORGOTTEN

TEXT = (models.TextField, models.CharField, models.JSONField, models.BinaryField)
# Columns that hold no words, wherever they stand.
NO_WORDS = {
    "a code, a place or a number of a list": {
        "code", "region", "village", "province", "regency", "node", "parent", "zone", "version", "text_version", "rule_code",
        "call_text_version", "number_key", "purpose_id", "channel", "operation", "grain", "kind", "role", "requirement",
        "entry_state", "capital", "key", "reference", "provider_id", "problem", "error", "query", "reach", "mapping",
    },
    "an account's label, `user:7`": {
        "author", "on_behalf_of", "given_by", "decided_by", "set_by", "issued_by", "revoked_by", "withdrawn_by", "checked_by",
        "caller",
    },
    "a hash, a secret or the name of a stored file": {
        "told_hash", "phone_hash", "contact_hash", "key_hash", "code_hash", "used_by_hash", "token_hash", "address_hash",
        "document_hash", "request_hash", "nik_hash", "nik_masked", "nik_encrypted", "sha256", "stored_as", "rejects_as",
        "warnings_as", "document",
        "photo", "fingerprint", "wrapped", "password", "sent_from",
    },
}  # fmt: skip
# Tables whose words are the house's own, the law's or a decision's: they speak of rules, and everybody reads them.
OF_THE_HOUSE = {
    "members.ConsentText", "members.Purpose", "privacy.NoticeText", "privacy.PrivacyTerm", "groups.GroupTerm",
    "organisations.ApplicationTerm",
    "groups.ChecklistItem", "partners.ContactText", "partners.ReferralText", "partners.PartnerItem", "partners.NoticeTerm",
    "partners.ReferralTerm",
    "association.Position", "association.AssociationTerm", "tickets.TicketTerm", "pipeline.MergeTerm", "pipeline.StageTerm",
    "pipeline.Definition", "registration.RegistrationTerm", "dashboards.ExportLimit", "accounts.EmergencyTerm",
    "notifications.Wording", "notifications.MessageTerm", "notifications.HandRule", "demo.SyntheticData",
    "territory.Region", "territory.Edition", "accounts.CodeLimit",
}  # fmt: skip
# Single columns, each with its reason.
NOBODY_ELSES = {
    "pipeline.EvidenceBatch.language": "the code of a language",
    "members.Member.name": "her own",
    "members.Member.name_key": "her own",
    "members.Member.number": "her own",
    "members.Member.phone": "her own",
    "members.Member.email": "her own",
    "members.DuplicateCandidate.place": "a place",
    "members.DuplicateCandidate.field": "the name of a column",
    "members.Business.name": "the name of another one's business, which is hers",
    "members.Business.sector": "what is made or sold there",
    "members.Business.nib": "a number",
    "members.Business.npwp": "a number",
    "members.GuardianConsent.name": "a parent's of another one; gone with the child's record, or the parent's own (ADR 0054)",
    "members.GuardianConsent.phone": "a parent's of another one; gone with the child's record, or the parent's own (ADR 0054)",
    "groups.Group.name": "the name of a komunitas, which is nobody's",
    "groups.Group.name_key": "the name of a komunitas, which is nobody's",
    "groups.Application.founder_name": "the founder's own, forgotten with her",
    "groups.Application.founder_phone": "the founder's own, forgotten with her",
    "centres.Centre.name": "the name of a place, which is nobody's",
    "centres.Centre.name_key": "the name of a place, which is nobody's",
    "centres.Centre.contact_name": "forgotten with whom it names",
    "centres.Centre.contact_phone": "forgotten with whom it reaches",
    "partners.Partner.name": "the name of an office or a company",
    "partners.Partner.name_key": "the name of an office or a company",
    "partners.Partner.website": "an address in the web",
    "partners.Proposal.contact_name": "the speaker's own, forgotten with her",
    "partners.Proposal.contact_phone": "the speaker's own, forgotten with her",
    "partners.Proposal.contact_email": "the speaker's own, forgotten with her",
    "partners.Agreement.number": "the number of a paper",
    "partners.Extension.number": "the number of a paper",
    "association.Tenure.position": "the code of an office",
    "trust.NamePermission.name": "a name that a komunitas or mitra may use",
    "trust.NamePermission.name_key": "a name that a komunitas or mitra may use",
    "tickets.Ticket.office": "a place",
    "tickets.Entry.office": "a place",
    "tickets.Photo.name": "the name of a stored file",
    "tickets.Ticket.about_encrypted": "opened and struck out by the feature",
    "tickets.Ticket.phone_encrypted": "the sender's own, forgotten with her",
    "tickets.Entry.words_encrypted": "opened and struck out by the feature",
    "events.Event.changes": "opened and struck out by the trail",
    "events.Event.payload": "ids and plain values alone, by the rule of facts",
    "events.Event.subject_type": "the name of a table",
    "events.SubjectKey.subject_type": "the name of a table",
    "events.GatheredFact.reaction": "the name of a job",
    "notifications.Message.variables_encrypted": "opened and struck out by the feature",
    "pipeline.Position.name_key": "follows the record of whom it places",
    "pipeline.Position.reason": "the code of a reason",
    "pipeline.Standing.reason": "the code of a reason",
    "pipeline.TallyDelta.reason": "the code of a reason",
    "pipeline.TallyReason.reason": "the code of a reason",
    "pipeline.ProgrammeRule.programme": "the code of a programme",
    "pipeline.Merge.journal": "opened and struck out by the feature",
    "registration.Import.file_name": "struck out by the feature",
    "registration.Import.refused_kinds": "reasons without what they quote, gone with the file",
    "registration.Import.warned_kinds": "reasons without what they quote, gone with the file",
    "registration.RegistrationDraft.answers": "the applicant's own, forgotten with her; who brought her is struck out by the feature",
    "demo.DemoMessage.phone": "forgotten with whom it reached",
    "accounts.User.name": "an account's own",
    "accounts.User.phone": "an account's own",
    "accounts.User.email": "an account's own",
    "accounts.Guessing.phone_encrypted": "the guessed one's own, forgotten with her",
    "accounts.SignInAttempt.address": "a network's address",
    "api.IdempotentAnswer.answer": "forgotten with whom it is about",
}
# Their tables are forgotten by `accounts`.
LIBRARIES = {"contenttypes", "auth", "sessions", "account", "mfa", "usersessions", "procrastinate"}


def _texts() -> set[str]:
    wordless = set().union(*NO_WORDS.values())
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label not in LIBRARIES and model._meta.label not in OF_THE_HOUSE
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT) and not field.choices and field.name not in wordless
    }


def _declared() -> set[str]:
    autodiscover_modules("personal")
    return {f"{table}.{column}" for table, columns in MENTIONS.items() for column in columns}


def test_every_free_text_strikes_out_whoever_is_erased_or_says_why_nobody_stands_in_it() -> None:
    assert _texts() - _declared() - set(NOBODY_ELSES) == set(), (
        "say may_name(…) in the feature's personal.py, or add it here with the reason"
    )


def test_no_excuse_is_left_over_and_none_is_also_declared() -> None:
    every = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    assert _declared() - every == set()
    assert set(NOBODY_ELSES) - every == set()
    assert set(NOBODY_ELSES) & _declared() == set()
    tables = {model._meta.label for model in apps.get_models()}
    assert OF_THE_HOUSE - tables == set()


def test_reasons_sealed_in_the_trail_are_opened_but_for_known_kinds() -> None:
    autodiscover_modules("personal")
    assert FORGOTTEN["events.Event"] == ""
    assert set(TELLS_OF_ITSELF) <= set(KINDS)
    assert set(TELLS_OF_ITSELF.values()) <= set(MENTIONS), (
        "where else what such a kind says stands is declared"
    )
