"""A member changes komunitas at most once a day, so that each day belongs to one of them: the deed refuses it, and her pages say so
before she tries."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.models import Membership
from okoce.community.groups.naming import bare_name


def why_not_again(times: Iterable[Membership], today: date) -> str:
    """Why she cannot join, move or leave today: she came into a komunitas or left one today already, whoever noted it; "" where she
    can. `times` are all of hers, with their komunitas."""
    changed = [
        one
        for one in times
        if (one.from_on is not None and one.from_on >= today) or (one.until_on and one.until_on >= today)
    ]
    for one in changed:
        if one.until_on is None:
            return _(
                "Anda baru masuk komunitas %s hari ini. Pindah atau keluar bisa mulai besok."
            ) % bare_name(one.group.name)
    if changed:
        last = max(changed, key=lambda one: (one.until_on or today, one.pk))
        return _(
            "Anda baru keluar dari komunitas %s hari ini. Masuk komunitas bisa mulai besok."
        ) % bare_name(last.group.name)
    return ""
