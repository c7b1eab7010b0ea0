"""What the page of one branch shows, and which deeds it offers to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.association.forms import AppointHolder, EndTenure, HandOverTenure, Since, SinceWhy
from okoce.community.association.models import Branch
from okoce.community.association.queries.branches import branch_above, branch_names, branches_below
from okoce.community.association.queries.tenures import Held, tenures_of
from okoce.community.association.rules import require_above
from okoce.community.association.states import BranchState
from okoce.community.organisations.sheets import Deed, history_lines, open_end
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.numbers import day_text

# name of the page: from which states, what it is called, what it does, its form
DECISIONS: dict[str, tuple[tuple[BranchState, ...], Promise, Promise, type[RuleAwareForm]]] = {
    "activate_branch": (
        (BranchState.PLANNED, BranchState.PAUSED),
        _lazy("Aktifkan"),
        _lazy("Semua orang membacanya di halaman perkumpulan."),
        Since,
    ),
    "pause_branch": (
        (BranchState.ACTIVE,),
        _lazy("Hentikan sementara"),
        _lazy("Masa jabatannya berjalan terus; alasannya tercatat."),
        SinceWhy,
    ),
    "close_branch": (
        (BranchState.PLANNED, BranchState.ACTIVE, BranchState.PAUSED),
        _lazy("Tutup"),
        _lazy("Untuk selamanya. Semua masa jabatan di sini berakhir hari itu; tidak ada yang dihapus."),
        SinceWhy,
    ),
}


@dataclass(frozen=True, slots=True)
class Office:
    """One term with its forms; `is_refused` names the one that was tried in vain."""

    held: Held
    term: str
    end_form: EndTenure
    hand_over_form: HandOverTenure
    is_refused: str = ""


def may_decide(actor: Actor, branch: Branch) -> bool:
    """Whether the actor reaches the branch and stands above it."""
    right = Permission.ASSOCIATION_MANAGE
    if not actor.may(right) or not is_reached(branch, actor, right):
        return False
    try:
        require_above(actor, branch.region)
    except Refused:
        return False
    return True


def branch_context(actor: Actor, branch: Branch, refused: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain."""
    told = refused or {}
    above = branch_above(branch)
    shown = [branch, *([above] if above else [])]
    names = branch_names(shown)
    offices = [_office(one, told) for one in tenures_of(actor, branch)]
    may_manage = may_decide(actor, branch)
    context = {
        "branch": branch,
        "name": names[branch.pk],
        "place": territory.path_of(branch.region),
        "above": names[above.pk] if above else "",
        "above_id": above.pk if above and is_reached(above, actor, Permission.ASSOCIATION_READ) else 0,
        "below": branches_below(branch),
        "founder": user_names([branch.founder_user_id]).get(branch.founder_user_id, "")
        if branch.founder_user_id
        else "",
        "offices": [one for one in offices if not one.held.has_ended],
        "former": [one for one in offices if one.held.has_ended],
        "may_manage": may_manage,
        "may_appoint": may_manage and branch.state != BranchState.CLOSED,
        "lines": history_lines(actor, branch, "officer"),
        "labels": {
            "reason": _("Alasan"),
            "officer": _("Nama"),
            "until_on": _("Sampai"),
            "named": _("Nama dibaca umum"),
        },
        "refusal": told.get("refusal", ""),
        "refused_form": told.get("form"),
    }
    return {**context, **_managing(branch, told)} if may_manage else context


def _managing(branch: Branch, told: Mapping[str, Any]) -> dict[str, Any]:
    is_appointing = told.get("deed") == "appoint_holder"
    empty = AppointHolder(
        auto_id="id_appoint_%s", branch=branch, initial={"from_on": today_wib().isoformat()}
    )
    return {
        "appoint_form": told["form"] if is_appointing else empty,
        "is_appointing": is_appointing,
        "deeds": [_deed(branch, name, told) for name, rule in DECISIONS.items() if branch.state in rule[0]],
    }


def _deed(branch: Branch, name: str, told: Mapping[str, Any]) -> Deed:
    _states, label, note, form_type = DECISIONS[name]
    is_refused = told.get("deed") == name
    empty = form_type(auto_id=f"id_{name}_%s", initial={"on": today_wib().isoformat()})
    return Deed(
        label, note, reverse(name, args=[branch.pk]), told["form"] if is_refused else empty, is_refused
    )


def term_text(held: Held) -> str:
    """ "1 Mei 2026 – 1 Mei 2028" """
    tenure = held.tenure
    until = open_end(tenure.until_on, has_begun=held.has_begun)
    return f"{day_text(tenure.from_on, 'medium')} – {until}"


def _office(held: Held, told: Mapping[str, Any]) -> Office:
    tenure, today = held.tenure, today_wib().isoformat()  # as a browser reads a day
    tried = told.get("deed", "") if told.get("tenure_id") == tenure.pk else ""
    return Office(
        held=held,
        term=term_text(held),
        end_form=told["form"]
        if tried == "end_tenure"
        else EndTenure(auto_id=f"id_end_{tenure.pk}_%s", initial={"until_on": today}),
        hand_over_form=told["form"]
        if tried == "hand_over_tenure"
        else HandOverTenure(auto_id=f"id_over_{tenure.pk}_%s", initial={"on": today}),
        is_refused=tried,
    )
