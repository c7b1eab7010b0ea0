"""The pages of the association, for the matrix of the walk; a branch where each person lives, with its chair and a visit."""

from datetime import date

from okoce.community.association.actions.supports import note_support
from okoce.community.association.models import Branch, Position, Support, Tenure
from okoce.community.association.supporting import NewSupport
from okoce.community.association.tests.factories import branch_at, holding, someone
from okoce.community.groups.models import Group
from tests.cast import SYSTEM
from tests.house.pages import READS_FIGURES, UNPROCESSABLE, WITHDRAWS, Keys, Page

NOTES_SUPPORT = WITHDRAWS | {"pengurus_cabang", "pelatih", "direktorat_diklat"}
READS_ASSOCIATION = NOTES_SUPPORT | {"auditor"}
MANAGES_BRANCHES = WITHDRAWS | {"pengurus_cabang"}

ASSOCIATION_PAGES = {
    "association": Page(is_public=True),
    "branch_list": Page(READS_ASSOCIATION),
    "found_branch": Page(MANAGES_BRANCHES, takes_forms=True),
    "branch_detail": Page(READS_ASSOCIATION, about="branch"),
    "activate_branch": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "pause_branch": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "close_branch": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "appoint_holder": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "end_tenure": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "hand_over_tenure": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "change_naming": Page(MANAGES_BRANCHES, about="branch", post=UNPROCESSABLE),
    "layers": Page(READS_ASSOCIATION),
    "layers_in_public": Page(is_public=True),
    "tenure_list": Page(READS_ASSOCIATION),
    "position_list": Page(READS_ASSOCIATION),
    "write_position": Page(WITHDRAWS, takes_forms=True),  # for the whole association: no branch decides
    "end_position": Page(WITHDRAWS, takes_forms=True),
    "take_back_position": Page(WITHDRAWS, takes_forms=True),
    "decide_number": Page(WITHDRAWS, takes_forms=True),
    "support_list": Page(READS_ASSOCIATION),
    "unvisited_groups": Page(READS_ASSOCIATION),
    "group_supports": Page(READS_FIGURES, about="group", takes_forms=True, writers=NOTES_SUPPORT),
    "strike_support": Page(NOTES_SUPPORT, about="group", post=UNPROCESSABLE),
}


def associated(group: Group) -> None:
    """A branch where the komunitas is at home, its chair, and a visit."""
    holding(branch_at(group.region), someone(f"cabang {group.name}"), "ketua_cabang")
    note_support(SYSTEM, group, NewSupport("visit", date(2026, 5, 1), 60, "Mulai mencatat kas"))


def association_keys(region: str, group_id: int | None) -> Keys:
    """What addresses name of them."""
    return {
        "branch_id": lambda: Branch.objects.get(region=region).pk,
        "tenure_id": lambda: Tenure.objects.get(branch__region=region).pk,
        "position": lambda: "ketua_umum",
        "position_id": lambda: Position.objects.get(code="ketua_umum").pk,
        "support_id": lambda: Support.objects.get(group_id=group_id).pk,
    }
