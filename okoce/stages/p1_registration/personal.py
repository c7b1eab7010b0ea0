"""What registering leaves behind: drafts, notes of the desk, files of imports."""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_told, tells, told_rows
from okoce.foundation.personal.traces import is_named_in_file
from okoce.foundation.shared.errors import Conflict
from okoce.stages.p1_registration.applications.answers import opened, phone_hash
from okoce.stages.p1_registration.imports.storage import forget, path_of
from okoce.stages.p1_registration.models import DeskSubmission, Import, RegistrationDraft
from okoce.stages.p1_registration.states import BUSY

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
    """Hers, also one that was begun anew; another one's on the same telephone stays."""
    of_phone = RegistrationDraft.objects.filter(phone_hash__in=[phone_hash(phone) for phone in person.phones])
    told = {draft.pk: opened(draft.answers) for draft in of_phone if bytes(draft.answers)}
    hers = [pk for pk, answers in told.items() if answers.name in person.names or answers.nik in person.niks]
    of_member = Q(member_id__in=person.member_ids)
    RegistrationDraft.objects.filter(of_member | Q(pk__in=hers)).delete()


@forgets("registration.Import")
def _(person: Person) -> None:
    """Files in which she is written down go at once; whose file is being read now waits."""
    names = tuple(name.casefold() for name in person.names)
    for work in Import.objects.filter(purged_at__isnull=True).order_by("id"):
        if any(name in work.file_name.casefold() for name in names):
            Import.objects.filter(pk=work.pk).update(file_name="…")
        files = [path_of(stored) for stored in (work.stored_as, work.rejects_as) if stored]
        if not any(is_named_in_file(person, path) for path in files):
            continue
        if work.state in BUSY:
            raise Conflict(
                gettext("Berkas impor dengan data orang ini sedang dibaca. Coba lagi sesudah selesai.")
            )
        _throw_away(work)


def _throw_away(work: Import) -> None:
    Import.objects.filter(pk=work.pk).update(purged_at=timezone.now())
    for stored in (work.stored_as, work.rejects_as):
        transaction.on_commit(partial(forget, stored))
