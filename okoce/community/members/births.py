"""Whether somebody can have been born on a day and come in on another: one judgement for every door."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import Unreadable

YOUNGEST = 12
OLDEST = 120


def birth_problem(birth_on: date, registered_on: date) -> Unreadable | None:
    """Why nobody of this birth date registers on that day; None where somebody may."""
    years = registered_on.year - birth_on.year
    if years > OLDEST:
        return Unreadable(_("Tahun lahirnya terlalu lama."), _("Cocokkan dengan KTP."))
    # in the year of that birthday it counts from the day itself
    if years < YOUNGEST or (
        years == YOUNGEST and (registered_on.month, registered_on.day) < (birth_on.month, birth_on.day)
    ):
        return Unreadable(
            _("Anggota paling muda berumur 12 tahun."), _("Cocokkan tanggal lahirnya dengan KTP atau KK.")
        )
    return None
