"""Where a list of people in order of name goes on."""

from django.core import signing
from django.db.models import Func, TextField, Value
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import FieldError, Invalid

Position = tuple[str, int]  # name key and id of the last person of the page before


def position_of(actor: Actor, cursor: str) -> Position:
    """Behind which name and record a list goes on; refuses anything that we did not write."""
    del actor  # whoever holds a cursor has seen the person whom it names
    last_id = _read_cursor(cursor)
    key = Member.objects.filter(pk=last_id).values_list("name_key", flat=True).first()
    if key is None:
        raise wrong_cursor()
    return key, last_id


def cursor_at(member_id: int) -> str:
    """Where a list goes on, signed: nobody can ask how a stranger's name sorts. Public: it says no more than the id."""
    return _signer().sign(str(member_id))


def wrong_cursor() -> Invalid:
    """Public."""
    sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
    return Invalid([FieldError("cursor", sentence)])


def behind(position: Position, name: str | Func = "name_key") -> GreaterThan:
    """Behind the last row of the page before; the cursor names the row by its id, so that no name stands in an address."""
    return GreaterThan(_Row(name, "id"), _Row(*map(Value, position)))


class _Row(Func):
    """Two columns compared as one, which an index in that order serves."""

    template = "ROW(%(expressions)s)"
    output_field = TextField()


def _read_cursor(cursor: str) -> int:
    """The id in a cursor; refuses anything that we did not write."""
    try:
        return int(_signer().unsign(cursor))
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise wrong_cursor() from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="members.cursor", sep=".")
