"""What is there to review about somebody, for the walks of every page."""

from collections.abc import Callable

from okoce.community.members.models import DuplicateCandidate, Member
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.merges import Merge
from okoce.pipeline.tests.factories import registered
from tests.cast import SYSTEM


def reviews_of(member: Member) -> dict[str, Callable[[], int]]:
    """What is to be reviewed about somebody, and the merge of two others of the same place."""

    def doubts() -> list[int]:
        about = DuplicateCandidate.objects.filter(first=member).order_by("id")
        [pair, contradiction] = about.values_list("pk", flat=True)
        return [pair, contradiction]

    merges = Merge.objects.filter(kept__region=member.region).order_by("id")
    return {
        "candidate_id": lambda: doubts()[0],
        "contradiction_id": lambda: doubts()[1],
        "merge_id": lambda: merges.values_list("pk", flat=True)[0],
    }


def suspected(member: Member) -> None:
    """Somebody like her, something that contradicts her, and two records that were one person's."""
    twin, one, other = (registered(name=f"{member.name} Kedua", region=member.region) for _place in range(3))
    DuplicateCandidate.objects.queue("same_phone_similar_name", member.pk, twin.pk)
    DuplicateCandidate.objects.queue("contradiction", member.pk, None, "nama")
    merge_members(SYSTEM, one, other)
