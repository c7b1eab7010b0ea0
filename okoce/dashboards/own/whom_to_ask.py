"""Where a member can go and whom she can write to: the next step says what to do, and a card without an address helps nobody."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.centres.models import Centre
from okoce.community.centres.queries import nearest_open, open_of
from okoce.community.groups.models import Group
from okoce.community.groups.naming import bare_name
from okoce.community.members.models import Member
from okoce.foundation.notifications.composing import wa_me
from okoce.foundation.web import steps as kit
from okoce.foundation.web.numbers import count_text

_MOBILE = "+628"  # only these have WhatsApp


def with_a_centre(card: kit.NextStep, member: Member) -> kit.NextStep:
    """The card with the open centre that is nearest to her, or the way to look for one."""
    near = nearest_open(member.region, 1)
    if not near:
        looked_for = f"{reverse('nearest_centres')}?kecamatan={member.region}"
        return replace(card, ask=kit.StepLink(_("Cari pusat wirausaha"), looked_for, "pin"))
    centre, kilometres = near[0].centre, near[0].kilometres
    page = kit.StepLink(_("Lihat pusat terdekat"), reverse("centre", args=[centre.pk]), "pin")
    helper = card.helper and replace(card.helper, note=f"{card.helper.note} {_where(centre, kilometres)}")
    return replace(card, helper=helper, action=_chat(centre, member, card.title), ask=page)


def chats_at_centres(group: Group, member: Member) -> list[kit.StepLink]:
    """WhatsApp to each open centre of her komunitas that named somebody to the public; none where it has none."""
    words = _("Halo, saya %(name)s, anggota OK OCE %(number)s di komunitas %(group)s. Saya mau bertanya.")
    text = words % {"name": member.name, "number": member.number, "group": bare_name(group.name)}
    return [
        kit.StepLink(
            _("Tanya %s lewat WhatsApp") % (centre.contact_name or centre.name),
            wa_me(centre.contact_phone, text),
            "chat",
        )
        for centre in open_of(group.pk)
        if centre.contact_phone.startswith(_MOBILE)
    ]


def _where(centre: Centre, kilometres: float | None) -> str:
    told = {"name": centre.name, "address": centre.address, "hours": centre.hours}
    if kilometres is None or round(kilometres) == 0:
        return _("Pusat terdekat: %(name)s, %(address)s. Buka %(hours)s.") % told
    told["distance"] = count_text(round(kilometres))
    return _("Pusat terdekat: %(name)s, %(address)s, sekitar %(distance)s km. Buka %(hours)s.") % told


def _chat(centre: Centre, member: Member, order: str) -> kit.StepLink | None:
    """WhatsApp to whoever the centre named to the public, with the first words typed already; None where nobody has it."""
    if not centre.contact_phone.startswith(_MOBILE):
        return None
    words = _("Halo, saya %(name)s, anggota OK OCE %(number)s. Langkah saya: %(order)s. Bagaimana caranya?")
    text = words % {"name": member.name, "number": member.number, "order": order}
    named = centre.contact_name or centre.name
    return kit.StepLink(_("Tanya %s lewat WhatsApp") % named, wa_me(centre.contact_phone, text), "chat")
