"""The pages of partners, for the matrix of the walk."""

from tests.house.pages import (
    CORRECTS_PARTNER,
    FOUND,
    HANDLES_REFERRALS,
    NOT_FOUND,
    OWN,
    READS_PARTNERS,
    READS_REFERRALS,
    UNPROCESSABLE,
    WITHDRAWS,
    Page,
)

PARTNER_PAGES = {
    "partner_list": Page(READS_PARTNERS),
    "create_partner": Page(WITHDRAWS, takes_forms=True),
    "partner_detail": Page(READS_PARTNERS, about="partner"),
    "correct_partner": Page(WITHDRAWS, about="partner", takes_forms=True),
    "change_partner_areas": Page(WITHDRAWS, about="partner", takes_forms=True),
    "apply_partner": Page(is_public=True, takes_forms=True),
    "apply_partner_code": Page(is_public=True, answer=FOUND, takes_forms=True),  # without a number: to it
    "apply_partner_details": Page(is_public=True, answer=FOUND, takes_forms=True),
    "apply_partner_area": Page(is_public=True, answer=FOUND, takes_forms=True),
    "apply_partner_done": Page(is_public=True, answer=FOUND),
    "withdraw_proposal": Page(is_public=True, post=FOUND),
    "check_partner": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),  # it is decided about already
    "ask_partner": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "refuse_partner": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "pause_partner": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "reopen_partner": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "close_partner": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "appoint_contact": Page(WITHDRAWS, about="partner", post=UNPROCESSABLE),
    "register_agreement": Page(WITHDRAWS, about="partner", takes_forms=True),
    # the administrator, who holds every right, acts for none, and keeps right what any of them could
    "own_partners": Page(CORRECTS_PARTNER),
    "own_partner": Page(CORRECTS_PARTNER, about="partner"),
    "correct_own_contact": Page(CORRECTS_PARTNER, about="partner", post=UNPROCESSABLE),
    "service_table": Page(READS_PARTNERS),
    "agreement_list": Page(READS_PARTNERS),
    "agreement_detail": Page(READS_PARTNERS, about="agreement"),
    "agreement_delivered": Page(READS_PARTNERS, about="agreement"),
    "agreement_document": Page(READS_PARTNERS, about="agreement", answer=NOT_FOUND),  # none was kept yet
    "keep_document": Page(WITHDRAWS, about="agreement", post=UNPROCESSABLE),
    "extend_agreement": Page(WITHDRAWS, about="agreement", post=UNPROCESSABLE),
    "end_agreement": Page(WITHDRAWS, about="agreement", post=UNPROCESSABLE),
    "add_obligation": Page(WITHDRAWS, about="agreement", post=UNPROCESSABLE),
    "strike_obligation": Page(WITHDRAWS, about="agreement", post=FOUND),  # twice is once
    "referral_list": Page(READS_REFERRALS),
    # who may read the person and who acts for an office are two rights, and both are needed: no single one reaches her
    "send_referral": Page(HANDLES_REFERRALS, about="person to send", takes_forms=True),
    "referral_detail": Page(READS_REFERRALS, about="referral"),
    "accept_referral": Page(HANDLES_REFERRALS, about="referral", post=FOUND),
    "decline_referral": Page(HANDLES_REFERRALS, about="referral", post=UNPROCESSABLE),
    "withdraw_referral": Page(HANDLES_REFERRALS, about="referral", post=UNPROCESSABLE),
    "close_referral": Page(HANDLES_REFERRALS, about="referral", post=UNPROCESSABLE),
    "referral_terms": Page(READS_PARTNERS),
    "decide_referral_term": Page(WITHDRAWS, takes_forms=True),
    "own_referrals": Page(OWN),
    "withdraw_own_referral": Page(OWN, about="referral", takes_forms=True),
    "end_contact": Page(WITHDRAWS, about="contact", post=UNPROCESSABLE),
}
