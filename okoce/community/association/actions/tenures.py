"""Terms of office: appointing, ending before the time, handing over in one step, and whether everybody may read the name."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.association.events import NamingChanged
from okoce.community.association.holders import holder_meant, is_same
from okoce.community.association.models import Branch, Tenure
from okoce.community.association.rules import NewTenure, clean_tenure, require_above, required_reason
from okoce.community.association.terms import begin, end
from okoce.community.organisations.rules import require_end
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, Refused


@action(Permission.ASSOCIATION_MANAGE)
def appoint_holder(actor: Actor, branch: Branch, who: str, new: NewTenure) -> Tenure:
    """Let somebody (by telephone, member number or e-mail) hold an office for a term. It brings no grant.

    Refuses whoever does not stand above the branch, the actor herself, a branch that is closed, and a term that crosses another.
    """
    locked = Branch.objects.locked(branch.pk)
    require_above(actor, locked.region)
    position = clean_tenure(locked, new)
    return begin(locked, holder_meant(actor, who), position, new)


@action(Permission.ASSOCIATION_MANAGE)
def end_tenure(actor: Actor, tenure: Tenure, until_on: date, reason: str) -> Tenure:
    """End a term before its time, with the reason; on its first day, or before it has begun, it is taken back."""
    why = required_reason(reason)
    locked = _locked(actor, tenure)
    _require_running(locked, until_on)
    require_end(locked.from_on, until_on)
    return end(locked, until_on, why)


@action(Permission.ASSOCIATION_MANAGE)
def hand_over_tenure(actor: Actor, tenure: Tenure, who: str, on: date, decree: str) -> Tenure:
    """One leaves her office on a day and another begins it that day, as long as it was to last: both or neither. Refuses a day on
    which the term does not run, the same person, and the actor herself."""
    locked = _locked(actor, tenure)
    if on <= locked.from_on:
        sentence = _("Serah terima terjadi sesudah masa jabatan mulai (%s). Pilih hari sesudahnya.")
        raise Invalid([FieldError("on", sentence % day_in_words(locked.from_on))])
    if locked.until_on is not None and locked.until_on <= on:
        sentence = _("Masa jabatan ini sudah berakhir pada %s. Tunjuk pengurus baru saja.")
        raise Refused(sentence % day_in_words(locked.until_on), field="on")
    new = NewTenure(locked.position, on, locked.until_on, decree)
    position = clean_tenure(locked.branch, new)
    successor = holder_meant(actor, who)
    if is_same(locked, successor):
        raise Invalid([FieldError("who", _("Itu orang yang sama. Pilih penggantinya."))])
    end(locked, on, _("Serah terima jabatan"))
    return begin(locked.branch, successor, position, new)


@action(Permission.ASSOCIATION_MANAGE)
def change_naming(actor: Actor, tenure: Tenure, is_named: bool) -> Tenure:
    """Note that the holder agreed that everybody reads her name, or agrees no more. Twice is once."""
    locked = _locked(actor, tenure)
    if bool(locked.named_on) == is_named:
        return locked
    locked.named_on = today_wib() if is_named else None
    locked.save(update_fields=["named_on", "updated_at"])
    fact = NamingChanged(
        branch_id=locked.branch_id,
        tenure_id=locked.pk,
        user_id=locked.user_id or 0,
        position_name=locked.position,
    )
    told = {True: _("ya"), False: _("tidak")}
    record(fact, subject=locked.branch, changes={"named": [told[not is_named], told[is_named]]})
    return locked


def _locked(actor: Actor, tenure: Tenure) -> Tenure:
    """The term as it stands now, its branch held first: as in every deed about terms."""
    branch = Branch.objects.locked(tenure.branch_id)
    require_above(actor, branch.region)
    found = Tenure.objects.select_for_update(of=("self",), no_key=True).get(pk=tenure.pk)
    found.branch = branch
    return found


def _require_running(tenure: Tenure, until_on: date) -> None:
    if tenure.until_on is not None and tenure.until_on <= until_on:
        raise Refused(
            _("Masa jabatan ini sudah berakhir pada %s. Tidak bisa diperpanjang; tunjuk lagi bila perlu.")
            % day_in_words(tenure.until_on),
            field="until_on",
        )
