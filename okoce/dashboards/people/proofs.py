"""Evidence on the page of a person, with the mitra that gave it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from okoce.community.partners.queries.partners import partners_seen
from okoce.foundation.access.actor import Actor
from okoce.pipeline.models import Evidence


@dataclass(frozen=True, slots=True)
class ShownProof:
    """One piece of evidence; the mitra by name, with the way to its page for whoever may open it."""

    proof: Evidence
    giver: str
    giver_href: str


def shown_proofs(
    actor: Actor, proofs: Iterable[Evidence], givers: Mapping[int, str], state: str
) -> list[ShownProof]:
    """Those in a state, in their order."""
    found = [proof for proof in proofs if proof.state == state]
    seen = partners_seen(actor, {proof.partner_id for proof in found if proof.partner_id is not None})
    return [
        ShownProof(
            proof,
            givers.get(proof.partner_id or 0, ""),
            reverse("partner_detail", args=[proof.partner_id]) if proof.partner_id in seen else "",
        )
        for proof in found
    ]
