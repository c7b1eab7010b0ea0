"""The register of breaches: what stands in it, what has still to be told, and the words of a notice."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.privacy.breach_models import Breach, BreachPerson, BreachQuerySet, NoticeText
from okoce.community.privacy.notices import Unreached, told_how, unreached_among
from okoce.community.privacy.states import Audience
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import day_in, day_in_words, today_wib
from okoce.foundation.shared.errors import NotFound

PER_PAGE = 50
MOST_NAMED = 100
READ = Permission.PRIVACY_READ


def breaches(actor: Actor, before: int | None = None) -> tuple[list[Breach], int | None]:
    """The register, the newest first, and behind which the next page begins."""
    rows = Breach.objects.visible_to(actor, READ).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return page, page[-1].pk if len(found) > PER_PAGE else None


def breach_for(actor: Actor, breach_id: int, permission: Permission = READ) -> Breach:
    """One of the register, for whoever reads it."""
    found = Breach.objects.visible_to(actor, permission).filter(pk=breach_id).first()
    if found is None:
        raise NotFound(_("Catatan kebocoran itu tidak ada."))
    return found


def breaches_untold(actor: Actor) -> BreachQuerySet:
    """What has still to be told, for whoever may."""
    rows: BreachQuerySet = Breach.objects.visible_to(actor, Permission.PRIVACY_MANAGE_BREACHES)
    return rows.untold()


@dataclass(frozen=True, slots=True)
class Affected:
    """Who of a breach is known: how many, and how many of these have an account alone; the first of both."""

    count: int
    account_count: int
    first: list[Member]
    accounts: list[str]


def affected(actor: Actor, breach: Breach) -> Affected:
    """Whose data got out, as far as that is known."""
    rows = BreachPerson.objects.visible_to(actor, READ).filter(breach=breach)
    of_members, of_accounts = rows.filter(member__isnull=False), rows.filter(user_id__isnull=False)
    ids = of_members.order_by("id").values_list("member_id", flat=True)[:MOST_NAMED]
    user_ids = of_accounts.order_by("id").values_list("user_id", flat=True)[:MOST_NAMED]
    return Affected(
        rows.count(),
        of_accounts.count(),
        list(Member.objects.filter(pk__in=list(ids)).order_by("name_key", "id")),
        sorted(user_names(filter(None, user_ids)).values()),
    )


def unreached(actor: Actor, breach: Breach, after: int | None = None) -> tuple[list[Unreached], int | None]:
    """To whom nothing has come, in the order in which they were written down, and behind which the next page begins."""
    rows = unreached_among(BreachPerson.objects.visible_to(actor, READ), breach).order_by("id")
    found = list(rows.filter(pk__gt=after or 0)[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return told_how(breach, page), page[-1].pk if len(found) > PER_PAGE else None


def unreached_count(actor: Actor, breach: Breach) -> int:
    """How many they are."""
    return unreached_among(BreachPerson.objects.visible_to(actor, READ), breach).count()


def own_notices(actor: Actor, member: Member) -> list[Breach]:
    """The breaches of which a member was told, the newest first; also under a record that was merged into hers."""
    rows = BreachPerson.objects.visible_to(actor, Permission.MEMBERS_READ)
    hers = rows.filter(Q(member=member) | Q(member__merged_into=member))
    told = Breach.objects.filter(pk__in=hers.values("breach_id"), subjects_told_at__isnull=False)
    return list(told.order_by("-subjects_told_at", "-id")[:PER_PAGE])


def own_account_notices(actor: Actor) -> list[Breach]:
    """The same of whoever has an account alone."""
    hers = BreachPerson.objects.filter(user_id=actor.user_id, user_id__isnull=False)
    told = Breach.objects.filter(pk__in=hers.values("breach_id"), subjects_told_at__isnull=False)
    return list(told.order_by("-subjects_told_at", "-id")[:PER_PAGE])


def notice_words(breach: Breach, audience: str) -> str:
    """A notice in the words of today, filled from the register, in the reader's language. Public: it names nobody, and the
    breach was found before."""
    text = NoticeText.objects.valid_on(audience, today_wib())
    words = text.text_en if (get_language() or "id").startswith("en") else text.text
    unknown = _("belum diketahui")
    filled = {
        "title": breach.title,
        "what": breach.what,
        "data": breach.data,
        "noticed": day_in_words(day_in("WIB", breach.noticed_since)),
        "happened": day_in_words(breach.happened_on) if breach.happened_on else unknown,
        "count": _counted(breach) if breach.people_count is not None else unknown,
        "measures": breach.measures or unknown,
    }
    for name, value in filled.items():
        words = words.replace(f"{{{name}}}", value)
    return words


def _counted(breach: Breach) -> str:
    """How many people, and how many of those who are known have an account alone."""
    known = BreachPerson.objects.filter(breach=breach, user_id__isnull=False).count()
    if not known:
        return str(breach.people_count)
    told = {"count": breach.people_count, "accounts": known}
    return _("%(count)d, di antaranya %(accounts)d pemilik akun yang bukan anggota") % told


def sent_or_now(breach: Breach, audience: str) -> str:
    """A notice as it was sent, else as it would be sent now. Public: likewise."""
    sent = breach.agency_words if audience == Audience.AGENCY else breach.subject_words
    return sent or notice_words(breach, audience)
