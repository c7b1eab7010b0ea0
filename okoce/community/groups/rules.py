"""What every deed about a komunitas asks of what it is given."""

from django.utils.translation import gettext as _

from okoce.community.groups.states import GroupKind
from okoce.community.organisations.rules import required_text
from okoce.foundation.shared.errors import FieldError, Invalid

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REASON, LONGEST_OTHERS = 200, 500, 500, 300


def required_reason(reason: str) -> str:
    """Why something is decided: it stands in the history, and the komunitas reads it."""
    if not reason.strip():
        raise Invalid([FieldError("reason", _("Tulis alasannya dalam satu kalimat; komunitas membacanya."))])
    return required_text("reason", reason, LONGEST_REASON)


def require_kind(kind: str) -> None:
    """Refuses a kind that does not exist."""
    if kind not in GroupKind.values:
        known = ", ".join(GroupKind.values)
        raise Invalid([FieldError("kind", _("Jenis komunitas tidak dikenal. Pakai salah satu: %s.") % known)])
