"""Taking down a partner (mitra)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.partners.events import PartnerCreated
from okoce.community.partners.models import Partner
from okoce.community.partners.states import PartnerKind
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartner:
    """A partner as it is taken down; `region` "" works in the whole nation."""

    name: str
    kind: str
    region: str = ""
    is_synthetic: bool = False


@action(Permission.GROUPS_MANAGE)
def create_partner(actor: Actor, new: NewPartner) -> Partner:
    """Take down a partner; refuses an empty name and an unknown kind."""
    errors = []
    name = clean_text(new.name)
    if isinstance(name, Unreadable) or not name:
        errors.append(FieldError("name", _("Nama mitra kosong atau tidak terbaca. Tulis nama resminya.")))
    if new.kind not in PartnerKind.values:
        errors.append(
            FieldError(
                "kind", _("Jenis mitra tidak dikenal. Pakai salah satu: %s.") % ", ".join(PartnerKind.values)
            )
        )
    if errors:
        raise Invalid(errors)
    partner = Partner.objects.create(
        name=str(name), kind=new.kind, region=new.region, is_synthetic=new.is_synthetic
    )
    record(PartnerCreated(partner_id=partner.pk, name=partner.name), subject=partner)
    return partner
