"""Keeping the register of breaches: noting one, completing it, whose data it was, telling the agency and the people, closing it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from okoce.community.members.models import Member
from okoce.community.members.numbers import record_id_of
from okoce.community.organisations.rules import readable_text, required_text
from okoce.community.privacy import events
from okoce.community.privacy.models import Breach, BreachPerson
from okoce.community.privacy.notices import tell_people
from okoce.community.privacy.queries.accounts import accounts_answered_for
from okoce.community.privacy.queries.breaches import notice_words
from okoce.community.privacy.queries.rights import before_any_term, term
from okoce.community.privacy.states import BREACH, Audience, BreachState, TermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused

RIGHT = Permission.PRIVACY_MANAGE_BREACHES
LONGEST_TITLE, LONGEST_TEXT, LONGEST_REFERENCE = 200, 4_000, 200
MOST_PEOPLE, MOST_NUMBERS, MOST_ACCOUNTS = 300_000_000, 10_000, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a breach; it is completed while it is looked into."""

    title: str
    what: str
    data: str
    noticed_since: datetime
    happened_on: date | None = None
    people_count: int | None = None
    measures: str = ""


@action(RIGHT)
def note_breach(actor: Actor, told: Told) -> Breach:
    """Write a breach down; the clock runs from when it was noticed. Refuses what says nothing, and times that cannot be."""
    read = _judged(told)
    hours = term(TermCode.BREACH_HOURS, day_in("WIB", told.noticed_since))
    due = told.noticed_since + timedelta(hours=hours)
    same = Breach.objects.filter(**read).exclude(state=BreachState.CLOSED).first()
    if same is not None:
        return same
    breach = Breach.objects.create(**read, due=due, noted_by=actor.user_id or 0)
    record(events.BreachNoted(breach_id=breach.pk), subject=breach)
    return breach


@action(RIGHT)
def amend_breach(actor: Actor, breach: Breach, told: Told) -> Breach:
    """Complete what is known. When it was noticed stays, and with it the clock. Refuses one that is closed, fewer people than
    are known by name, and as `note_breach` does."""
    read = _judged(told)
    locked = _open(breach)
    known = BreachPerson.objects.filter(breach=locked).count()
    if told.people_count is not None and told.people_count < known:
        sentence = _("Sudah %d orang yang tercatat namanya. Jumlahnya paling sedikit itu.") % known
        raise Invalid([FieldError("people_count", sentence)])
    del read["noticed_since"]
    changed = [name for name, value in read.items() if getattr(locked, name) != value]
    if changed:
        for name in changed:
            setattr(locked, name, read[name])
        locked.save(update_fields=[*changed, "updated_at"])
        record(events.BreachAmended(breach_id=locked.pk), subject=locked)
    return locked


@action(RIGHT)
def name_affected(actor: Actor, breach: Breach, numbers: Sequence[str]) -> int:
    """Write down, by member number, whose data got out; answers how many are new. Refuses numbers that nobody has, all of them
    at once, and a breach that is closed."""
    if not numbers or len(numbers) > MOST_NUMBERS:
        raise Invalid(
            [FieldError("numbers", _("Tulis nomor anggotanya, paling banyak 10.000 sekali kirim."))]
        )
    ids = {number: record_id_of(number) for number in numbers}
    found = Member.objects.filter(pk__in=[one for one in ids.values() if one], erased_at__isnull=True)
    speaks = dict(found.values_list("pk", "merged_into_id"))
    unknown = [number for number, one in ids.items() if one not in speaks]
    if unknown:
        sentence = _("Nomor ini tidak dikenal: %s. Periksa lagi.") % ", ".join(unknown[:10])
        raise Invalid([FieldError("numbers", sentence)])
    locked = _open(breach)
    people = {speaks[one] or one for one in ids.values() if one}
    return _write_down(locked, [BreachPerson(breach=locked, member_id=one) for one in sorted(people)])


@action(RIGHT)
def name_affected_accounts(actor: Actor, breach: Breach, user_ids: Collection[int]) -> int:
    """Likewise whoever has an account and no record; whose accounts they are was confirmed before. Refuses, all of them at once,
    accounts that are not within the actor's reach, erased, or a member's; and a breach that is closed."""
    wanted = set(user_ids)
    if not 0 < len(wanted) <= MOST_ACCOUNTS:
        sentence = _("Tulis nomor HP atau surel akunnya, paling banyak %d sekali kirim.") % MOST_ACCOUNTS
        raise Invalid([FieldError("contacts", sentence)])
    accounts = accounts_answered_for(actor, RIGHT).filter(pk__in=wanted).order_by("pk")
    found = [one.pk for one in accounts.select_for_update(of=("self",), no_key=True)]
    if len(found) < len(wanted):
        raise NotFound(_("Akun itu tidak ada dalam tugas Anda, sudah dihapus, atau milik seorang anggota."))
    locked = _open(breach)
    return _write_down(locked, [BreachPerson(breach=locked, user_id=one) for one in found])


