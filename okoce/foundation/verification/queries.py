"""The one question of the public: is this code genuine?"""

from okoce.foundation.shared.errors import NotFound
from okoce.foundation.verification.brake import note_miss, note_question
from okoce.foundation.verification.registry import Finding, finding_of


def verified(typed: str, address: str) -> Finding:
    """What a code stands for, for whoever asks from an address. Public.

    Raises NotFound for a mistyped or unknown code, AskedTooOften for an address that tries codes.
    """
    note_question(address)
    try:
        return finding_of(typed)
    except NotFound as refusal:
        if refusal.code == "unknown_code":  # a slip of the finger is not guessing
            note_miss(address)
        raise
