"""Who opens what is done for many people of the list: batches, and files of them."""

from tests.house.pages import (
    ASSIGNS_HELPERS,
    AUDITS,
    FOUND,
    HANDS_IN,
    NOT_FOUND,
    READS_FIGURES,
    READS_PEOPLE,
    SETS_REASONS,
    UNPROCESSABLE,
    Page,
)

LIST_PAGES = {
    "member_list": Page(READS_PEOPLE),
    "people_waiting": Page(READS_FIGURES),
    "end_help": Page(ASSIGNS_HELPERS, about="member", post=FOUND),
    "people_behind_loss": Page(READS_PEOPLE),
    "choose_people": Page(READS_PEOPLE, post=UNPROCESSABLE),
    "assign_helpers": Page(ASSIGNS_HELPERS, post=UNPROCESSABLE),
    "note_reasons": Page(SETS_REASONS, post=UNPROCESSABLE),
    "hand_in_for_many": Page(HANDS_IN, post=UNPROCESSABLE),
    "evidence_batch_list": Page(HANDS_IN | AUDITS),
    "evidence_batch": Page(HANDS_IN | AUDITS, about="batch"),
    "stop_evidence_batch": Page(HANDS_IN, about="batch", post=FOUND),
    "ask_export": Page(ASSIGNS_HELPERS, post=FOUND),  # with an empty form back to the list
    "export_list": Page(ASSIGNS_HELPERS | AUDITS),
    "export_detail": Page(ASSIGNS_HELPERS | AUDITS, about="export"),
    "cancel_export": Page(ASSIGNS_HELPERS, about="export", post=FOUND),
    "fetch_export": Page(ASSIGNS_HELPERS, about="export", post=NOT_FOUND),  # nothing is made yet
}
