"""Who saw the contact of whoever speaks for a mitra: kept where she has an account alone."""

from okoce.community.partners.models import Partner, Proposal
from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.states import AccountLookedAt
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission


def note_speaker_seen(
    actor: Actor, partner: Partner, proposal: Proposal | None, right: Permission = Permission.PARTNERS_MANAGE
) -> None:
    """The actor has opened a page with it, by this right."""
    if proposal is None:
        return
    sight = AccountSight(
        page=AccountLookedAt.PARTNER,
        right=right,
        user_id=proposal.contact_user_id,
        phone=proposal.contact_phone,
        region=partner.region,
        partner_ids=frozenset({partner.pk}),
    )
    note_account_look(actor, sight)
