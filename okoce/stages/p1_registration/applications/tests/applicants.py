"""Somebody who registers herself: by the deeds, and in a browser without script."""

from typing import Any

from okoce.stages.p1_registration.applications.actions import (
    HERSELF,
    Agreement,
    Beginning,
    keep_agreement,
    prove_guardian,
    save_block,
    start_draft,
    verify_phone,
)
from okoce.stages.p1_registration.applications.queries import Draft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SENEN

PHONE = "+6281234567890"
AGREED = Agreement(purposes=("programme", "contact"), text_version="2")
TOLD: dict[DraftStep, dict[str, Any]] = {
    DraftStep.PERSON: {"name": "Siti Aminah", "birth_on": "1990-08-17", "sex": "female"},
    DraftStep.PLACE: {"region": SENEN, "village": ""},
    DraftStep.WORK: {"activity": "trading", "trade": "Keripik tempe"},
    DraftStep.GROUP: {"group_id": None},
}


def begun(phone: str = PHONE, **told: Any) -> Draft:
    """A draft whose number is verified."""
    return verify_phone(HERSELF, start_draft(HERSELF, Beginning(phone=phone, **told)).id, phone)


def filled(draft: Draft, until: DraftStep = DraftStep.CONSENT, **otherwise: Any) -> Draft:
    """The same draft with every block before `until`."""
    for step, told in TOLD.items():
        if step.place < until.place:
            telling = {name: otherwise.get(name, value) for name, value in told.items()}
            draft = save_block(HERSELF, draft.id, step, telling)
    return draft


def guarded(agreement: Agreement, **otherwise: Any) -> Draft:
    """The draft of a minor whose guardian's phone is proven."""
    draft = keep_agreement(HERSELF, whole(**otherwise).id, agreement)
    return prove_guardian(HERSELF, draft.id, draft.answers.guardian_phone)


def whole(phone: str = PHONE, **otherwise: Any) -> Draft:
    """A draft that waits for the consent alone."""
    return filled(begun(phone), **otherwise)