def _write_down(locked: Breach, rows: list[BreachPerson]) -> int:
    before = BreachPerson.objects.filter(breach=locked).count()
    BreachPerson.objects.bulk_create(rows, ignore_conflicts=True)
    known = BreachPerson.objects.filter(breach=locked).count()
    if locked.people_count is not None and locked.people_count < known:
        locked.people_count = known
        locked.save(update_fields=["people_count", "updated_at"])
    if known > before:
        record(events.BreachPeopleNamed(breach_id=locked.pk, count=known - before), subject=locked)
    if locked.subjects_told_at is not None:  # who is found later is told at once
        tell_people(locked)
    return known - before


@action(RIGHT)
def tell_of_breach(actor: Actor, breach: Breach, audience: str, reference: str = "") -> Breach:
    """Say that the notice went to the agency (with the number of its receipt), or to the people: a message goes out to
    each, and they read it on their page. Twice is once. Refuses before it is known how many people and what was done."""
    if audience not in Audience.values:
        raise Invalid([FieldError("audience", _("Pilih siapa yang diberi tahu."))])
    receipt = readable_text("reference", reference, LONGEST_REFERENCE)
    locked = _open(breach)
    _require_complete(locked)
    told = "agency" if audience == Audience.AGENCY else "subjects"
    if getattr(locked, f"{told}_told_at") is not None:
        return locked
    with override("id"):  # whatever language the officer reads: the law's, and the members'
        words = notice_words(locked, audience)
    setattr(locked, f"{told}_told_at", timezone.now())
    setattr(locked, f"{told}_told_by", actor.user_id or 0)
    if audience == Audience.AGENCY:
        locked.agency_words, locked.agency_reference = words, receipt
    else:
        locked.subject_words = words
        tell_people(locked)
    if locked.agency_told_at and locked.subjects_told_at:
        locked.state = BREACH.move(locked.state, BreachState.NOTIFIED)
    locked.save()
    record(events.BreachTold(breach_id=locked.pk, audience=str(Audience(audience).label)), subject=locked)
    return locked


@action(RIGHT)
def close_breach(actor: Actor, breach: Breach) -> Breach:
    """It is dealt with. Twice is once. Refuses before the agency and the people were told."""
    locked = Breach.objects.locked(breach.pk)
    if locked.state == BreachState.CLOSED:
        return locked
    locked.state = BREACH.move(locked.state, BreachState.CLOSED)
    locked.closed_at, locked.closed_by = timezone.now(), actor.user_id or 0
    locked.save()
    record(events.BreachClosed(breach_id=locked.pk), subject=locked)
    return locked


def _open(breach: Breach) -> Breach:
    locked = Breach.objects.locked(breach.pk)
    if locked.state == BreachState.CLOSED:
        raise Refused(_("Catatan ini sudah selesai, dan tidak diubah lagi."))
    return locked


def _require_complete(breach: Breach) -> None:
    if breach.people_count is None or not breach.measures:
        raise Refused(
            _(
                "Lengkapi dulu berapa orang yang terkena dan apa yang sudah dilakukan. Keduanya berdiri dalam pemberitahuan."
            )
        )


def _judged(told: Told) -> dict[str, object]:
    errors: list[FieldError] = []
    read: dict[str, object] = asdict(told)
    for name, longest in (("title", LONGEST_TITLE), ("what", LONGEST_TEXT), ("data", LONGEST_TEXT)):
        try:
            read[name] = required_text(name, getattr(told, name), longest)
        except Invalid as refusal:
            errors += refusal.errors
    try:
        read["measures"] = readable_text("measures", told.measures, LONGEST_TEXT)
    except Invalid as refusal:
        errors += refusal.errors
    errors += _wrong_times(told)
    if told.people_count is not None and not 0 <= told.people_count <= MOST_PEOPLE:
        errors.append(FieldError("people_count", _("Jumlah orang ini tidak mungkin. Periksa angkanya.")))
    if errors:
        raise Invalid(errors)
    return read


def _wrong_times(told: Told) -> list[FieldError]:
    noticed_on = day_in("WIB", told.noticed_since)
    problem = day_problem(noticed_on) or before_any_term(TermCode.BREACH_HOURS, noticed_on)
    if problem or told.noticed_since > timezone.now():
        return [FieldError("noticed_on", problem or _("Saat ini belum tiba. Periksa jamnya."))]
    if told.happened_on is None:
        return []
    problem = day_problem(told.happened_on)
    if problem is None and told.happened_on > noticed_on:
        problem = _("Kejadian tidak mungkin sesudah diketahui. Periksa tanggalnya.")
    return [FieldError("happened_on", problem)] if problem else []
