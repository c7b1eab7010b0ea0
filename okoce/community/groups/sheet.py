"""What the page of one komunitas shows, and which deeds it offers to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.groups.arrivals import latest_arrivals
from okoce.community.groups.forms import (
    AnswerNomination,
    AppointOfficer,
    EndOffice,
    HandOver,
    Question,
    Reason,
    ReasonAndFates,
)
from okoce.community.groups.interests import is_of
from okoce.community.groups.models import Application, Group
from okoce.community.groups.nominating import Nominated, nominations_of
from okoce.community.groups.persons import NO_PHONE
from okoce.community.groups.queries import application_of, areas_now, checklist_of
from okoce.community.groups.serving import Serving, officers_of
from okoce.community.groups.states import ONE_AT_A_TIME, OVER, WAITING, GroupState, OfficerRole
from okoce.community.organisations.board_notes import board_note
from okoce.community.organisations.entrusted import entrusted_to
from okoce.community.organisations.name_notes import GROUP, names_told
from okoce.community.organisations.sheets import Deed, checklist_items, history_lines, open_end
from okoce.community.organisations.support_notes import support_note
from okoce.community.organisations.target_notes import target_notes
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import offer_of
from okoce.foundation.web.numbers import day_text

# Those that have people of whom something is to be reached.
SERVING = (GroupState.ACTIVE, GroupState.PAUSED)
MOST_ARRIVALS = 10
# name of the page: from which states, what it is called, what it does
DECISIONS: dict[str, tuple[tuple[GroupState, ...], Promise, Promise]] = {
    "ask_group": (
        (GroupState.APPLIED,),
        _lazy("Minta dilengkapi"),
        _lazy("Pendiri dikirimi pesan, lalu membaca pertanyaan Anda di formulirnya."),
    ),
    "refuse_group": (
        WAITING,
        _lazy("Tolak"),
        _lazy("Pendiri dikirimi pesan dan membaca alasannya. Namanya boleh dipakai lagi."),
    ),
    "pause_group": (
        (GroupState.ACTIVE,),
        _lazy("Hentikan sementara"),
        _lazy(
            "Tidak menerima anggota baru sampai dibuka lagi. Anggotanya tetap. Pusatnya yang buka diserahkan atau ditutup."
        ),
    ),
    "reopen_group": (
        (GroupState.PAUSED,),
        _lazy("Buka lagi"),
        _lazy(
            "Boleh menerima anggota lagi. Pusatnya yang tutup sementara tetap tutup: nyatakan buka di halaman tiap pusat."
        ),
    ),
    "close_group": (
        (GroupState.ACTIVE, GroupState.PAUSED),
        _lazy("Tutup"),
        _lazy(
            "Untuk selamanya. Tidak ada yang dihapus: anggota dan riwayatnya tetap terbaca. Pusatnya diserahkan atau ditutup."
        ),
    ),
}
# those after which somebody else must look after its centres: whether for good
FOR_GOOD = {"pause_group": False, "close_group": True}


@dataclass(frozen=True, slots=True)
class Office:
    """One officer's line, with the two forms that end the office; `is_refused` names the one that was tried in vain."""

    serving: Serving
    term: str
    end_form: EndOffice
    hand_over_form: HandOver
    is_refused: str = ""
    may_hand_over: bool = False


