"""Six digits sent to a phone, for signing in and for registering alike.

Both calls open and close a transaction of their own, since a wrong code must be counted although it is refused: call them
outside of any deed. Whoever is behind the phone plays no part here, so known and unknown phones get the same answer in the
same time.
"""

import hmac
import math
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.accounts import caps, lockout
from okoce.foundation.accounts.clock import clock_text
from okoce.foundation.accounts.gateway import Notice, Undeliverable, deliver
from okoce.foundation.accounts.models import SignInCode
from okoce.foundation.accounts.states import CodePurpose, NoticeKind
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.statements import run_prepared

log = structlog.get_logger(__name__)

DIGITS = 6
TRIES = 5
LASTS = timedelta(minutes=10)
BETWEEN = timedelta(minutes=1)
AGAIN = timedelta(minutes=1)
# Only mobile numbers of Indonesia: messages to other countries are how codes are made to cost a fortune.
_MOBILE = re.compile(r"\+628[0-9]{8,11}")

# A new code takes the place of the old one, unless that one has only just left and waits to be typed.
_KEEP = """
INSERT INTO accounts_signincode AS c (purpose, phone_hash, code_hash, at, until, tries_count)
VALUES (%(purpose)s, %(phone)s, %(code)s, %(now)s::timestamptz, %(until)s::timestamptz, 0)
ON CONFLICT (phone_hash, purpose) DO UPDATE
SET code_hash = excluded.code_hash, at = excluded.at, until = excluded.until, tries_count = 0, used_since = NULL, used_by_hash = NULL
WHERE c.at <= %(latest)s::timestamptz OR c.used_since IS NOT NULL
RETURNING c.id
"""


def send_code(phone: str, *, purpose: str, address: str) -> datetime:
    """Send a new code to a phone (E.164) and answer until when it counts; the one before counts no more.

    Refuses, with when to try again: a phone that is not a mobile number of Indonesia, one that is locked, one that got a code
    within the last minute (`code="just_sent"`, or `"spent_code"` where that one was guessed away), whatever passes a cap, and
    where no channel takes it.
    """
    if not _MOBILE.fullmatch(phone):
        raise Refused(
            _("Kode hanya bisa dikirim ke nomor HP Indonesia, seperti 0812-3456-7890."), field="phone"
        )
    code, until = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", timezone.now() + LASTS
    with transaction.atomic(durable=True):
        lockout.refuse_shut(phone, address)
        _keep(CodePurpose(purpose), phone, code, until)
        caps.take_one(phone, address)
    try:
        deliver(phone, _notice(CodePurpose(purpose), code, until))
    except Undeliverable as error:
        log.warning("code not sent", reason=str(error))
        _forget(CodePurpose(purpose), phone)
        raise Refused(
            _("Kode belum terkirim karena gangguan pengirim pesan. Coba lagi beberapa menit lagi."),
            code="undeliverable",
        ) from None
    except Refused:
        _forget(CodePurpose(purpose), phone)
        raise
    return until


def accept_code(phone: str, text: str, *, purpose: str, address: str, holder: str = "") -> None:
    """Take the code that somebody typed for a phone; it counts once. Refuses a wrong, old or used one, and locks whoever guesses.

    `holder` names what the code is typed into (a session, a draft): the same right code from there is taken again for a
    minute, since a button is tapped twice and an answer gets lost.
    """
    typed = "".join(re.findall(r"[0-9]", text))
    if len(typed) != DIGITS:
        raise Refused(
            _("Kode terdiri dari 6 angka. Lihat lagi pesan kami, lalu ketik semuanya."), field="code"
        )
    lockout.refuse_shut(phone, address)
    with transaction.atomic(durable=True):
        outcome = _try_code(_Typed(CodePurpose(purpose), phone, typed, holder), address)
    if outcome is None:
        return
    raise Refused(outcome, code="wrong_code", field="code")


def counts_until(phone: str, *, purpose: str) -> datetime | None:
    """Until when the code that a phone was sent may be typed in; None once it is used up, over or shut off by a lock."""
    if lockout.shut_until(phone) is not None:
        return None
    code = SignInCode.objects.filter(purpose=CodePurpose(purpose), phone_hash=caps.phone_key(phone)).first()
    return code.until if code is not None and _tries_left(code) else None


@dataclass(frozen=True, slots=True)
class _Typed:
    """Six digits, for what and which phone they were typed, and into what."""

    purpose: CodePurpose
    phone: str
    digits: str
    holder: str

    def is_right(self, code: SignInCode | None) -> bool:
        kept = bytes(code.code_hash) if code else b""
        return hmac.compare_digest(kept, _hash_of(self.purpose, self.phone, self.digits))

    def is_repeated(self, code: SignInCode) -> bool:
        """Whether the code was used just now, from the same place."""
        if not self.holder or code.used_since is None or code.used_by_hash is None:
            return False
        is_lately = code.used_since > timezone.now() - AGAIN
        return is_lately and hmac.compare_digest(bytes(code.used_by_hash), _holder_hash(self.holder))


