"""The business that a member came with, in words: the baseline against which growth is told later."""

from django.utils.translation import gettext as _

from okoce.community.members.models import Business
from okoce.foundation.web.numbers import count_text, day_text, rupiah_text


def business_facts(business: Business | None, *, with_finances: bool) -> list[tuple[str, str]]:
    """What was said about it, each with its name; what was not said is left out, and so are the finances where the reader may
    not see them."""
    if business is None:
        return []
    told = [
        (_("Keadaan usaha"), str(business.get_entry_state_display())),
        (_("Usaha"), business.name),
        (_("Bidang usaha"), business.sector),
        (_("Mulai usaha"), day_text(business.since_on) if business.since_on else ""),
        (_("Pekerja"), count_text(business.workers) if business.workers is not None else ""),
        (
            _("Omzet sebulan"),
            rupiah_text(business.monthly_turnover)
            if with_finances and business.monthly_turnover is not None
            else "",
        ),
        (_("NIB"), business.nib),
        (_("NPWP"), business.npwp if with_finances else ""),
    ]
    return [(name, value) for name, value in told if value]
