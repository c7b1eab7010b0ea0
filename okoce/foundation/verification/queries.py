"""The one question of the public: is this code genuine?"""

from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.verification.brake import note_miss, note_question
from okoce.foundation.verification.registry import Finding, Validity, finding_of
from okoce.foundation.verification.signing import signed_claim


def verified(typed: str, address: str, *, is_signed: bool = False) -> Finding:
    """What a code stands for, for whoever asks from an address. Public. With our own signature over it the code was read from a
    card, not guessed: then nobody waits for what her neighbours behind the same address try.

    Raises NotFound for a mistyped or unknown code, AskedTooOften for an address that tries codes.
    """
    if is_signed:
        return finding_of(typed)
    note_question(address)
    try:
        return finding_of(typed)
    except NotFound as refusal:
        if refusal.code == "unknown_code":  # a slip of the finger is not guessing
            note_miss(address)
        raise


def claim_for(code: str) -> str:
    """What the QR of a genuine code says beside it, signed today; "" for one that is not valid now, which nobody should carry on
    trusting without network. Public: it says what the page says."""
    found = finding_of(code)
    return signed_claim(code, found, today_wib()) if found.state is Validity.VALID else ""