def _try_code(told: _Typed, address: str) -> str | None:
    """None for the right code, else what is wrong: said only after it was counted for good.

    The counters are held first, so twenty at once come here one after the other.
    """
    guesses = lockout.guesses_of(told.phone, address)
    codes = SignInCode.objects.select_for_update(of=("self",))
    code = codes.filter(purpose=told.purpose, phone_hash=caps.phone_key(told.phone)).first()
    left = _tries_left(code)
    if told.is_right(code) and code is not None and (left or told.is_repeated(code)):
        if code.used_since is None:
            _use(code, told.holder)
            guesses.forgive()
        return None
    is_locked = guesses.note_wrong(told.phone)
    if code is not None:
        code.tries_count += 1
        code.save(update_fields=["tries_count"])
    if is_locked and guesses.phone.locked_until:
        return _locked_sentence(guesses.phone.locked_until)
    return _wrong_sentence(min(left - 1, guesses.left), _seconds_to_wait(code))


def _use(code: SignInCode, holder: str) -> None:
    code.used_since, code.used_by_hash = timezone.now(), _holder_hash(holder)
    code.save(update_fields=["used_since", "used_by_hash"])


def _holder_hash(holder: str) -> bytes:
    return keyed_hash("accounts.code_holder", holder)


def _tries_left(code: SignInCode | None) -> int:
    is_alive = code is not None and code.used_since is None and code.until > timezone.now()
    return max(TRIES - code.tries_count, 0) if code is not None and is_alive else 0


def _locked_sentence(until: datetime) -> str:
    return _(
        "Kode belum cocok. Nomor ini dikunci sampai pukul %(until)s, agar tidak ada yang menebak. Sesudah itu minta kode baru."
    ) % {"until": clock_text(until)}


def _wrong_sentence(left: int, seconds: int) -> str:
    if left > 0:
        return _("Kode belum cocok. Masih bisa %(left)s kali lagi.") % {"left": left}
    if seconds:
        return _("Kode itu sudah tidak berlaku. Minta kode baru %(seconds)s detik lagi.") % {
            "seconds": seconds
        }
    return _("Kode itu sudah tidak berlaku. Minta kode baru, lalu pakai kode yang terakhir dikirim.")


def _seconds_to_wait(code: SignInCode | None) -> int:
    """How long until another code is sent where this one was guessed away; rounded up, so that nobody comes too early."""
    if code is None or code.used_since is not None or _tries_left(code):
        return 0
    return max(math.ceil((code.at + BETWEEN - timezone.now()).total_seconds()), 0)


def _keep(purpose: CodePurpose, phone: str, code: str, until: datetime) -> None:
    now = timezone.now()
    values = {
        "purpose": purpose.value,
        "phone": caps.phone_key(phone),
        "code": _hash_of(purpose, phone, code),
    }
    if not run_prepared(_KEEP, values | {"now": now, "until": until, "latest": now - BETWEEN}):
        raise _too_soon(SignInCode.objects.filter(purpose=purpose, phone_hash=values["phone"]).first())


def _too_soon(last: SignInCode | None) -> Refused:
    """The code of a moment ago is good enough, unless nobody can use it any more: then when the next one is sent."""
    if seconds := _seconds_to_wait(last):
        sentence = _(
            "Kode yang terakhir dikirim sudah tidak berlaku. Kode baru bisa diminta %(seconds)s detik lagi."
        )
        return Refused(sentence % {"seconds": seconds}, code="spent_code")
    return Refused(
        _("Kode baru saja dikirim. Tunggu satu menit, lalu minta lagi bila belum sampai."), code="just_sent"
    )


def _forget(purpose: CodePurpose, phone: str) -> None:
    """A code that nobody got must not make its owner wait."""
    SignInCode.objects.filter(purpose=purpose, phone_hash=caps.phone_key(phone)).delete()


def _hash_of(purpose: CodePurpose, phone: str, code: str) -> bytes:
    return keyed_hash("accounts.code", f"{purpose.value}\0{phone}\0{code}")


def _notice(purpose: CodePurpose, code: str, until: datetime) -> Notice:
    if purpose is CodePurpose.GUARDIAN:  # typed in on the child's phone: its words say what it agrees to
        return Notice(NoticeKind.GUARDIAN_CODE, {"until": clock_text(until)}, code)
    told = {"what": str(purpose.label), "until": clock_text(until)}
    return Notice(NoticeKind.SIGN_IN_CODE, told, code)


def codes_over(now: datetime) -> QuerySet[SignInCode]:
    """Codes that nobody used in time."""
    return SignInCode.objects.filter(until__lt=now - LASTS)


def forget_old_codes(now: datetime) -> int:
    """Delete codes that nobody used in time; returns how many."""
    deleted, _per_table = codes_over(now).delete()
    return deleted
