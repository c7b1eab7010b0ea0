"""A write that is repeated under its key: one record and the same answer; another body under the key is refused."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from okoce.foundation.api.idempotency import forget_old_answers
from okoce.foundation.api.models import IdempotentAnswer
from tests.callers import MEMBERS, Program, anis_program, person, program, territory_in_memory  # noqa: F401  (autouse)
from tests.together import together


@pytest.fixture
def ani() -> Program:
    return anis_program()


def members() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM members_member")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_same_key_and_body_give_the_same_answer(ani: Program) -> None:
    body = person()
    first, second = (ani.register(body, key="a") for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert members() == 1


@pytest.mark.django_db
def test_without_a_key_the_second_answer_says_that_she_is_known(ani: Program) -> None:
    body = person()
    assert [ani.register(body).status_code for _time in range(2)] == [201, 200]


@pytest.mark.django_db
def test_another_body_under_the_key_is_refused(ani: Program) -> None:
    ani.register(person(), key="a")
    answer = ani.register(person(), key="a")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("idempotency_key_reused")
    assert members() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_its_caller_and_operation(ani: Program) -> None:
    number = ani.register(person(), key="a").json()["number"]
    evidence = {"stage": "P2", "happened_on": "2018-03-01"}
    assert ani.post(f"{MEMBERS}/{number}/evidence", evidence, key="a").status_code == 201
    assert anis_program().register(person(), key="a").status_code == 201
    assert members() == 2


@pytest.mark.django_db
def test_a_refusal_is_not_kept(ani: Program) -> None:
    assert ani.register(person(name=""), key="a").status_code == 422
    assert ani.register(person(), key="a").status_code == 201
    assert IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db
def test_a_stranger_learns_nothing_by_a_key(ani: Program) -> None:
    body = person()
    ani.register(body, key="a")
    assert program().register(body, key="a").status_code == 403
    assert Program().register(body, key="a").status_code == 401


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day(ani: Program) -> None:
    body = person()
    ani.register(body, key="a")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=23))
    assert forget_old_answers() == 0
    assert ani.register(body, key="a").status_code == 201
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert ani.register(body, key="a").status_code == 200, "after a day the person is merely known"
    assert IdempotentAnswer.objects.count() == 1
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_old_answers() == 1


@pytest.mark.django_db
def test_answers_are_not_readable_in_the_database(ani: Program) -> None:
    ani.register(person(name="Wulandari"), key="a")
    assert b"Wulandari" not in bytes(IdempotentAnswer.objects.get().answer)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 201, "a\x7fb"])
def test_a_key_that_is_none_is_refused(ani: Program, key: str) -> None:
    answer = ani.register(person(), key=key)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert members() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_make_one_record() -> None:
    ani, body = anis_program(), person()
    answers: list[Any] = together(6, lambda _place: Program(ani.token).register(body, key="a"))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1
    assert members() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_without_a_key_make_one_record() -> None:
    ani, body = anis_program(), person(nik="3171045708900009")
    answers: list[Any] = together(6, lambda _place: Program(ani.token).register(body))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert members() == 1


@pytest.mark.django_db
@time_machine.travel("2018-03-15T05:00:00+00:00", tick=False)
def test_the_first_use_of_a_token_in_a_day_is_noted_once(ani: Program) -> None:
    ani.get(MEMBERS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_used_on::text FROM accounts_apitoken")
        assert cursor.fetchall() == [("2018-03-15",)]


@pytest.mark.django_db
def test_nobody_is_left_as_the_author_after_a_repeated_write(ani: Program) -> None:
    """A deed under a key joins the transaction of its note; the door is shut behind it all the same."""
    assert ani.register(person(), key="a").status_code == 201
    assert ani.register(person(name=""), key="b").status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('okoce.author', true)")
        assert cursor.fetchone() == ("",)
