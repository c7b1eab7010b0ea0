from dataclasses import dataclass
from datetime import date

import pytest

from okoce.pipeline.requirements import BY_CODE, DEFAULT_OF_STAGE, REQUIREMENTS, completed_on_by, missing_for
from okoce.pipeline.rules import Rule
from okoce.pipeline.states import Stage

MAY = [date(2018, 5, day) for day in range(1, 32)]


@dataclass
class Shown:
    stage: int
    happened_on: date
    kind: str = ""
    state: str = "verified"

    @property
    def requirement(self) -> str:
        return DEFAULT_OF_STAGE[self.stage]


def rule(licences: tuple[str, ...] = ("IUMK", "SKU", "NIB"), binding: tuple[str, ...] | None = None) -> Rule:
    codes = tuple(BY_CODE) if binding is None else binding
    return Rule("x", "X", "", None, None, True, frozenset(range(1, 8)), frozenset(codes), frozenset(licences))


def completed_on(*shown: Shown, stage: int, by: Rule | None = None) -> date | None:
    chosen = by or rule()
    return completed_on_by(shown, stage, lambda _day: chosen, chosen)


def test_every_stage_has_a_requirement_with_a_sentence() -> None:
    assert {requirement.stage for requirement in REQUIREMENTS} == set(Stage)
    assert all(str(requirement.sentence).endswith(".") for requirement in REQUIREMENTS)


@pytest.mark.parametrize("stage", [2, 5, 6, 7])
def test_an_officers_verified_evidence_meets_a_stage_on_its_first_day(stage: int) -> None:
    assert completed_on(Shown(stage, MAY[9]), Shown(stage, MAY[4]), stage=stage) == MAY[4]


@pytest.mark.parametrize("state", ["claimed", "refused", "withdrawn"])
def test_what_is_not_verified_counts_as_nothing(state: str) -> None:
    assert completed_on(Shown(2, MAY[0], state=state), stage=2) is None


def test_three_visits_on_different_days_complete_p3_on_the_third() -> None:
    visits = [Shown(3, MAY[day], "visit") for day in (4, 1, 8)]
    assert completed_on(*visits, stage=3) == MAY[8]


def test_three_visits_on_two_days_do_not() -> None:
    assert (
        completed_on(Shown(3, MAY[1], "visit"), Shown(3, MAY[1], "visit"), Shown(3, MAY[2], "visit"), stage=3)
        is None
    )


def test_one_officers_statement_completes_p3() -> None:
    assert completed_on(Shown(3, MAY[1], "visit"), Shown(3, MAY[3]), stage=3) == MAY[3]


def test_only_the_rules_kinds_of_permit_complete_p4() -> None:
    assert completed_on(Shown(4, MAY[1], "PIRT"), stage=4) is None
    assert completed_on(Shown(4, MAY[1], "PIRT"), Shown(4, MAY[6], "SKU"), stage=4) == MAY[6]
    assert completed_on(Shown(4, MAY[1], "IUMK"), stage=4, by=rule(licences=("NIB",))) is None


def test_a_historic_permit_of_unknown_kind_counts() -> None:
    assert completed_on(Shown(4, MAY[1], ""), stage=4) == MAY[1]


def test_where_the_rule_binds_nothing_any_verified_evidence_meets_the_stage() -> None:
    assert completed_on(Shown(4, MAY[1], "PIRT"), stage=4, by=rule(binding=())) == MAY[1]


def test_what_is_missing_is_said_in_sentences_until_it_is_shown() -> None:
    assert missing_for([], 4, lambda _day: rule(), rule()) == [
        "Izin usaha pertama yang sudah diperiksa: IUMK, SKU atau NIB."
    ]
    assert missing_for([Shown(4, MAY[0], "NIB")], 4, lambda _day: rule(), rule()) == []
