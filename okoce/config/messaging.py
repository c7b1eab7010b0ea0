"""Wires messages to what stands above them: the channels that the settings name, and the members they go to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings

from okoce.community.groups.queries import regions_of_groups
from okoce.community.members.queries import contacts_of, records_of
from okoce.config.channels import configured_whatsapp
from okoce.demo.outbox import DemoOutbox
from okoce.foundation.notifications.adapters import Adapter, Ready, use_adapters
from okoce.foundation.notifications.mail import Mail
from okoce.foundation.notifications.recipients import Recipient, use_members
from okoce.foundation.notifications.states import Channel
from okoce.foundation.territory.queries import zone_of


@dataclass(frozen=True, slots=True)
class DemoChannel:
    """A demo shows its messages on its page, whatever else is set; at once, since whoever tries it at night waits for them."""

    takes_templates_only: bool = False
    is_remote: bool = False
    wakes_people: bool = False

    def send(self, ready: Ready) -> str:
        DemoOutbox().send(ready.address, ready.body)
        return f"demo:{ready.reference[:16]}"


class ConfiguredAdapters:
    """The channels that the settings name; what is not set leaves its messages to hands."""

    def configured(self) -> Mapping[str, Adapter]:
        if settings.DEMO != "none":
            return {Channel.WHATSAPP.value: DemoChannel(), Channel.EMAIL.value: DemoChannel()}
        found: dict[str, Adapter] = {}
        whatsapp = configured_whatsapp()
        if whatsapp is not None:
            found[Channel.WHATSAPP.value] = whatsapp
        if settings.EMAIL_HOST:
            _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
            found[Channel.EMAIL.value] = Mail(address.rpartition("@")[2] or "localhost")
        return found


class Members:
    """How members are reached, and where komunitas work; people who were made up are written to in a demo alone."""

    def of(self, member_ids: Collection[int]) -> Mapping[int, Recipient]:
        found = contacts_of(member_ids, with_synthetic=settings.DEMO != "none")
        return {
            asked: Recipient(
                name=contact.name,
                phone=contact.phone or "",
                email=contact.email,
                zone=zone_of(contact.region),
                may_be_written_to=contact.allows_contact,
            )
            for asked, contact in found.items()
        }

    def records_of(self, member_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
        return records_of(member_ids)

    def regions_of_groups(self, group_ids: Collection[int]) -> Mapping[int, str]:
        return regions_of_groups(group_ids)


def wire_messages() -> None:
    """Called once when every app is ready."""
    use_adapters(ConfiguredAdapters())
    use_members(Members())
