"""Who is meant by a telephone, a member number or an e-mail, when somebody is to serve a komunitas or a mitra."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.members.numbers import record_id_of
from okoce.community.members.queries import has_left, member_for
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import hold_person, people_of_phone
from okoce.foundation.accounts.queries import identity_of, one_with_contact
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable

HOUSE = Actor.system("groups")
Known = Callable[[str], User | None]


def somebody_else(actor: Actor, who: str, known: Known) -> User:
    """Whoever is meant. Nobody gives an office to herself: it would outlast the desk from which she gave it."""
    meant = account_meant(actor, who, known)
    if actor.user_id is not None and meant.pk in identity_of(actor.user_id).user_ids:
        raise _wrong(
            _("Anda tidak bisa menunjuk diri sendiri. Minta orang lain di sekretariat menunjuk Anda.")
        )
    return meant


def account_meant(actor: Actor, who: str, known: Known) -> User:
    """The account of the one who is meant, opened where a member has none yet. Refuses whom nobody knows, and a telephone
    that several members share: then the member number says who. `known` opens the account of a number that neither a member
    nor an account has, but whom one applied under."""
    typed = who.strip()
    if "@" in typed:
        return serving_account(one_with_contact(typed))
    if typed.upper().startswith("OK") and record_id_of(typed) is not None:
        try:
            return _of_member(member_for(actor, typed).pk)
        except NotFound as nobody:
            raise _wrong(nobody.sentence) from nobody
    phone = parse_phone(typed)
    if isinstance(phone, Unreadable):
        raise _wrong(_("Tulis nomor HP, nomor anggota (OK-…), atau surel orangnya."))
    return _of_phone(actor, phone, known)


def _of_member(member_id: int) -> User:
    person = hold_person(member_id)
    if person is None or has_left(member_id):
        raise _wrong(_("Anggota itu sudah keluar atau catatannya digabung. Periksa nomornya."))
    return open_member_account(HOUSE, person)


def _of_phone(actor: Actor, phone: str, known: Known) -> User:
    people = people_of_phone(phone)
    if len(people) > 1:
        seen = Member.objects.visible_to(actor, Permission.MEMBERS_READ).in_bulk(
            [person.member_id for person in people]
        )
        shared = ", ".join(f"{one.name} ({one.number})" for one in people if one.member_id in seen) or phone
        raise _wrong(_("Nomor itu dipakai beberapa anggota: %s. Tulis nomor anggotanya.") % shared)
    if people:
        return _of_member(people[0].member_id)
    found = one_with_contact(phone) or known(phone)
    return serving_account(found)


def serving_account(user: User | None) -> User:
    """The account, if whoever it belongs to may serve: the account of a member who is gone may not."""
    if user is not None and user.member_id is not None:
        return _of_member(user.member_id)
    if user is None:
        raise _wrong(_("Orang itu belum anggota dan belum punya akun. Minta ia mendaftar dulu di /daftar."))
    return user


def _wrong(sentence: str) -> Invalid:
    return Invalid([FieldError("who", sentence)])
