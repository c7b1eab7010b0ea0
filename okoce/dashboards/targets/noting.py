"""The targets of a komunitas as its own page tells them."""

from okoce.community.groups.queries import groups_in_sight
from okoce.community.organisations.target_notes import TargetNote, TargetNotes
from okoce.dashboards.pictures import funnel_address
from okoce.dashboards.targets.showing import shown_targets
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.pipeline.tallies import group_node


def targets_told(actor: Actor, group_id: int) -> TargetNotes | None:
    """Its own and those that are set to each; None where the reader may not read its numbers."""
    if group_id not in groups_in_sight(actor, Permission.PIPELINE_READ_FUNNEL):
        return None
    shown = shown_targets(actor, [group_node(group_id)])
    notes = tuple(
        TargetNote(
            line.name,
            line.state,
            line.tone,
            tuple(filter(None, (f"{line.share} = {line.reached}. {line.period}.", line.pace, *line.notes))),
        )
        for line in shown.lines
    )
    return TargetNotes(notes, f"{funnel_address('', group_id=group_id)}#h-targets", shown.common)
