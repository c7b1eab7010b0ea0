"""Which numbers applied lately."""

from django.utils.translation import gettext_lazy as _lazy

from okoce.community.organisations.limits import filed_for, filed_over, phone_key
from okoce.community.organisations.models import Filed
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told
from okoce.foundation.personal.retention import Rule, keeps

not_told("organisations.Filed", "counts under a keyed hash, gone within weeks; what she applied for is told")


@forgets("organisations.Filed")
def _(person: Person) -> None:
    Filed.objects.filter(phone_hash__in=[phone_key(phone) for phone in person.phones]).delete()


keeps(
    Rule(
        code="organisations.filed",
        table="organisations.Filed",
        what=_lazy("Nomor mana yang mengajukan komunitas atau mitra, untuk membatasi banyaknya"),
        kept_for=filed_for,
        is_dated=True,
        job="organisations.forget_filed",
        over=filed_over,
    )
)
