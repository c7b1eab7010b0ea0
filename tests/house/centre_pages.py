"""The pages of centres, for the matrix of the walk."""

from tests.house.pages import FOUND, NOT_FOUND, READS_FIGURES, UNPROCESSABLE, WITHDRAWS, Page

TENDS_CENTRES = WITHDRAWS | {"pengurus_komunitas"}

CENTRE_PAGES = {
    "nearest_centres": Page(is_public=True),
    "centre": Page(is_public=True),
    "coverage": Page(is_public=True),
    "centre_photo": Page(is_public=True, answer=NOT_FOUND),  # none is shown yet
    "planned_centre_photo": Page(READS_FIGURES, about="centre", answer=NOT_FOUND),
    "keep_centre_photo": Page(TENDS_CENTRES, about="centre", post=UNPROCESSABLE),
    "remove_centre_photo": Page(TENDS_CENTRES, about="centre", post=FOUND),
    "centre_list": Page(READS_FIGURES),
    "centre_detail": Page(READS_FIGURES, about="centre"),
    "plan_centre": Page(TENDS_CENTRES, about="group", takes_forms=True),
    "change_centre": Page(TENDS_CENTRES, about="centre", takes_forms=True),
    "pause_centre": Page(TENDS_CENTRES, about="centre", post=UNPROCESSABLE),
    "open_centre": Page(WITHDRAWS, about="centre", post=UNPROCESSABLE),
    "close_centre": Page(WITHDRAWS, about="centre", post=UNPROCESSABLE),
    "hand_over_centre": Page(WITHDRAWS, about="centre", post=UNPROCESSABLE),
}
