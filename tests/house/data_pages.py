"""The pages of a person's rights over her data, for the matrix of the walk."""

from tests.house.pages import (
    AUDITS,
    FOUND,
    GUARDS_DATA,
    NOT_FOUND,
    NOTES_CONSENTS,
    OWN,
    READS_DATA_OFFICE,
    UNPROCESSABLE,
    WITHDRAWS,
    Page,
)

MOVED = 301  # for bookmarks

DATA_PAGES = {
    "ask_erasure": Page(GUARDS_DATA, about="member", takes_forms=True),
    "withdraw_erasure": Page(GUARDS_DATA, about="member", post=FOUND),
    "data_request_list": Page(READS_DATA_OFFICE),
    "answered_requests": Page(READS_DATA_OFFICE),
    "data_request_detail": Page(READS_DATA_OFFICE, about="request", takes_forms=True, writers=GUARDS_DATA),
    "files_taken_list": Page(READS_DATA_OFFICE, takes_forms=True),
    "file_taken_detail": Page(READS_DATA_OFFICE),
    "open_emergency": Page(WITHDRAWS, takes_forms=True),
    "end_emergency": Page(WITHDRAWS, post=FOUND),  # where none is open nothing happens
    "emergency_list": Page(READS_DATA_OFFICE),
    "emergency_detail": Page(READS_DATA_OFFICE),
    "stop_emergency": Page(GUARDS_DATA, post=FOUND),  # it was over already
    "retention_rules": Page(READS_DATA_OFFICE),
    "processing_record": Page(READS_DATA_OFFICE),
    "processing_file": Page(READS_DATA_OFFICE),
    "breach_list": Page(READS_DATA_OFFICE),
    "note_breach": Page(GUARDS_DATA, takes_forms=True),
    "breach_detail": Page(READS_DATA_OFFICE),
    "breach_unreached": Page(READS_DATA_OFFICE),
    "amend_breach": Page(GUARDS_DATA, takes_forms=True),
    "name_affected": Page(GUARDS_DATA, post=UNPROCESSABLE),
    "name_affected_accounts": Page(GUARDS_DATA, post=UNPROCESSABLE),
    "tell_of_breach": Page(GUARDS_DATA, post=FOUND),
    "close_breach": Page(GUARDS_DATA, post=FOUND),
    "former_request_list": Page(READS_DATA_OFFICE, answer=MOVED),
    "former_request": Page(READS_DATA_OFFICE, about="request", answer=MOVED),
    "correct_account": Page(
        GUARDS_DATA, about="request", answer=NOT_FOUND, takes_forms=True
    ),  # a member's request
    "take_request": Page(GUARDS_DATA, about="request", post=FOUND),
    "note_request": Page(GUARDS_DATA, about="member", takes_forms=True),
    "note_account_request": Page(GUARDS_DATA, takes_forms=True),
    "ask_account_erasure": Page(
        GUARDS_DATA, about="request", answer=NOT_FOUND, takes_forms=True
    ),  # a member's request
    "withdraw_account_erasure": Page(GUARDS_DATA, about="request", post=NOT_FOUND),
    "take_own_file": Page(is_own=True, post=200),
    "own_requests": Page(is_own=True, takes_forms=True),
    "own_erasure": Page(is_own=True, takes_forms=True),
    "withdraw_own_erasure": Page(is_own=True, post=FOUND),
    "own_consents": Page(OWN, takes_forms=True),
    "leave_programme": Page(OWN, takes_forms=True),
    "own_restriction": Page(OWN, takes_forms=True),
    "lift_own_restriction": Page(OWN, post=FOUND),
    "restrict_member": Page(GUARDS_DATA, about="member", takes_forms=True),
    "lift_restriction": Page(GUARDS_DATA, about="member", post=FOUND),
    "allow_own_partner": Page(OWN, takes_forms=True),
    "withdraw_own_partner": Page(OWN, post=FOUND),
    "member_consents": Page(
        NOTES_CONSENTS | AUDITS, about="member", takes_forms=True, writers=NOTES_CONSENTS
    ),
    "withdraw_consent": Page(NOTES_CONSENTS, about="member", post=FOUND),
}
