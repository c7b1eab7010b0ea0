"""What every deed about a komunitas asks of what it is given."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.states import GroupKind
from okoce.foundation.shared.days import day_problem
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REASON = 200, 500, 500


def required_text(field: str, text: str, longest: int) -> str:
    """The text as it is stored; refuses an empty one and one that is too long."""
    read = clean_text(text, longest)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError(field, f"{read.reason} {read.suggestion}")])
    if not read:
        raise Invalid([FieldError(field, _("Bagian ini kosong. Isi dulu."))])
    return read


def required_reason(reason: str) -> str:
    """Why something is decided: it stands in the history, and the komunitas reads it."""
    if not reason.strip():
        raise Invalid([FieldError("reason", _("Tulis alasannya dalam satu kalimat; komunitas membacanya."))])
    return required_text("reason", reason, LONGEST_REASON)


def require_past(field: str, day: date) -> None:
    problem = day_problem(day)
    if problem:
        raise Invalid([FieldError(field, problem)])


def require_kind(kind: str) -> None:
    """Refuses a kind that does not exist."""
    if kind not in GroupKind.values:
        known = ", ".join(GroupKind.values)
        raise Invalid([FieldError("kind", _("Jenis komunitas tidak dikenal. Pakai salah satu: %s.") % known)])
