"""Wires sign-in to what stands above it: the words and the channel that codes leave through, and the members behind a phone."""

from collections.abc import Sequence

from django.conf import settings

from okoce.community.members.actions.sign_in import note_sign_in_lock
from okoce.community.members.models import Member
from okoce.community.members.queries import members_of_phone
from okoce.community.members.signing_in import member_who_may_sign_in
from okoce.config import notices
from okoce.config.channels import FolderChannel, HttpChannel, configured_whatsapp
from okoce.config.notices import AsText, ByCloudApi
from okoce.demo.outbox import DemoOutbox
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.gateway import Gateway, NoChannel, Notice, use_gateway
from okoce.foundation.accounts.people import Person, use_people


class ConfiguredChannel:
    """The channel that the settings name; a demo keeps its messages to itself, whatever else is set."""

    @property
    def name(self) -> str:
        return self._channel().name

    def send(self, phone: str, notice: Notice) -> None:
        self._channel().send(phone, notice)

    def _channel(self) -> Gateway:
        if settings.DEMO != "none":
            return AsText(DemoOutbox())
        if settings.OKOCE_CODE_URL:
            return AsText(
                HttpChannel(settings.OKOCE_CODE_URL, settings.OKOCE_CODE_TOKEN, settings.OKOCE_CODE_CHANNEL)
            )
        whatsapp = configured_whatsapp(notices.TIMEOUT_SECONDS)
        if whatsapp is not None:
            return ByCloudApi(whatsapp)
        if settings.OKOCE_CODE_FOLDER:
            return AsText(FolderChannel(settings.OKOCE_CODE_FOLDER))
        return NoChannel()


class Members:
    """The members behind a phone, as sign-in knows them."""

    def of_phone(self, phone: str) -> Sequence[Person]:
        return [_person(member) for member in members_of_phone(phone)]

    def of_member(self, member_id: int) -> Person | None:
        member = member_who_may_sign_in(member_id)
        return _person(member) if member else None

    def hold(self, member_id: int) -> Person | None:
        Member.objects.filter(pk=member_id).select_for_update(of=("self",), no_key=True).first()
        return self.of_member(member_id)

    def note_lock(self, member_id: int, until: str) -> None:
        member = member_who_may_sign_in(member_id)
        if member is not None:
            note_sign_in_lock(Actor.system("sign_in"), member, until)


def _person(member: Member) -> Person:
    return Person(member.pk, member.name, member.phone, member.number)


def wire_sign_in() -> None:
    """Called once when every app is ready."""
    use_gateway(ConfiguredChannel())
    use_people(Members())
