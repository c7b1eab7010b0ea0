"""What the page of verification says of a finding."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.foundation.verification.registry import Finding, Validity
from okoce.foundation.web.numbers import day_text


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in two sentences, and its tone."""

    title: str
    text: str
    tone: str


def verdict_of(found: Finding) -> Verdict:
    """Genuine and valid, or genuine once."""
    named = {"what": found.what_name, "day": day_text(found.until)}
    return {
        Validity.VALID: Verdict(
            _("Asli dan berlaku"), _("%(what)s ini diterbitkan OK OCE dan masih berlaku.") % named, "verified"
        ),
        Validity.REVOKED: Verdict(
            _("Tidak berlaku lagi"),
            _("%(what)s ini dulu asli, tetapi dibatalkan %(day)s. Minta yang baru.") % named,
            "stuck",
        ),
        Validity.ENDED: Verdict(
            _("Sudah berakhir"), _("%(what)s ini asli, tetapi berakhir %(day)s.") % named, "waiting"
        ),
        Validity.NOT_NOW: Verdict(
            _("Asli, tetapi hari ini tidak berlaku"),
            _("%(what)s ini sedang berhenti sementara atau belum mulai.") % named,
            "waiting",
        ),
    }[found.state]
