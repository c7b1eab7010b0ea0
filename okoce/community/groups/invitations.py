"""How a komunitas invites: a link into the registration that names it, the same in a message, and as a square code."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.groups.naming import bare_name
from okoce.community.groups.states import GroupState
from okoce.foundation.accounts.requests import Request
from okoce.foundation.web.cards import SquareCode
from okoce.foundation.web.square_codes import square_code


@dataclass(frozen=True, slots=True)
class Invitation:
    """`share` opens WhatsApp with the text ready, for whomever the reader chooses there."""

    link: str
    share: str

    def code(self, name: str) -> SquareCode:
        return square_code(self.link, _("Kode kotak untuk mendaftar lewat komunitas %s") % bare_name(name))


def invitation_of(request: Request, group: Group) -> Invitation | None:
    """None where the komunitas takes nobody now."""
    if group.state != GroupState.ACTIVE:
        return None
    # a code of digits alone would be read as the number of another komunitas
    word = str(group.pk) if group.code.isdigit() else group.code
    link = f"{request.build_absolute_uri(reverse('register'))}?komunitas={quote(word)}"
    text = _("Ayo bergabung dengan %(name)s dan jadi anggota OK OCE, gratis. Daftar di sini: %(link)s")
    return Invitation(link, f"https://wa.me/?text={quote(text % {'name': group.name, 'link': link})}")
