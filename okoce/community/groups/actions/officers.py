"""Who serves a komunitas: appointing, ending, and handing over in one deed."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.groups.interests import may_hand_over
from okoce.community.groups.models import Group, Officer
from okoce.community.groups.persons import founder_account
from okoce.community.groups.queries import chair_office_of
from okoce.community.groups.states import GroupState
from okoce.community.groups.telling import tell_officer
from okoce.community.groups.terms import Term, begin, end, require_term
from okoce.community.organisations.persons import somebody_else
from okoce.community.organisations.rules import require_end
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused

SERVED = (GroupState.ACTIVE, GroupState.PAUSED)


@action(Permission.GROUPS_MANAGE)
def appoint_officer(actor: Actor, group: Group, who: str, term: Term) -> Officer:
    """Let somebody (by telephone, member number or e-mail) serve a komunitas, with the grant that her office brings.

    Refuses a komunitas that is not validated, a person whom nobody knows, the actor herself, and a term that crosses another
    of that person in the same office.
    """
    require_term(term)
    locked = Group.objects.locked(group.pk)
    _require_served(locked)
    appointed = begin(locked, _meant(actor, locked, who), term)
    tell_officer(appointed)
    return appointed


@action(Permission.GROUPS_MANAGE)
def end_officer(actor: Actor, officer: Officer, until_on: date) -> Officer:
    """Let an office end on a day, from which on its grant counts no more; on its first day, or before it has begun, it is taken
    back."""
    locked = _locked(officer)
    _require_running(locked, until_on)
    require_end(locked.from_on, until_on)
    return end(locked, until_on)


@action(Permission.GROUPS_HAND_OVER)
def hand_over(actor: Actor, officer: Officer, who: str, on: date) -> Officer:
    """One leaves her office on a day, another begins it that day, as long as it was to last: both or neither. On the first day of
    the term it puts a mistaken appointment right.

    Whoever decides about the komunitas hands over any office of it, an officer her own.
    """
    _require_hers(actor, officer)
    locked = _locked(officer)
    _require_served(locked.group)
    if on < locked.from_on:
        raise Invalid(
            [
                FieldError(
                    "on",
                    _("Masa tugas ini baru mulai %s. Pilih hari itu atau sesudahnya.")
                    % day_in_words(locked.from_on),
                )
            ]
        )
    successor = _meant(actor, locked.group, who)
    if successor.pk == locked.user_id:
        raise Invalid([FieldError("who", _("Itu orang yang sama. Pilih penggantinya."))])
    until_on = locked.until_on
    term = Term(locked.role, on, until_on)
    if until_on is not None and until_on <= on:
        raise Refused(
            _("Masa tugas ini sudah berakhir pada %s. Tunjuk pengurus baru saja.") % day_in_words(until_on),
            field="on",
        )
    end(locked, on)
    appointed = begin(locked.group, successor, term)
    tell_officer(appointed)
    return appointed


def _require_hers(actor: Actor, officer: Officer) -> None:
    if may_hand_over(actor, officer):
        return
    raise NotFound(_("Pengurus itu tidak ada pada komunitas ini."))


def _meant(actor: Actor, group: Group, who: str) -> User:
    """Whoever is to serve; a founder without an account gets one for the number that she applied under."""
    return somebody_else(actor, who, lambda phone: founder_account(group, phone))


def _locked(officer: Officer) -> Officer:
    """The office as it stands now, its komunitas held first: as in every deed about officers."""
    group = Group.objects.locked(officer.group_id)
    found = Officer.objects.select_for_update(of=("self",), no_key=True).get(pk=officer.pk)
    found.group = group
    return found


def _require_served(group: Group) -> None:
    if group.state not in SERVED:
        raise Refused(_("Komunitas ini belum divalidasi atau sudah ditutup, jadi belum bisa punya pengurus."))


def _require_running(officer: Officer, until_on: date) -> None:
    if officer.until_on is not None and officer.until_on < until_on:
        raise Refused(
            _("Masa tugas ini sudah berakhir pada %s. Tidak bisa diperpanjang; tunjuk lagi bila perlu.")
            % day_in_words(officer.until_on),
            field="until_on",
        )


@action(Permission.GROUPS_HAND_OVER)
def note_targets_read(actor: Actor, group_id: int) -> None:
    """The actor, who chairs a komunitas, has gone to read its targets; the first time counts. NotFound for whoever does not."""
    office = chair_office_of(actor, group_id)
    if office is None:
        raise NotFound(_("Langkah pertama ini untuk ketua komunitasnya."))
    Officer.objects.filter(pk=office.pk, targets_read_on__isnull=True).update(targets_read_on=today_wib())
