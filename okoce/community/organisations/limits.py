"""How many applications a number may send, and for how long what is left of one is kept: dated data."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.organisations.models import ApplicationTerm, Filed
from okoce.community.organisations.states import ApplicationTermCode, Applies
from okoce.foundation.shared.days import day_in, day_in_words, today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.models import ScopedQuerySet

PHONE = "organisations.phone"


def application_term(code: ApplicationTermCode, day: date) -> int:
    """What holds on a day; a migration has written the first ones."""
    rows = ApplicationTerm.objects.filter(code=code, from_on__lte=day)
    return rows.order_by("-from_on").values_list("value", flat=True)[0]


def days_of(code: ApplicationTermCode) -> timedelta:
    """A term of today that counts days."""
    return timedelta(days=application_term(code, today_wib()))


def phone_key(phone: str) -> bytes:
    return keyed_hash(PHONE, phone)


def require_room(applies: Applies, phone: str, waiting: int) -> None:
    """Refuses one more application of a number under which enough of them wait, or which has sent enough of them lately, whatever
    became of those: taking one back makes no room. Call it behind `queue_up`."""
    if waiting >= application_term(ApplicationTermCode.MOST_WAITING, today_wib()):
        raise Refused(
            _("Sudah ada %s pengajuan dari nomor ini yang menunggu diperiksa. Tunggu jawabannya dulu.")
            % waiting
        )
    most, span = application_term(ApplicationTermCode.MOST_FILED, today_wib()), filed_for()
    lately = Filed.objects.filter(applies=applies, phone_hash=phone_key(phone))
    sent = list(
        lately.filter(filed_since__gt=timezone.now() - span)
        .order_by("-filed_since")
        .values_list("filed_since", flat=True)[:most]
    )
    if len(sent) == most:
        sentence = _(
            "Nomor ini sudah mengirim %(most)s pengajuan dalam %(days)s hari terakhir. Isian Anda tidak dikirim. Kirim lagi mulai"
            " %(day)s, atau hubungi sekretariat."
        )
        again = day_in_words(day_in("WIB", sent[-1] + span) + timedelta(days=1))
        raise Refused(sentence % {"most": most, "days": span.days, "day": again})


def note_filed(applies: Applies, phone: str) -> None:
    """Count an application that was just taken down."""
    Filed.objects.create(applies=applies, phone_hash=phone_key(phone), filed_since=timezone.now())


def filed_for() -> timedelta:
    """How far the limit looks back today."""
    return days_of(ApplicationTermCode.FILED_DAYS)


def filed_over() -> ScopedQuerySet[Filed]:
    """Those that no limit looks back to."""
    return Filed.objects.filter(filed_since__lt=timezone.now() - filed_for())


def contacts_kept_for() -> timedelta:
    """How long the contact of an application that came to nothing is kept."""
    return days_of(ApplicationTermCode.CONTACT_DAYS)


def ended_contacts_kept_for() -> timedelta:
    """How long the contact of whoever applied is kept once the komunitas is closed, or the partnership over."""
    return days_of(ApplicationTermCode.ENDED_CONTACT_DAYS)


def unfinished_for() -> timedelta:
    """How long an application waits for its applicant to complete it."""
    return days_of(ApplicationTermCode.UNFINISHED_DAYS)


def unfinished_reason() -> str:
    """Why an application ends that nobody completed, as its applicant reads it."""
    return _("Pengajuan tidak dilengkapi dalam %s hari, jadi berakhir. Anda boleh mengajukan lagi.") % (
        unfinished_for().days
    )
