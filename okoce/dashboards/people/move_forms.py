"""What an officer tells about somebody who moved house."""

from django.utils.translation import gettext_lazy as _

from okoce.dashboards.forms import DayField
from okoce.dashboards.own.forms import HomeForm


class MoveMember(HomeForm):
    """Another home since a day, as an officer heard of it."""

    moved_on = DayField(
        label=_("Mulai tinggal di sana"),
        error_messages={
            "required": _("Tulis sejak tanggal berapa orang ini tinggal di sana. Kira-kira boleh.")
        },
    )
