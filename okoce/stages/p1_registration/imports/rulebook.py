"""The programme's rules as a chunk of rows asks for them: thousands of times, for few regions."""

from collections.abc import Mapping
from datetime import date

from okoce.pipeline.rules import Rule, all_rules, choose_rule, sequence_problem


class RuleBook:
    """The rules as they stood when the chunk was begun."""

    def __init__(self) -> None:
        self._rules = all_rules()
        self._by_region: dict[str, tuple[Rule, ...]] = {}

    def on(self, region: str, day: date) -> Rule:
        """The rule that holds in a kecamatan on a day."""
        rules = self._by_region.get(region)
        if rules is None:
            rules = tuple(
                rule for rule in self._rules if not rule.region or f"{region}.".startswith(f"{rule.region}.")
            )
            self._by_region[region] = rules
        for rule in rules:
            if (rule.from_on is None or rule.from_on <= day) and (
                rule.until_on is None or day < rule.until_on
            ):
                return rule
        return choose_rule(self._rules, region, day)  # raises, with its reason


def problem_with(rule: Rule, completed: Mapping[int, date], chain: int, stage: int, day: date) -> str | None:
    """Why the stage cannot be completed on that day. `chain` is `chain_of(completed)`: stages in it are fine under every rule."""
    if stage <= chain and stage in rule.offered:
        return None
    return sequence_problem(rule, completed, stage, day)


def chain_of(completed: Mapping[int, date]) -> int:
    """Up to which stage they follow each other without a gap and in order."""
    stage, before = 1, completed.get(1)
    while before is not None:
        day = completed.get(stage + 1)
        if day is None or day < before:
            return stage
        stage, before = stage + 1, day
    return 0
