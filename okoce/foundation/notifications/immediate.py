"""What leaves at once, past the outbox, and is kept nowhere: a code, or what a phone is told of its lock. The words are versions like
all others."""

import uuid
from collections.abc import Mapping

from django.utils import timezone

from okoce.foundation.notifications.adapters import Ready
from okoce.foundation.notifications.composing import composed, fill, names_in, with_site
from okoce.foundation.notifications.kinds import Kind
from okoce.foundation.notifications.routing import wordings_on


def ready_now(
    kind: Kind, address: str, language: str, variables: Mapping[str, str], *, code: str = ""
) -> Ready:
    """The words that hold today, put together for an address; the code fills them under its name. Raises LookupError where a kind
    has none."""
    if not kind.is_immediate:
        raise ValueError(f"{kind.code} goes through the outbox")
    wording = wordings_on({(kind.code, language)}, timezone.now())[kind.code, language]
    filling = with_site({**variables, "code": code} if code else variables)
    words = composed(wording, filling)
    return Ready(
        reference=uuid.uuid4().hex,  # of this one alone: nothing of the phone or the code
        address=address,
        subject=words.subject,
        body=words.body,
        language=wording.language,
        template=wording.whatsapp_name,
        parameters=[fill(f"{{{name}}}", filling) for name in names_in(wording.body)],
        code=code,
    )
