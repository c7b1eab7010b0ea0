"""Facts about messages. Neither words nor addresses stand in them."""

from okoce.foundation.events.facts import fact


@fact("notifications.taken_by_hand", "Pesan “{label}” diambil untuk dikirim dengan tangan.")
class TakenByHand:
    message_id: int
    label: str


@fact("notifications.let_go_by_hand", "Pesan “{label}” dilepas lagi tanpa dikirim.")
class LetGoByHand:
    message_id: int
    label: str


@fact("notifications.sent_by_hand", "Pesan “{label}” dikirim dengan tangan.")
class SentByHand:
    message_id: int
    label: str


@fact("notifications.withdrawn", "Pesan “{label}” ditarik sebelum dikirim.")
class Withdrawn:
    message_id: int
    label: str


@fact("notifications.wording_written", "Kata-kata pesan {label} ditulis: versi {version}, berlaku {from_on}.")
class WordingWritten:
    label: str
    language: str
    version: int
    from_on: str


@fact(
    "notifications.hand_rule_decided",
    "Pesan {label}: relawan diminta mengirimnya selama {days} hari, mulai {from_on}.",
)
class HandRuleDecided:
    rule_id: int
    label: str
    days: int
    from_on: str


@fact(
    "notifications.hand_rule_taken_back",
    "Pesan {label}: aturan relawan {days} hari yang akan mulai {from_on} dibatalkan sebelum berlaku.",
)
class HandRuleTakenBack:
    rule_id: int
    label: str
    days: int
    from_on: str


@fact("notifications.preference_chosen", "Cara menerima pesan diubah.")
class PreferenceChosen:
    preference_id: int
