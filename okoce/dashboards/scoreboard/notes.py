"""How far one komunitas has come, for its own page: its row of the board, with the same numbers by construction."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.organisations.board_notes import BoardNote
from okoce.dashboards.pictures import funnel_address
from okoce.dashboards.scoreboard.drawing import board_columns, board_row, target_sentence
from okoce.dashboards.scoreboard.scores import Score, each_groups_target, measures, score_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.web.numbers import count_text
from okoce.pipeline.models import Target


def board_told(actor: Actor, group_id: int) -> BoardNote | None:
    """None where it was never validated or has ended, and to whoever reads no figures of it."""
    score = score_of(actor, group_id)
    if score is None:
        return None
    target = each_groups_target(score.today)
    measure = target if target and measures(target, score.today) else None
    people = f"{reverse('member_list')}?{urlencode({'komunitas': group_id})}"
    return BoardNote(
        columns=board_columns(),
        rows=[board_row(score, measure)],
        sentences=(*_distance(score, measure), target_sentence(target, score.today)),
        people_href=people if actor.may(Permission.MEMBERS_READ) else "",
        funnel_href=funnel_address("", group_id=group_id),
    )


def _distance(score: Score, target: Target | None) -> tuple[str, ...]:
    """How many members, and how many are still missing."""
    told = {"members": count_text(score.members), "done": count_text(score.licensed)}
    if target is None:
        return (_("%(members)s anggota, %(done)s di antaranya berizin.") % told,)
    missing = target.value - score.licensed
    if missing <= 0:
        return (_("%(members)s anggota, %(done)s di antaranya berizin: target tercapai.") % told,)
    told["missing"] = count_text(missing)
    return (_("%(members)s anggota, %(done)s di antaranya berizin: masih kurang %(missing)s.") % told,)
