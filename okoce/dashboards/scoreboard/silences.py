"""The hourly look at which komunitas have gone quiet: counted here as the board counts it, kept where komunitas are."""

from okoce.community.groups.actions.silences import note_silences
from okoce.community.groups.queries import active_groups_since
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.queries.boards import last_noted

HOUSE = Actor.system("silences")


def look_for_silences() -> int:
    """Note since when nothing was noted of each active komunitas; answers of how many that has changed."""
    groups = active_groups_since()
    noted = last_noted(list(groups), today_wib())
    since = {pk: noted.get(pk, validated_on) for pk, (_region, validated_on) in groups.items()}
    return note_silences(HOUSE, since)
