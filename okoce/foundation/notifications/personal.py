"""Messages to a person, and how she wants them."""

from django.utils.translation import gettext_lazy as _lazy

from okoce.foundation.accounts.models import User
from okoce.foundation.notifications.composing import seal, unseal
from okoce.foundation.notifications.forgetting import kept_for, messages_over
from okoce.foundation.notifications.kind import NAME
from okoce.foundation.notifications.kinds import KINDS
from okoce.foundation.notifications.models import Message, Preference
from okoce.foundation.notifications.queries import kept_of
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_forgotten, not_told, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps
from okoce.foundation.personal.traces import struck_out

MANY = 1_000
WORDS = "the words of a kind of message and what WhatsApp calls them; they name nobody"
not_told("notifications.Wording", WORDS)
not_forgotten("notifications.Wording", WORDS)


@tells("messages", "notifications.Message", "notifications.Preference")
def _(person: Person) -> object:
    hers = kept_of(person.member_ids, person.user_ids)
    rows = Message.objects.filter(hers)
    sealed = dict(rows.values_list("pk", "variables_encrypted"))
    messages = [
        row | {"variables": unseal(sealed[row["id"]])}
        for row in told_rows(rows, without=("reference", "sent_by", "taken_by"))
    ]
    return {"messages": messages, "preferences": told_rows(Preference.objects.filter(hers))}


@forgets("notifications.Message", "notifications.Preference")
def _(person: Person) -> None:
    """What was spent on a day stays: it names nobody. Where an officer's account stays, what it was told in office does too."""
    accounts = User.objects.filter(pk__in=person.user_ids)
    gone = accounts if person.leaves_office else accounts.filter(assignments__isnull=True)
    hers = kept_of(person.member_ids, gone.values_list("pk", flat=True))
    Message.objects.filter(hers).delete()
    Preference.objects.filter(hers).delete()
    _strike_out(person)


def _strike_out(person: Person) -> None:
    """What others were told in words that may name her: who holds an office, why something ended."""
    codes = [code for code, kind in KINDS.items() if kind.may_name_others]
    told = Message.objects.filter(code__in=codes).order_by("pk").values_list("pk", "variables_encrypted")
    for pk, sealed in told.iterator(MANY):
        said = unseal(sealed)
        less = {
            name: value if name == NAME.name else struck_out(person, value) for name, value in said.items()
        }
        if less != said:
            Message.objects.filter(pk=pk).update(variables_encrypted=seal(less))


keeps(
    Rule(
        code="notifications.messages",
        table="notifications.Message",
        what=_lazy("Pesan kepada anggota dan petugas"),
        kept_for=kept_for,
        is_dated=True,
        job="notifications.forget_old_messages",
        over=messages_over,
    )
)
