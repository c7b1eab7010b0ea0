"""The pages of the programme's rules and targets, for the matrix of the walk."""

from tests.house.pages import MANAGES_PROGRAMME, READS_FIGURES, Page

PROGRAMME_PAGES = {
    "targets": Page(is_public=True),
    "programme_detail": Page(is_public=True),
    "set_target": Page(MANAGES_PROGRAMME, takes_forms=True),
    "withdraw_target": Page(MANAGES_PROGRAMME, takes_forms=True),
    "rule_list": Page(READS_FIGURES),
    "rule_detail": Page(READS_FIGURES),
    "write_rule": Page(MANAGES_PROGRAMME, takes_forms=True),
    "end_rule": Page(MANAGES_PROGRAMME, takes_forms=True),
}
