"""The pages of komunitas, for the matrix of the walk."""

from tests.house.pages import AUDITS, FOUND, NOT_FOUND, READS_FIGURES, UNPROCESSABLE, WITHDRAWS, Page

HANDS_OVER = WITHDRAWS | {"pengurus_komunitas"}

GROUP_PAGES = {
    "group_list": Page(READS_FIGURES),
    "scoreboard": Page(READS_FIGURES),
    "quiet_groups": Page(WITHDRAWS | AUDITS),
    "first_steps": Page(HANDS_OVER, about="group", answer=NOT_FOUND),  # for whoever chairs it
    "read_targets": Page(HANDS_OVER, about="group", post=NOT_FOUND),
    "group_detail": Page(READS_FIGURES, about="group"),
    "group_invitation": Page(READS_FIGURES, about="group"),
    "change_areas": Page(WITHDRAWS, about="group", takes_forms=True),
    "check_group": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),  # it is decided about already
    "validate_group": Page(WITHDRAWS, about="group", post=FOUND),  # who is validated stays so
    "ask_group": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "refuse_group": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "pause_group": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "reopen_group": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "close_group": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "appoint_officer": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "end_officer": Page(WITHDRAWS, about="officer", post=UNPROCESSABLE),
    "hand_over": Page(HANDS_OVER, about="officer", post=UNPROCESSABLE),
    "nominate_officer": Page(HANDS_OVER, about="group", answer=NOT_FOUND),  # for whoever chairs it
    "withdraw_nomination": Page(HANDS_OVER, about="group", post=NOT_FOUND),  # likewise
    "answer_nomination": Page(WITHDRAWS, about="group", post=UNPROCESSABLE),
    "nomination_list": Page(WITHDRAWS | AUDITS),
    "apply_group": Page(is_public=True, takes_forms=True),
    "apply_group_code": Page(is_public=True, answer=FOUND, takes_forms=True),  # without a number: to it
    "apply_group_details": Page(is_public=True, answer=FOUND, takes_forms=True),
    "apply_group_area": Page(is_public=True, answer=FOUND, takes_forms=True),
    "apply_group_done": Page(is_public=True, answer=FOUND),
}
