"""The member's own pages, for the matrix of the walk."""

from tests.house.pages import FOUND, NOT_FOUND, OWN, UNPROCESSABLE, Page

OWN_PAGES = {
    "own_page": Page(OWN),
    "own_passport": Page(OWN),
    "own_passport_pdf": Page(OWN),
    "own_card": Page(OWN),
    "own_card_pdf": Page(OWN),
    "issue_own_card": Page(OWN, post=FOUND),
    "replace_own_card": Page(OWN, post=UNPROCESSABLE),
    "own_group": Page(OWN),
    "join_own_group": Page(OWN, takes_forms=True),
    "leave_own_group": Page(OWN, post=FOUND),
    "own_data": Page(is_own=True),
    "own_history": Page(OWN),
    "own_looks": Page(is_own=True),
    "change_own_phone": Page(is_own=True, takes_forms=True),
    "confirm_own_phone": Page(is_own=True, answer=FOUND, takes_forms=True),  # no number was named before
    "change_own_email": Page(OWN, takes_forms=True),
    "add_own_nik": Page(OWN, takes_forms=True),
    "move_own_home": Page(OWN, takes_forms=True),
    "correct_own_home": Page(OWN, takes_forms=True),
    "own_offices": Page(is_own=True),  # whoever holds one may be a member, an officer, or both
    "withdraw_own_naming": Page(is_own=True, post=NOT_FOUND),  # the term of somebody else
}
