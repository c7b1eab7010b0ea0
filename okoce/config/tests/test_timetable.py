"""What is promised to happen by the clock stands in the timetable."""

from okoce.config.timetable import TIMETABLE
from okoce.foundation.personal.retention import all_rules


def test_every_rule_of_retention_names_a_job_of_the_timetable() -> None:
    jobs = {rule.job for rule in all_rules()}
    assert len(jobs) > 3
    assert jobs <= set(TIMETABLE)
