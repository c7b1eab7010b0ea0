"""Why synthetic people went no further: made up, like the people themselves.

No press article says how many stopped for which reason, and the programme could not say it either. The shares below are
ours; only which reasons occur at a step is told (Republika 28 August 2018 and Kompas, Media Indonesia, Koran Sindo of
September 2018 for P4; Kompas 18 September 2018 for the few mentors). More than half of every loss stays unknown.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from okoce.community.members.models import Member
from okoce.demo.history import END_OF_2018, END_OF_2020, Journey
from okoce.demo.people import phone_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.phones import parse_phone
from okoce.pipeline.actions.standstill_notes import Noted, NotTaken, StandstillNote, WhyNot, note_standstills
from okoce.pipeline.states import Stage, StandstillReason

# Of a hundred people who stand before a step, so many give this reason; the rest gives none.
R = StandstillReason
MADE_UP_SHARES: dict[int, dict[StandstillReason, int]] = {
    2: {
        R.WAITING_FOR_CLASS: 16, R.NO_TIME: 12, R.UNREACHABLE: 10, R.NOT_INTERESTED: 7, R.MOVED: 3,
        R.STOPPED_BUSINESS: 2,
    },
    3: {
        R.WAITING_FOR_MENTOR: 22, R.NO_TIME: 9, R.UNREACHABLE: 7, R.NOT_INTERESTED: 5, R.STOPPED_BUSINESS: 4,
        R.MOVED: 2,
    },
    4: {
        R.NEVER_APPLIED: 15, R.NO_NPWP: 11, R.DOCUMENTS_MISSING: 10, R.ZONE: 8, R.FORM_UNCLEAR: 5,
        R.WAITING_FOR_OFFICE: 3, R.UNREACHABLE: 3, R.STOPPED_BUSINESS: 1,
    },
    # The history ends with the licence: of what comes after it even less is known.
    5: {R.NEVER_APPLIED: 9, R.NO_TIME: 6, R.UNREACHABLE: 4, R.STOPPED_BUSINESS: 3, R.NOT_INTERESTED: 3},
    6: {R.NO_TIME: 8, R.FORM_UNCLEAR: 7, R.DOCUMENTS_MISSING: 5, R.NOT_INTERESTED: 3, R.UNREACHABLE: 2},
    7: {
        R.NEVER_APPLIED: 12, R.NOT_INTERESTED: 8, R.REFUSED_SLIK: 7, R.REFUSED_CAPACITY: 6, R.DOCUMENTS_MISSING: 4,
        R.NO_NPWP: 3,
    },
}  # fmt: skip
# Days between the completed stage and the day on which somebody asks why it did not go on: least, most, usual.
ASKED_AFTER = (7, 75, 21)
CHUNK = 10_000
# These can only be mistakes of ours; the others tell what people did in the demo since.
OUR_FAULT = {WhyNot.UNKNOWN_STEP, WhyNot.UNKNOWN_REASON, WhyNot.IMPOSSIBLE_DAY, WhyNot.REPEATED}

_REASONS = {step: tuple(shares) for step, shares in MADE_UP_SHARES.items()}
_LADDERS = {step: list(accumulate(shares.values())) for step, shares in MADE_UP_SHARES.items()}

Answer = tuple[int, StandstillReason, date]


def answers(journeys: Sequence[Journey], seed: int) -> Iterator[tuple[int, Answer]]:
    """The number of each person whose reason is known, with the step, the reason and since when.

    How many journeys follow does not change the answers of the first ones.
    """
    chance = Random(seed)
    for number, journey in enumerate(journeys):
        answer = _answer(journey, 100 * chance.random(), round(chance.triangular(*ASKED_AFTER)))
        if answer is not None:
            yield number, answer


def _answer(journey: Journey, place: float, wait: int) -> Answer | None:
    """None where nobody knows, and where the end of the history came before anybody asked."""
    reached = max(journey.stages, default=int(Stage.P1_REGISTRATION))
    if reached == Stage.P7_FINANCING:
        return None
    asked_on = journey.stages.get(reached, journey.registered_on) + timedelta(days=wait)
    last = END_OF_2018 if journey.registered_on <= END_OF_2018 else END_OF_2020
    known = bisect_right(_LADDERS[reached + 1], place)
    if asked_on > last or known == len(_LADDERS[reached + 1]):
        return None
    return reached + 1, _REASONS[reached + 1][known], asked_on


def note_reasons(actor: Actor, journeys: Sequence[Journey], seed: int) -> int:
    """Write the answers of the people who came in; returns how many are new. What is there already stays as it is."""
    ids = _synthetic_ids()
    notes = [
        StandstillNote(ids[phone], *answer)
        for number, answer in answers(journeys, seed)
        if (phone := str(parse_phone(phone_of(number)))) in ids
    ]
    told = [note_standstills(actor, notes[start : start + CHUNK]) for start in range(0, len(notes), CHUNK)]
    _require_sound(told)
    return sum(part.taken for part in told)


def _synthetic_ids() -> dict[str, int]:
    """Made-up people by telephone number; never a real person."""
    beginning = str(parse_phone(phone_of(0))).removesuffix("0" * 8)
    rows = Member.objects.counted().filter(is_synthetic=True, phone__startswith=beginning)
    return {phone: member_id for phone, member_id in rows.values_list("phone", "pk") if phone}


def _require_sound(told: Iterable[Noted]) -> None:
    wrong: list[NotTaken] = [note for part in told for note in part.not_taken if note.why in OUR_FAULT]
    if wrong:
        raise RuntimeError(f"the replay's own reasons were refused: {wrong[:3]}")
