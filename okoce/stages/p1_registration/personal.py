"""What registering leaves behind: drafts, notes of the desk, files of imports."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.members.names import name_key
from okoce.foundation.personal.mentions import tells_of_itself
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps
from okoce.foundation.personal.traces import is_named_in, is_named_in_file, struck_out
from okoce.foundation.shared.errors import Conflict
from okoce.stages.p1_registration.applications.answers import opened, phone_hash, sealed
from okoce.stages.p1_registration.applications.purging import drafts_over, kept_for
from okoce.stages.p1_registration.desk.forgetting import KEPT_DAYS as DESK_KEPT_DAYS
from okoce.stages.p1_registration.desk.forgetting import submissions_over
from okoce.stages.p1_registration.imports.purging import files_over
from okoce.stages.p1_registration.imports.storage import KEPT_DAYS as IMPORT_KEPT_DAYS
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.models import DeskSubmission, Import, RegistrationDraft
from okoce.stages.p1_registration.states import BUSY

for _kind in ("registration.member_imported", "registration.member_supplemented"):
    tells_of_itself(_kind, "members.Member")  # hundreds of thousands are written at once

LONGEST_SUFFIX = len(".xlsx")
# What people write in a file's name instead of a blank.
_BETWEEN_WORDS = re.compile(r"[-_.]+")

not_told("registration.Import", "files about many, kept thirty days; what came of hers stands in her record")
not_told(
    "registration.RegistrationDraft", "what became of it is her record; an unfinished one is shown at /daftar"
)


@tells("desk", "registration.DeskSubmission")
def _(person: Person) -> object:
    rows = DeskSubmission.objects.filter(member_id__in=person.member_ids)
    return told_rows(rows, without=("author_user_id", "key"))


@forgets("registration.DeskSubmission")
def _(person: Person) -> None:
    """The key stays taken for its week: what still waits on a laptop is answered as something else, and brings nobody back."""
    DeskSubmission.objects.filter(member_id__in=person.member_ids).update(member=None, told_hash=b"")


@forgets("registration.RegistrationDraft")
def _(person: Person) -> None:
    """Hers, also one that was begun anew or holds no more than her telephone; another one's on the same telephone stays."""
    of_phone = RegistrationDraft.objects.filter(phone_hash__in=[phone_hash(phone) for phone in person.phones])
    told = {draft.pk: opened(draft.answers) for draft in of_phone if bytes(draft.answers)}
    names = {"", *(name_key(name) for name in person.names)}
    hers = [pk for pk, answers in told.items() if name_key(answers.name) in names]
    of_member = Q(member_id__in=person.member_ids)
    RegistrationDraft.objects.filter(of_member | Q(pk__in=hers)).delete()
    _strike_out_of_drafts(person)


def _strike_out_of_drafts(person: Person) -> None:
    """Who brought another one, as the link said that led her here."""
    for draft in RegistrationDraft.objects.order_by("id").iterator():
        answers = opened(draft.answers) if bytes(draft.answers) else None
        if answers and (less := struck_out(person, answers.source)) != answers.source:
            RegistrationDraft.objects.filter(pk=draft.pk).update(
                answers=sealed(replace(answers, source=less))
            )


@forgets("registration.Import")
def _(person: Person) -> None:
    """Files in which she is written down go at once, and her name from those of files; whose file is being read now waits."""
    _call_otherwise(person)
    for work in Import.objects.filter(purged_at__isnull=True).order_by("id"):
        files = [UPLOADS.path_of(stored) for stored in work.files]
        if not any(is_named_in_file(person, path) for path in files):
            continue
        _throw_away(work.pk)


def _call_otherwise(person: Person) -> None:
    """Also files that were thrown away long ago are still called as they were."""
    for pk, file_name in Import.objects.values_list("pk", "file_name"):
        words = f"{file_name} {_BETWEEN_WORDS.sub(' ', file_name)}"
        if is_named_in(person, words.encode(), by_name=True):
            Import.objects.filter(pk=pk).update(file_name=f"…{Path(file_name).suffix[:LONGEST_SUFFIX]}")


def _throw_away(import_id: int) -> None:
    """Refuses what is being read, also what was begun while her name was looked for in it."""
    work = Import.objects.select_for_update(of=("self",), no_key=True).get(pk=import_id)
    if work.state in BUSY:
        raise Conflict(
            gettext("Berkas impor dengan data orang ini sedang dibaca. Coba lagi sesudah selesai.")
        )
    Import.objects.filter(pk=work.pk).update(
        purged_at=timezone.now(), mapping={}, refused_kinds={}, warned_kinds={}
    )
    for stored in work.files:
        transaction.on_commit(partial(UPLOADS.forget, stored))


for _rule in (
    Rule(
        code="registration.drafts",
        table="registration.RegistrationDraft",
        what=_lazy("Pendaftaran yang belum selesai"),
        kept_for=kept_for,
        is_dated=True,
        job="registration.forget_drafts",
        over=drafts_over,
    ),
    Rule(
        code="registration.desk_submissions",
        table="registration.DeskSubmission",
        what=_lazy("Catatan kiriman meja pendaftaran"),
        kept_for=lambda: timedelta(days=DESK_KEPT_DAYS),
        is_dated=False,
        job="registration.forget_desk_submissions",
        over=submissions_over,
    ),
    Rule(
        code="registration.import_files",
        table="registration.Import",
        what=_lazy("Berkas impor dan baris yang ditolak"),
        kept_for=lambda: timedelta(days=IMPORT_KEPT_DAYS),
        is_dated=False,
        job="registration.purge_import_files",
        over=files_over,
    ),
):
    keeps(_rule)
