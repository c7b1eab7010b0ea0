"""Which komunitas have gone quiet: counted here as the board counts it, kept where komunitas are, told by a look of that moment."""

from okoce.community.groups.actions.silences import note_silences, tell_of_silences
from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.dashboards.scoreboard.scores import quiet_since
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.queries.boards import last_noted

HOUSE = Actor.system("silences")


def look_for_silences() -> int:
    """Note since when nothing was noted of each active komunitas; answers of how many that has changed."""
    groups = list(Group.objects.filter(state=GroupState.ACTIVE).order_by("pk"))
    noted = last_noted([group.pk for group in groups], today_wib())
    since = {group.pk: day for group in groups if (day := quiet_since(group, noted.get(group.pk)))}
    return note_silences(HOUSE, since)


def look_and_tell() -> int:
    """Tell whoever should know which are quiet, or nearly. What an earlier look found may be days old after an outage, and what is
    told once cannot be taken back: so it looks first. Answers how many messages."""
    look_for_silences()
    return tell_of_silences(HOUSE)