def group_context(actor: Actor, group: Group, refused: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page needs; `refused` names what was tried in vain: its form, or the sentence of the refusal."""
    told = refused or {}
    may_manage = _reaches(actor, group, Permission.GROUPS_MANAGE)
    is_waiting = group.state in WAITING
    offices = [_office(actor, one, told) for one in officers_of(actor, group)]
    waiting = [one for one in nominations_of(actor, group) if one.is_waiting] if may_manage else []
    context = {
        "group": group,
        "home": territory.path_of(group.region),
        "areas": [offer for code in areas_now(group) if (offer := offer_of(code))],
        "may_manage": may_manage,
        "may_change_areas": may_manage and group.state not in OVER,
        "is_waiting": is_waiting,
        "may_plan_centre": _reaches(actor, group, Permission.CENTRES_MANAGE)
        and group.state == GroupState.ACTIVE,
        "offices": offices,
        "chairs_it": any(_is_hers_to_chair(actor, one.serving) for one in offices),
        "former": [one for one in offices if one.serving.has_ended],
        "lines": history_lines(actor, group, "officer"),
        "names": names_told(GROUP, group.pk),
        "board": board_note(actor, group.pk),
        "support": support_note(actor, group.pk),
        "arrivals": latest_arrivals(actor, group, MOST_ARRIVALS),
        "targets": target_notes(actor, group.pk) if group.state in SERVING else None,
        "labels": {"reason": _("Alasan"), "conditions": _("Syarat"), "officer": _("Nama")},
        "refusal": told.get("refusal", ""),
        "leads": told.get("leads", True),  # as it was ticked when something was refused
        "refused_form": told.get("form"),
        "nominations": [_asked_for(one, told) for one in waiting],
    }
    return {**context, **_managing(actor, group, told, offices)} if may_manage else context


def _asked_for(one: Nominated, told: Mapping[str, Any]) -> tuple[Nominated, AnswerNomination, bool]:
    """What a chair proposed, the form that answers it, and whether that was just tried in vain."""
    if told.get("deed") == "answer_nomination" and told.get("nomination_id") == one.nomination.pk:
        return one, told["form"], True
    form = AnswerNomination(
        auto_id=f"id_answer_{one.nomination.pk}_%s", initial={"usulan": one.nomination.pk}
    )
    return one, form, False


def _is_hers_to_chair(actor: Actor, serving: Serving) -> bool:
    officer = serving.officer
    return (
        actor.user_id is not None
        and officer.user_id == actor.user_id
        and officer.role == OfficerRole.CHAIR
        and serving.has_begun
        and not serving.has_ended
    )


def _reaches(actor: Actor, group: Group, right: Permission) -> bool:
    return actor.may(right) and is_reached(group, actor, right)


def _managing(
    actor: Actor, group: Group, told: Mapping[str, Any], offices: Iterable[Office]
) -> dict[str, Any]:
    application = application_of(actor, group)
    is_waiting = group.state in WAITING
    return {
        "application": application,
        "founder_phone": _founder_phone(application),
        "is_own": is_of(actor, group),
        "checklist": checklist_items(checklist_of(group, today_wib())) if is_waiting else [],
        "read_at": group.updated_at.isoformat(),
        "may_appoint": group.state in (GroupState.ACTIVE, GroupState.PAUSED),
        "appoint_form": told["form"]
        if told.get("deed") == "appoint_officer"
        else _appointment(application, offices),
        "is_appointing": told.get("deed") == "appoint_officer",
        "deeds": [
            _deed(actor, group, name, told) for name, rule in DECISIONS.items() if group.state in rule[0]
        ],
    }


def deed_form(actor: Actor, group: Group, name: str, data: Any = None) -> Reason:
    """The form of a decision, empty or as it was sent: where the komunitas rests or ends, also what becomes of its centres."""
    prefix = f"id_{name}_%s"
    if name == "ask_group":
        return Question(data, auto_id=prefix)
    if name not in FOR_GOOD:
        return Reason(data, auto_id=prefix)
    asked = entrusted_to(actor, group.pk, for_good=FOR_GOOD[name])
    return ReasonAndFates(data, auto_id=prefix, entrusted=asked)


def _deed(actor: Actor, group: Group, name: str, told: Mapping[str, Any]) -> Deed:
    _states, label, note = DECISIONS[name]
    is_refused = told.get("deed") == name
    form = told["form"] if is_refused else deed_form(actor, group, name)
    return Deed(label, note, reverse(name, args=[group.pk]), form, is_refused)


def _founder_phone(application: Application | None) -> str:
    """ "" where nobody applied by the form, and where her number is gone."""
    if application is None or application.founder_phone == NO_PHONE:
        return ""
    return show_phone(application.founder_phone)


def _appointment(application: Application | None, offices: Iterable[Office]) -> AppointOfficer:
    """Empty but for the first office that is vacant; and for the founder while nobody serves: nobody is nearer to being its chair, and
    once somebody does, her number left standing would make one person hold two offices by one press of a button."""
    held = {one.serving.officer.role for one in offices if not one.serving.has_ended}
    vacant = next((role for role in ONE_AT_A_TIME if role not in held), OfficerRole.MOBILISER)
    return AppointOfficer(
        auto_id="id_appoint_%s",
        initial={
            "who": "" if held else _founder_phone(application),
            "from_on": today_wib().isoformat(),
            "role": vacant,
        },
    )


def _office(actor: Actor, serving: Serving, told: Mapping[str, Any]) -> Office:
    officer, today = serving.officer, today_wib().isoformat()  # as a browser reads a day
    tried = told.get("deed", "") if told.get("officer_id") == officer.pk else ""
    until = open_end(officer.until_on, has_begun=serving.has_begun)
    return Office(
        serving=serving,
        term=f"{day_text(officer.from_on, 'medium')} – {until}",
        end_form=told["form"]
        if tried == "end_officer"
        else EndOffice(auto_id=f"id_end_{officer.pk}_%s", initial={"until_on": today}),
        hand_over_form=told["form"]
        if tried == "hand_over"
        else HandOver(auto_id=f"id_over_{officer.pk}_%s", initial={"on": today}),
        is_refused=tried,
        may_hand_over=actor.may(Permission.GROUPS_HAND_OVER) and officer.user_id == actor.user_id,
    )
