"""Who looked at a person, and what she asked for."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.privacy.forgetting import (
    account_looks_over,
    kept_for,
    looks_over,
    office_names_kept_for,
    office_names_over,
)
from okoce.community.privacy.models import (
    AccountLook,
    BreachPerson,
    DataRequest,
    ErasureRequest,
    Look,
    Restriction,
)
from okoce.foundation.personal.mentions import may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps

may_name(
    "privacy.Breach", "title", "what", "data", "measures", "agency_words", "agency_reference", "subject_words"
)
may_name("privacy.Look", "reason")
may_name("privacy.ErasureRequest", "letter")
may_name("privacy.Restriction", "letter")
may_name("privacy.DataRequest", "letter", "text", "answer")


def _about(person: Person) -> Q:
    """Under her record, or from her account."""
    return Q(member_id__in=person.member_ids) | Q(user_id__in=person.user_ids)


@tells("looks", "privacy.Look")
def _(person: Person) -> object:
    """By role and office: which officer it was stays with the house."""
    return told_rows(Look.objects.filter(member_id__in=person.member_ids), without=("user_id", "span"))


@tells("account_looks", "privacy.AccountLook")
def _(person: Person) -> object:
    """Likewise."""
    rows = AccountLook.objects.filter(subject_user_id__in=person.user_ids)
    return told_rows(rows, without=("user_id", "span"))


@tells("erasure_requests", "privacy.ErasureRequest")
def _(person: Person) -> object:
    return told_rows(ErasureRequest.objects.filter(_about(person)), without=("asked_by", "withdrawn_by"))


@forgets("privacy.Look")
def _(person: Person) -> None:
    Look.objects.filter(member_id__in=person.member_ids).delete()


@forgets("privacy.AccountLook")
def _(person: Person) -> None:
    AccountLook.objects.filter(subject_user_id__in=person.user_ids).delete()


@forgets("privacy.ErasureRequest")
def _(person: Person) -> None:
    """That she asked, and when it was done, is the proof that it was."""
    ErasureRequest.objects.filter(_about(person)).update(letter="")


@tells("data_requests", "privacy.DataRequest")
def _(person: Person) -> object:
    rows = DataRequest.objects.filter(_about(person))
    return told_rows(rows, without=("asked_by", "taken_by", "answered_by"))


@forgets("privacy.DataRequest")
def _(person: Person) -> None:
    """Both sides' words go; that something was asked and answered in time stays. What still waits is answered by this."""
    rows = DataRequest.objects.filter(_about(person))
    rows.filter(answered_at__isnull=True).update(answered_at=timezone.now(), answered_by=0)
    rows.update(text="", answer="", letter="")


@tells("restrictions", "privacy.Restriction")
def _(person: Person) -> object:
    rows = Restriction.objects.filter(member_id__in=person.member_ids)
    return told_rows(rows, without=("restricted_by", "lifted_by"))


@forgets("privacy.Restriction")
def _(person: Person) -> None:
    """Since when it held stays, as proof; where the letter is goes."""
    Restriction.objects.filter(member_id__in=person.member_ids).update(letter="")


@tells("breaches", "privacy.BreachPerson")
def _(person: Person) -> object:
    """What she was told of breaches in which her data got out."""
    rows = BreachPerson.objects.filter(_about(person), breach__subjects_told_at__isnull=False)
    return list(rows.order_by("pk").values("breach__subject_words", "breach__subjects_told_at"))


@forgets("privacy.BreachPerson")
def _(person: Person) -> None:
    """How many were concerned stays with the breach."""
    BreachPerson.objects.filter(_about(person)).delete()


keeps(
    Rule(
        code="privacy.looks",
        table="privacy.Look",
        what=_lazy("Siapa yang melihat data siapa"),
        kept_for=kept_for,
        is_dated=True,
        job="privacy.forget_old_looks",
        over=looks_over,
    )
)
keeps(
    Rule(
        code="privacy.account_looks",
        table="privacy.AccountLook",
        what=_lazy("Siapa yang melihat kontak pemilik akun yang bukan anggota"),
        kept_for=kept_for,
        is_dated=True,
        job="privacy.forget_old_looks",
        over=account_looks_over,
    )
)
keeps(
    Rule(
        code="privacy.office_names",
        table="accounts.User",
        what=_lazy("Nama petugas yang akunnya dihapus, di samping yang dilakukannya dalam tugas"),
        kept_for=office_names_kept_for,
        is_dated=True,
        job="privacy.forget_office_names",
        over=office_names_over,
        is_part=True,
    )
)
