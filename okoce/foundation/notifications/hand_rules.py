"""Which kinds volunteers are asked to send by hand: what was decided for each, what a decision must say, and whom it touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.notifications.kinds import KINDS, PRIVATE, Kind
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.states import Channel, MessageState, TermCode
from okoce.foundation.notifications.terms import terms_on
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.shared.versions import LONGEST_SOURCE, checked_source

LOOKED_BACK = 7  # days of which a preview tells
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class NewHandRule:
    """For how many days a volunteer is asked to send a kind, from a day on, as a decision says it; 0: never."""

    code: str
    days: int
    from_on: date
    source: str


def hand_kind(code: str) -> Kind:
    """A kind that a volunteer may be asked to send. Refuses what nobody else may read, whatever is decided."""
    kind = KINDS.get(code)
    if kind is None or kind.is_immediate:
        raise NotFound(_("Jenis pesan itu tidak ada."))
    if kind.is_private:
        raise NotFound(_("Pesan jenis ini hanya untuk penerimanya dan tidak pernah lewat tangan orang lain."))
    return kind


def checked_rule(new: NewHandRule) -> str:
    """The source as it is stored; refuses what cannot be, every wrong field at once."""
    most, wrong = most_days(), None
    if not 0 <= new.days <= most:
        sentence = _("Tulis jumlah hari dari 0 sampai %s: sesudahnya pesan tidak disimpan lagi.")
        wrong = FieldError("days", sentence % most)
    return checked_source(new.source, new.from_on, wrong)


def required_reason(reason: str) -> str:
    """Why a rule is taken back, as it is stored; refuses a missing one."""
    read = clean_text(reason, LONGEST_SOURCE)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("reason", f"{read.reason} {read.suggestion}")])
    if not read:
        raise Invalid([FieldError("reason", _("Tulis mengapa aturan ini dibatalkan."))])
    return read


def most_days() -> int:
    """Nobody is asked to send what is not kept any more."""
    return terms_on(today_wib())[TermCode.KEPT_DAYS]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about one kind, the latest first, with what was taken back; the row in force today, and those that come. Of a
    private kind nothing is, whatever a row says."""

    kind: Kind
    rows: Sequence[HandRule]
    holding: HandRule | None
    coming: Sequence[HandRule]


def hand_rules(day: date) -> list[Decided]:
    """Every kind that waits in the outbox with what was decided about it. Public reference data."""
    rows: dict[str, list[HandRule]] = {code: [] for code in KINDS}
    for row in HandRule.objects.order_by("-from_on", "-id"):
        rows.setdefault(row.code, []).append(row)
    return [_decided(kind, rows[code], day) for code, kind in KINDS.items() if not kind.is_immediate]


def hand_rules_of(kind: Kind, day: date) -> Decided:
    """What was decided about one kind. Public reference data."""
    return _decided(kind, list(HandRule.objects.filter(code=kind.code).order_by("-from_on", "-id")), day)


def _decided(kind: Kind, rows: Sequence[HandRule], day: date) -> Decided:
    if kind.code in PRIVATE:
        return Decided(kind, [], None, [])
    real = [row for row in rows if row.taken_back_since is None]
    holding = next((row for row in real if row.from_on <= day), None)
    return Decided(kind, rows, holding, [row for row in real if row.from_on > day])


def coming_rule(rule_id: int) -> HandRule:
    """One that was decided and has not begun. Public reference data."""
    row = HandRule.objects.standing().filter(pk=rule_id).first()
    if row is None:
        raise NotFound(_("Aturan itu tidak ada, atau sudah dibatalkan."))
    hand_kind(row.code)
    return row


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a rule would touch if it held today: how many wait for a volunteer now, how many of these would be asked of nobody any
    more, and how many of the last days stand on their recipients' own pages alone. None is counted beyond `MOST_COUNTED`."""

    waiting: int
    leaving: int
    on_own_page: int


def touched_by(actor: Actor, code: str, days: int) -> Touched:
    """What a rule of so many days would touch within the actor's reach."""
    now = timezone.now()
    rows = Message.objects.visible_to(actor, Permission.MESSAGES_MANAGE).filter(code=code)
    waiting = rows.filter(state=MessageState.BY_HAND, hand_until__gt=now)
    own_page = Q(state=MessageState.SENT, channel=Channel.IN_APP)
    counted = (
        waiting,
        waiting.filter(at__lte=now - timedelta(days=days)),
        rows.filter(own_page, at__gt=now - timedelta(days=LOOKED_BACK)),
    )
    return Touched(*(found.values("pk")[: MOST_COUNTED + 1].count() for found in counted))
