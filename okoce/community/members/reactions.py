"""What follows from a member's new data elsewhere."""

from okoce.foundation.accounts.new_phones import follow_and_tell
from okoce.foundation.events.facts import on
from okoce.foundation.events.queries import changes_of


@on("members.member_corrected")
def follow_new_phone(event_id: int) -> None:
    """Sign-in goes by the phone: the account follows, and the phone before is told."""
    member_id, changes = changes_of(event_id)
    if "phone" in changes:
        before, after = changes["phone"]
        follow_and_tell(member_id, before or "", after or "")
