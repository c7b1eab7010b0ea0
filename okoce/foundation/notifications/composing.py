"""Words put together from a version and what fills it, only when they are needed; and the link by which a volunteer sends them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from okoce.foundation.notifications.models import Message, Wording
from okoce.foundation.shared.keys import decrypt, encrypt

PURPOSE = "notifications.variables"
_NAMED = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it is read."""

    subject: str
    body: str


def seal(variables: Mapping[str, str]) -> bytes:
    return encrypt(PURPOSE, json.dumps(dict(variables), ensure_ascii=False).encode())


def unseal(sealed: bytes | memoryview) -> dict[str, str]:
    opened: dict[str, str] = json.loads(decrypt(PURPOSE, sealed))
    return opened


def names_in(*texts: str) -> list[str]:
    """What the words name, in the order of its first place: the order of WhatsApp's {{1}}, {{2}} …"""
    return list(dict.fromkeys(name for text in texts for name in _NAMED.findall(text)))


def fill(text: str, variables: Mapping[str, str]) -> str:
    """A name that nothing fills reads as a dash; what fills one is never looked through for further names."""
    return _NAMED.sub(lambda found: variables.get(found.group(1), "–"), text)


def composed(wording: Wording, variables: Mapping[str, str]) -> Words:
    return Words(fill(wording.subject, variables), fill(wording.body, variables))


def filling(message: Message, name: str) -> dict[str, str]:
    """What fills a message; the name is the recipient's of today, as is the site's address."""
    return with_site({**unseal(message.variables_encrypted), "name": name})


def with_site(variables: Mapping[str, str]) -> dict[str, str]:
    """What fills the words, and where this site stands: without an address a message leads nowhere."""
    return {**variables, "site": settings.OKOCE_SITE}


def wa_me(phone: str, text: str) -> str:
    """The link that opens WhatsApp with the words typed already; "" without a phone."""
    digits = phone.lstrip("+")
    return f"https://wa.me/{digits}?text={quote(text)}" if digits else ""


def mail_to(address: str, subject: str, text: str) -> str:
    """The same for a mailbox; "" without one."""
    named = quote(address, safe="@")
    return f"mailto:{named}?subject={quote(subject)}&body={quote(text)}" if address else ""
