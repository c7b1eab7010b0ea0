"""Whoever holds an office takes back that everybody reads her name."""

from django.utils.translation import gettext as _

from okoce.community.association.events import NamingWithdrawn
from okoce.community.association.models import Branch, Tenure
from okoce.community.association.queries.tenures import offices_of, own_tenures
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import own_action
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import NotFound


@own_action
def withdraw_own_naming(actor: Actor, tenure_id: int) -> Tenure:
    """From now on her name is masked wherever it was read in whole. Twice is once; a term that is not hers reads as not found,
    whoever she is."""
    found = own_tenures(actor).filter(pk=tenure_id).first()
    if found is None:
        raise NotFound(_("Masa jabatan itu bukan milik Anda."))
    branch = Branch.objects.locked(found.branch_id)
    locked = Tenure.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    if locked.named_on is None:
        return locked
    locked.named_on = None
    locked.save(update_fields=["named_on", "updated_at"])
    fact = NamingWithdrawn(
        branch_id=branch.pk,
        tenure_id=locked.pk,
        user_id=locked.user_id or 0,
        position_name=offices_of([locked])[locked.pk].name,
    )
    record(fact, subject=branch, changes={"named": [_("ya"), _("tidak")]})
    return locked
