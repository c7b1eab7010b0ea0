"""Evidence as it is handed in: what may stand in it. Asked by the deed before it writes, and by whoever shows what it would do."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.access.permissions import VERIFY_STAGE
from okoce.foundation.shared.days import day_problem
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.pipeline.licences import read_licence_number
from okoce.pipeline.models import Evidence
from okoce.pipeline.requirements import BY_CODE, DEFAULT_OF_STAGE, KINDS_OF_STAGE
from okoce.pipeline.settling import Standing
from okoce.pipeline.states import EvidenceOrigin, EvidenceState, Stage
from okoce.pipeline.stating import worker_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenEvidence:
    """Evidence as it is handed in. `requirement` may stay empty where the stage has one; P3 knows the kind `visit`, P4 the
    kinds of permit."""

    stage: int
    happened_on: date
    requirement: str = ""
    kind: str = ""
    number: str = ""
    note: str = ""
    workers: int | None = (
        None  # P4: how many work in the business on that day by what she says, the owner included
    )
    origin: str = EvidenceOrigin.OFFICER.value
    partner: int | None = None  # the mitra that gave the class, the licence or the loan


def checked_evidence(given: GivenEvidence) -> GivenEvidence:
    """The same as it may be written down; raises Invalid with one entry a wrong field. Public: it looks at what it is given."""
    errors = [
        *_stage_errors(given),
        *_text_errors("number", _number(given)),
        *_text_errors("note", clean_text(given.note, 500)),
        *_worker_errors(given),
    ]
    problem = day_problem(given.happened_on)
    if problem:
        errors.append(FieldError("happened_on", problem))
    if errors:
        raise Invalid(errors)
    return GivenEvidence(
        stage=given.stage,
        happened_on=given.happened_on,
        requirement=given.requirement or DEFAULT_OF_STAGE[given.stage],
        kind=given.kind,
        number=str(_number(given)),
        note=str(clean_text(given.note, 500)),
        workers=given.workers,
        origin=given.origin,
        partner=given.partner,
    )


def _worker_errors(given: GivenEvidence) -> list[FieldError]:
    if given.workers is None:
        return []
    if given.stage != Stage.P4_PERMITS:
        return [
            FieldError("workers", _("Jumlah pekerja dicatat bersama bukti P4. Kosongkan untuk tahap lain."))
        ]
    return worker_errors(given.workers)


def _stage_errors(given: GivenEvidence) -> list[FieldError]:
    if given.stage not in VERIFY_STAGE:
        return [FieldError("stage", _("Bukti diserahkan untuk tahap P2 sampai P7. Pilih salah satunya."))]
    errors = []
    known = BY_CODE.get(given.requirement)
    if given.requirement and (known is None or known.stage != given.stage):
        errors.append(
            FieldError(
                "requirement", _("Syarat ini bukan syarat tahap itu. Kosongkan, atau pilih dari daftarnya.")
            )
        )
    kinds = KINDS_OF_STAGE.get(given.stage, ("",))
    if given.kind not in kinds:
        listed = ", ".join(kind for kind in kinds if kind)
        sentence = (
            _("Jenis bukti tidak dikenal. Pakai salah satu: %s.") % listed
            if listed
            else _("Tahap ini tidak mengenal jenis bukti. Kosongkan.")
        )
        errors.append(FieldError("kind", sentence))
    return errors


def _number(given: GivenEvidence) -> str | Unreadable:
    read = clean_text(given.number, 100)
    is_licence = given.stage == Stage.P4_PERMITS and not isinstance(read, Unreadable)
    return read_licence_number(given.kind, str(read)) if is_licence else read


def _text_errors(field: str, read: str | Unreadable) -> list[FieldError]:
    return [FieldError(field, f"{read.reason} {read.suggestion}")] if isinstance(read, Unreadable) else []


def same_evidence(standing: Standing, given: GivenEvidence) -> Evidence | None:
    """The row that says the same already, so that a double click hands in once. Public, likewise."""
    wanted = (given.stage, given.requirement, given.happened_on, given.kind, given.number)
    for proof in standing.evidence:
        said = (proof.stage, proof.requirement, proof.happened_on, proof.kind, proof.number)
        is_same_giver = given.partner in (None, proof.partner_id)
        if (
            said == wanted
            and is_same_giver
            and proof.state in (EvidenceState.CLAIMED, EvidenceState.VERIFIED)
        ):
            return proof
    return None


def far_partner() -> Invalid:
    """The refusal of a mitra that has never worked where somebody lives. Public: it is a sentence."""
    sentence = _("Mitra itu tidak melayani tempat tinggal anggota ini. Pilih dari daftarnya, atau kosongkan.")
    return Invalid([FieldError("partner", sentence)])
