"""What happens to tickets. No words, no telephone and nobody's name: those stand sealed in the ticket."""

from okoce.foundation.events.facts import fact


@fact("tickets.ticket_sent", "Laporan nomor {ticket_id} masuk: {label}.")
class TicketSent:
    ticket_id: int
    label: str


@fact("tickets.words_added", "Pelapor menambah keterangan pada laporan nomor {ticket_id}.")
class WordsAdded:
    ticket_id: int


@fact("tickets.ticket_taken", "Laporan nomor {ticket_id} mulai ditangani.")
class TicketTaken:
    ticket_id: int


@fact("tickets.ticket_answered", "Laporan nomor {ticket_id} dijawab.")
class TicketAnswered:
    ticket_id: int


@fact("tickets.sender_asked", "Pelapor laporan nomor {ticket_id} ditanya balik.")
class SenderAsked:
    ticket_id: int


@fact("tickets.ticket_handed_over", "Laporan nomor {ticket_id} diteruskan ke {office}.")
class TicketHandedOver:
    ticket_id: int
    office: str


@fact("tickets.ticket_handed_back", "Laporan nomor {ticket_id} dikembalikan ke {office}.")
class TicketHandedBack:
    ticket_id: int
    office: str


@fact("tickets.ticket_escalated", "Laporan nomor {ticket_id} naik ke {office}, karena waktunya habis.")
class TicketEscalated:
    ticket_id: int
    office: str


@fact(
    "tickets.ticket_sent_up",
    "Laporan nomor {ticket_id} naik ke {office}, karena diteruskan kembali ke tempat yang pernah memegangnya.",
)
class TicketSentUp:
    ticket_id: int
    office: str


@fact("tickets.ticket_reopened", "Laporan nomor {ticket_id} dibuka lagi oleh pelapornya.")
class TicketReopened:
    ticket_id: int


@fact("tickets.ticket_closed", "Laporan nomor {ticket_id} ditutup: {label}.")
class TicketClosed:
    ticket_id: int
    label: str
