"""Correcting and completing what stands about the business that somebody came with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.actions.entry import NewBusiness
from okoce.community.members.events import BusinessCorrected
from okoce.community.members.models import Business, Member
from okoce.community.members.queries import may_see_finances
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import FieldError, Invalid

LABELS = {
    "name": _lazy("nama usaha"),
    "sector": _lazy("bidang usaha"),
    "entry_state": _lazy("keadaan usaha"),
    "since_on": _lazy("mulai usaha"),
    "workers": _lazy("pekerja"),
    "monthly_turnover": _lazy("omzet sebulan"),
    "nib": _lazy("NIB"),
    "npwp": _lazy("NPWP"),
}
FINANCES = frozenset({"monthly_turnover", "npwp"})


@action(Permission.MEMBERS_CORRECT)
def correct_business(actor: Actor, member: Member, told: Mapping[str, Any]) -> tuple[str, ...]:
    """Put right what stands about the business at entry, the baseline of growth and of added jobs; answers which fields changed.

    `told` are columns of Business; a column that is left out stays. Sums follow, also those of days past: a correction restates.
    Refuses wrong fields, finances that the officer may not see, and a business that runs before its owner was there.
    """
    if FINANCES & told.keys() and not may_see_finances(actor, member):
        sentence = _(
            "Anggota belum mengizinkan Anda melihat data keuangannya, jadi bagian ini tidak bisa diubah."
        )
        raise Invalid([FieldError(name, sentence) for name in sorted(FINANCES & told.keys())])
    locked = Member.objects.locked_standing(member.pk)
    business = Business.objects.select_for_update().filter(member=locked).first() or Business(member=locked)
    stands = {name: getattr(business, name) for name in LABELS}
    wanted = NewBusiness(**{**stands, **told}).checked()
    changes = {
        name: [stands[name], wanted[name]] for name in LABELS if name in told and stands[name] != wanted[name]
    }
    if not changes:
        return ()
    for name, (_before, after) in changes.items():
        setattr(business, name, after)
    business.save()
    labels = ", ".join(str(LABELS[name]) for name in changes)
    said = {f"business_{name}": change for name, change in changes.items()}
    record(BusinessCorrected(member_id=locked.pk, fields=labels), subject=locked, changes=said)
    return tuple(changes)
