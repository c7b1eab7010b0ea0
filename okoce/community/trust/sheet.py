"""What the page of trust of one komunitas or mitra shows, and which deeds it offers to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.groups import interests as of_groups
from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.partners import interests as of_partners
from okoce.community.partners.models import Partner
from okoce.community.partners.states import PartnerState
from okoce.community.trust.forms import EndCertificate, GiveName, WithdrawName
from okoce.community.trust.models import NamePermission
from okoce.community.trust.queries.standing import names_of_group, names_of_partner, valid_certificate
from okoce.community.trust.states import NameState
from okoce.community.trust.verifying import name_standing
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import today_wib
from okoce.foundation.verification.codes import show_code
from okoce.foundation.verification.registry import Validity
from okoce.foundation.web.numbers import day_text

TONES = {
    NameState.HOLDS: "verified",
    NameState.COMING: "waiting",
    NameState.ENDED: "",
    NameState.WITHDRAWN: "stuck",
}


@dataclass(frozen=True, slots=True)
class NameLine:
    """One permission: how it stands, its term, and the form that takes it back."""

    permission: NamePermission
    state: str
    tone: str
    term: str
    code: str
    sheet_href: str
    withdraw_href: str
    form: WithdrawName | None
    is_refused: bool


def group_context(actor: Actor, group: Group, refused: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Of a komunitas; `refused` names what was tried in vain, and its form."""
    told = refused or {}
    certificate = valid_certificate(actor, group)
    may_manage = _reaches(actor, group, Permission.GROUPS_MANAGE)
    may_name = _reaches(actor, group, Permission.NAMES_MANAGE)
    is_own = of_groups.is_of(actor, group)
    end = (
        told["form"]
        if told.get("deed") == "end"
        else EndCertificate(initial={"seen": certificate and certificate.pk})
    )
    return {
        "holder": group,
        "is_group": True,
        "back_href": reverse("group_detail", args=[group.pk]),
        "certificate": certificate,
        "code": show_code(certificate.code) if certificate else "",
        "end_form": end,
        "is_ending": told.get("deed") == "end",
        "may_manage": may_manage,
        "may_issue": may_manage and group.state == GroupState.ACTIVE and not is_own,
        **_naming(told, may_name, is_own=is_own, is_active=group.state == GroupState.ACTIVE),
        "give_href": reverse("give_group_name", args=[group.pk]),
        "names": [
            _line(one, told, "group", group.pk, may_name=may_name and not is_own)
            for one in names_of_group(actor, group)
        ],
    }


def partner_context(
    actor: Actor, partner: Partner, refused: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Of a mitra."""
    told = refused or {}
    may_name = _reaches(actor, partner, Permission.NAMES_MANAGE)
    is_own = of_partners.is_of(actor, partner)
    return {
        "holder": partner,
        "is_group": False,
        "back_href": reverse("partner_detail", args=[partner.pk]),
        **_naming(told, may_name, is_own=is_own, is_active=partner.state == PartnerState.ACTIVE),
        "give_href": reverse("give_partner_name", args=[partner.pk]),
        "names": [
            _line(one, told, "partner", partner.pk, may_name=may_name and not is_own)
            for one in names_of_partner(actor, partner)
        ],
    }


def _reaches(actor: Actor, holder: Group | Partner, right: Permission) -> bool:
    return actor.may(right) and is_reached(holder, actor, right)


def _naming(told: Mapping[str, Any], may_name: bool, *, is_own: bool, is_active: bool) -> dict[str, Any]:
    form = told["form"] if told.get("deed") == "give" else None
    return {
        "is_own": is_own and may_name,
        "may_ask": is_own and not may_name,
        "may_give": may_name and is_active and not is_own,
        "give_form": form or GiveName(auto_id="id_give_%s", initial={"from_on": today_wib().isoformat()}),
        "is_giving": form is not None,
        "refusal": told.get("refusal", ""),
        "refused_form": told.get("form"),
    }


def _line(
    one: NamePermission, told: Mapping[str, Any], kind: str, holder_id: int, *, may_name: bool
) -> NameLine:
    state = one.state_on(today_wib())
    rests = state is NameState.HOLDS and name_standing(one, today_wib())[0] is not Validity.VALID
    is_refused = told.get("deed") == "withdraw" and told.get("name_id") == one.pk
    until = day_text(one.until_on, "medium") if one.until_on else _("dicabut")
    form = told["form"] if is_refused else WithdrawName(auto_id=f"id_withdraw_{one.pk}_%s")
    return NameLine(
        permission=one,
        state=_("Pemegangnya tidak aktif") if rests else str(state.label),
        tone="waiting" if rests else TONES[state],
        term=_("%(from)s sampai %(until)s") % {"from": day_text(one.from_on, "medium"), "until": until},
        code=show_code(one.code),
        sheet_href=reverse(f"{kind}_name_sheet", args=[holder_id, one.pk]),
        withdraw_href=reverse(f"withdraw_{kind}_name", args=[holder_id, one.pk]),
        form=form if may_name and state in (NameState.HOLDS, NameState.COMING) else None,
        is_refused=is_refused,
    )
