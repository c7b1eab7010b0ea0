"""Questions of whoever applies for a mitra: what she applied for, whether a name is free, to what she agrees."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.names import name_key
from okoce.community.partners.models import ContactText, Partner
from okoce.community.partners.states import WAITING, PartnerState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib

MOST_SHOWN = 50


def proposals_of_phone(actor: Actor, phone: str) -> list[Partner]:
    """The partners that were applied for under a telephone number, the latest first; whoever asks has proven it. What the
    secretariat took down with that number is not among them: it may have been mistyped."""
    rows = Partner.objects.visible_to(actor, Permission.PARTNERS_MANAGE).filter(
        proposal__contact_phone=phone, proposal__phone_proven_since__isnull=False
    )
    return list(rows.select_related("proposal").order_by("-id")[:MOST_SHOWN])


def is_name_taken(name: str, besides: str) -> bool:
    """Whether another mitra has the name; those that wait under the applicant's own telephone do not count. Public: it says
    nothing of what stands under that name."""
    others = Partner.objects.filter(name_key=name_key(name)).exclude(state=PartnerState.REFUSED)
    own = Partner.objects.filter(
        state__in=WAITING, proposal__contact_phone=besides, proposal__phone_proven_since__isnull=False
    )
    return others.exclude(pk__in=own.values("pk")).exists()


def name_taken() -> str:
    """What a stranger is told of a name that another mitra has, whatever has become of that one. Public."""
    return _(
        "Nama “%s” sudah tercatat. Bila Anda mewakilinya, minta sekretariat menunjuk Anda; bila bukan, tulis nama yang lebih lengkap."
    )


def contact_words() -> tuple[str, str]:
    """To what whoever applies today agrees: which version, and its words. Public."""
    text = ContactText.objects.valid_on(today_wib())
    is_english = (get_language() or "id").startswith("en")
    return text.version, text.text_en if is_english else text.text
