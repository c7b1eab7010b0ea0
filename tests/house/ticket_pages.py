"""The pages of tickets, for the matrix of the walk; and a question of each of its two people, about where she lives."""

from okoce.community.members.models import Member
from okoce.community.tickets.actions.sending import NewTicket, Sent, send_ticket
from okoce.community.tickets.moves import SENDER
from okoce.community.tickets.seats import manned
from okoce.community.tickets.tests.tellers import seated
from okoce.foundation.verification.codes import show_code
from tests.house.pages import FOUND, NOT_FOUND, OWN, UNPROCESSABLE, Keys, Page

HANDLES_TICKETS = frozenset({"petugas_kecamatan", "petugas_skpd", "sekretariat", "administrator"})
READS_TICKETS = HANDLES_TICKETS | {"auditor"}

# Deeds in the order in which they leave something to the next one.
TICKET_PAGES = {
    "send_ticket": Page(is_public=True, takes_forms=True),
    "find_ticket": Page(is_public=True),
    "ticket": Page(is_public=True),
    "ticket_photo": Page(is_public=True, answer=NOT_FOUND),
    "add_ticket_words": Page(is_public=True, post=UNPROCESSABLE),
    "ticket_list": Page(READS_TICKETS),
    "ticket_detail": Page(READS_TICKETS, about="ticket"),
    "desk_ticket_photo": Page(READS_TICKETS, about="ticket", answer=NOT_FOUND),
    "take_ticket": Page(HANDLES_TICKETS, about="ticket", post=FOUND),
    "answer_ticket": Page(HANDLES_TICKETS, about="ticket", post=UNPROCESSABLE),
    "ask_sender": Page(HANDLES_TICKETS, about="ticket", post=UNPROCESSABLE),
    "hand_over_ticket": Page(HANDLES_TICKETS, about="ticket", post=UNPROCESSABLE),
    "close_ticket": Page(HANDLES_TICKETS, about="ticket", post=UNPROCESSABLE),
    "own_tickets": Page(OWN),
    "own_ticket": Page(OWN, about="ticket", takes_forms=True),
    "own_ticket_photo": Page(OWN, about="ticket", answer=NOT_FOUND),
    "confirm_own_ticket": Page(OWN, about="ticket", post=FOUND),
    "confirm_ticket_solved": Page(is_public=True, post=FOUND),
}


def told_by(member: Member) -> Sent:
    """Sent a second time, it is the same one. Somebody sits where she lives, else it would begin further up."""
    if manned(member.region) != member.region:
        seated(member.region)
    question = NewTicket(
        key=f"walk-{member.pk}",
        kind="question",
        text="Kapan pelatihan berikutnya?",
        region=member.region,
        member_id=member.pk,
    )
    return send_ticket(SENDER, question)


def ticket_keys(member: Member) -> Keys:
    """What addresses name of it."""
    return {
        "ticket_id": lambda: told_by(member).ticket.pk,
        "ticket_code": lambda: show_code(told_by(member).code),
    }
