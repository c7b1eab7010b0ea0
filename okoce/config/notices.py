"""What a phone is told at once, in the words of today: as plain text over any channel, or by WhatsApp's Cloud API as templates that
WhatsApp has approved."""

import time
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import get_language

from okoce.foundation.accounts.gateway import Notice, Undeliverable
from okoce.foundation.accounts.states import NoticeKind
from okoce.foundation.notifications.adapters import Ready, Rejected, Unavailable
from okoce.foundation.notifications.immediate import ready_now
from okoce.foundation.notifications.kinds import GUARDIAN_ASKED, KINDS, Kind
from okoce.foundation.notifications.states import Language
from okoce.foundation.notifications.whatsapp import CloudApi

TIMEOUT_SECONDS = 5  # somebody looks at a page meanwhile
WAIT_SECONDS = 0.5
TRIES = 2
# The text that WhatsApp writes around a code cannot say what the code agrees to: this goes first.
_BEFORE = {NoticeKind.GUARDIAN_CODE: GUARDIAN_ASKED}


class TextChannel(Protocol):
    """Whatever takes a text for a phone."""

    @property
    def name(self) -> str: ...

    def send(self, phone: str, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class AsText:
    """Notices as plain words."""

    channel: TextChannel

    @property
    def name(self) -> str:
        return self.channel.name

    def send(self, phone: str, notice: Notice) -> None:
        self.channel.send(phone, words_of(notice))


@dataclass(frozen=True, slots=True)
class ByCloudApi:
    """Notices as approved templates: a code as an authentication template, all else as utility templates."""

    api: CloudApi
    name: str = "WhatsApp"

    def send(self, phone: str, notice: Notice) -> None:
        """Nothing leaves before all of it has a name."""
        before = _BEFORE.get(notice.kind)
        first = [_ready(before, phone, Notice(notice.kind, notice.variables))] if before else []
        readies = [*first, _ready(KINDS[notice.kind], phone, notice)]
        for ready in readies:
            if not ready.template:
                raise Undeliverable("no approved template")
        for ready in readies:
            self._send_one(ready)

    def _send_one(self, ready: Ready) -> None:
        """Once more under the same reference: a connection that was kept may have gone stale. The same code twice does no harm."""
        for attempt in range(1, TRIES + 1):
            try:
                self.api.send(ready)
            except Rejected as error:
                raise Undeliverable(str(error)) from None
            except Unavailable as error:
                if attempt == TRIES:
                    raise Undeliverable(str(error)) from None
                time.sleep(WAIT_SECONDS)
            else:
                return


def words_of(notice: Notice) -> str:
    """A notice in the words of today, in the language of whoever is served."""
    return _ready(KINDS[notice.kind], "", notice).body


def _ready(kind: Kind, phone: str, notice: Notice) -> Ready:
    language = (get_language() or "").partition("-")[0]
    spoken = language if language in Language.values else Language.INDONESIAN.value
    try:
        return ready_now(kind, phone, spoken, notice.variables, code=notice.code)
    except LookupError:
        raise Undeliverable(f"no words for {kind.code}") from None
