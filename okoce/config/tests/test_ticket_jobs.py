"""What time does to tickets is on the timetable: going up, and being forgotten."""

from okoce.config.timetable import TIMETABLE
from okoce.foundation.personal.retention import all_rules


def test_tickets_go_up_within_minutes_and_are_forgotten_within_the_hour() -> None:
    assert TIMETABLE["tickets.keep_clocks"] == "*/5 * * * *"
    rules = {rule.code: rule.job for rule in all_rules() if rule.code.startswith("tickets.")}
    assert rules == {"tickets.tickets": "tickets.forget_old", "tickets.networks": "tickets.forget_old"}
    assert set(rules.values()) <= set(TIMETABLE)
