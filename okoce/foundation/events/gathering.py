"""Works off the facts that reactions to many have yet to hear of: each is lost by none, and heard of again only after a kill."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction

from okoce.foundation.shared.jobs import JOBS, defer, find_jobs

AT_ONCE = 1_000
# materialized: as a plain subquery the planner may look for the oldest anew for each row, and take more than the most
_TAKE = """
WITH oldest AS MATERIALIZED (
  SELECT id FROM events_gatheredfact ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
) DELETE FROM events_gatheredfact WHERE id IN (SELECT id FROM oldest) RETURNING reaction, event_id
"""
logger = logging.getLogger(__name__)


def react_to_gathered() -> int:
    """React to all that has gathered; answers to how many facts."""
    find_jobs()
    heard = 0
    while taken := _react_once():
        heard += taken
    return heard


def _react_once() -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, {"most": AT_ONCE})
            taken = cursor.fetchall()
        waiting: dict[str, list[int]] = defaultdict(list)
        for reaction, event_id in taken:
            waiting[reaction].append(event_id)
        for reaction, event_ids in waiting.items():
            _react(reaction, sorted(event_ids))
    return len(taken)


def _react(reaction: str, event_ids: Sequence[int]) -> None:
    if reaction not in JOBS:
        logger.warning("nobody answers to %s any more, %d facts are let go", reaction, len(event_ids))
        return
    try:
        with transaction.atomic():
            JOBS[reaction].run(event_ids=event_ids)
    except Exception:
        # whichever of them it was: each is tried again by itself, and its own job tells
        logger.exception("%s failed with %d facts at once", reaction, len(event_ids))
        for event_id in event_ids:
            defer(reaction, event_ids=[event_id])
