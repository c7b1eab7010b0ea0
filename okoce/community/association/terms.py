"""Terms of office: how one begins and ends. Neither gives or takes a grant."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.association import events
from okoce.community.association.holders import Holder, holder_names, is_same
from okoce.community.association.models import Branch, Position, Tenure
from okoce.community.association.rules import NewTenure
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, last_day, today_wib
from okoce.foundation.shared.errors import Refused


def position_name(position: Position) -> str:
    """What an office is called, in the language of the reader."""
    return position.name_en if (get_language() or "id").startswith("en") else position.name


def begin(branch: Branch, holder: Holder, position: Position, new: NewTenure) -> Tenure:
    """Write a term; the same one a second time is the one that stands. Refuses one that crosses another of an office which only
    one may hold, or another of hers, and says which. Deeds hold the branch, so nobody comes between; the database refuses too."""
    told = {
        "branch": branch,
        "position": position.code,
        "user_id": holder.user_id,
        "member_id": holder.member_id,
        "from_on": new.from_on,
        "until_on": new.until_on,
    }
    same = Tenure.objects.filter(**told).first()
    if same is not None:
        return same
    _require_no_clash(branch, holder, position, new)
    tenure = Tenure.objects.create(
        **told,
        is_single=position.is_single,
        decree=new.decree.strip(),
        named_on=today_wib() if new.is_named else None,
    )
    fact = events.HolderAppointed(
        branch_id=branch.pk,
        tenure_id=tenure.pk,
        user_id=holder.user_id or 0,
        position_name=position.name,
        from_on=new.from_on.isoformat(),
    )
    record(fact, subject=branch)
    return tenure


def end(tenure: Tenure, until_on: date, reason: str) -> Tenure:
    """Let a term end on a day; before its first day it is taken back. Twice is once, and no end comes later than the one before."""
    day = max(until_on, tenure.from_on)
    if tenure.until_on is not None and tenure.until_on <= day:
        return tenure
    before = tenure.until_on
    tenure.until_on, tenure.end_reason = day, reason
    tenure.save(update_fields=["until_on", "end_reason", "updated_at"])
    named = (
        Position.objects.real()
        .filter(code=tenure.position, from_on__lte=tenure.from_on)
        .order_by("-from_on")
        .first()
    )
    fact = events.TenureEnded(
        branch_id=tenure.branch_id,
        tenure_id=tenure.pk,
        user_id=tenure.user_id or 0,
        position_name=named.name if named else tenure.position,
        until_on=day.isoformat(),
    )
    changes = {"until_on": [before.isoformat() if before else "", day.isoformat()], "reason": ["", reason]}
    record(fact, subject=tenure.branch, changes=changes)
    return tenure


def _require_no_clash(branch: Branch, holder: Holder, position: Position, new: NewTenure) -> None:
    rows = Tenure.objects.filter(branch=branch, position=position.code).crossing(new.from_on, new.until_on)
    for clash in rows.order_by("from_on", "id"):
        if clash.is_single or position.is_single or is_same(clash, holder):
            raise Refused(_clash(clash, position), code="overlapping_term", field="from_on")


def _clash(clash: Tenure, position: Position) -> str:
    return _(
        "Bertumpang tindih: %(name)s sudah menjadi %(position)s dari %(from)s sampai %(until)s. Akhiri atau serahkan yang itu, atau"
        " pilih masa lain."
    ) % {
        "name": holder_names([clash])[clash.pk],
        "position": position_name(position),
        "from": day_in_words(clash.from_on),
        "until": day_in_words(last_day(clash.from_on, clash.until_on)) if clash.until_on else _("seterusnya"),
    }
