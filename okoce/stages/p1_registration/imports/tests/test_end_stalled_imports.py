"""An import that finds another worker at it looks again; one that nobody works off any more says so, and goes on when begun again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.alone import BusyElsewhere
from okoce.stages.p1_registration.imports import actions, runs
from okoce.stages.p1_registration.jobs import check_import, end_stalled_imports, run_import
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState
from tests.pages import page, words

pytestmark = pytest.mark.django_db
TEXT = "nama;telepon;kode_wilayah\nSiti;081234567801;31.71.04\nBudi;081234567802;31.71.04\n"


def begun(user: User) -> Import:
    work = actions.upload_members_file(actor_for_user(user), [TEXT.encode()], "anggota.csv")
    return actions.start_import(actor_for_user(user), work.pk)


@contextmanager
def in_other_hands(work: Import) -> Iterator[None]:
    """While another process is at it; that it ends, or is killed, gives the import back."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s), %s)", [runs.LOCK, work.pk])
            yield
            cursor.execute(
                "SELECT pg_advisory_unlock_all()"
            )  # at once; a killed one's is free a moment later
    finally:
        other.close()


def job_is(status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s WHERE task_name LIKE 'registration.%%_import'",
            [status],
        )


def test_who_finds_another_at_it_comes_again_and_takes_over(user: User) -> None:
    work = begun(user)
    with in_other_hands(work):
        with pytest.raises(BusyElsewhere):
            run_import(work.pk)
        work.refresh_from_db()
        assert (work.state, Member.objects.count()) == (ImportState.RUNNING, 0)
    run_import(work.pk)  # the other one was killed
    work.refresh_from_db()
    assert (work.state, work.new) == (ImportState.DONE, 2)
    with in_other_hands(work):
        run_import(work.pk)  # it is over: nothing is left to look at again


def test_a_dry_run_comes_again_likewise(user: User) -> None:
    work = actions.upload_members_file(actor_for_user(user), [TEXT.encode()], "anggota.csv")
    actions.check_import(actor_for_user(user), work.pk)
    with in_other_hands(work), pytest.raises(BusyElsewhere):
        check_import(work.pk)
    check_import(work.pk)
    work.refresh_from_db()
    assert (work.state, work.new) == (ImportState.CHECKED, 2)


def test_one_that_no_job_will_work_off_any_more_says_so_and_goes_on_when_begun_again(
    client: Client, user: User
) -> None:
    work = begun(user)
    job_is("failed")
    with in_other_hands(work):
        end_stalled_imports()
        work.refresh_from_db()
        assert work.state == ImportState.RUNNING, "somebody is at it"
    end_stalled_imports()
    work.refresh_from_db()
    assert (work.state, work.finished_at is not None) == (ImportState.FAILED, True)
    client.force_login(user)
    assert "tetap terhenti karena gangguan pada sistem" in words(page(client.get(f"/impor/{work.pk}")).main)
    client.post(f"/impor/{work.pk}/mulai")
    run_import(work.pk)
    work.refresh_from_db()
    assert (work.state, work.new, work.error) == (ImportState.DONE, 2, "")


@pytest.mark.parametrize("status", ["todo", "doing"])
def test_one_that_will_be_tried_again_is_left_alone(user: User, status: str) -> None:
    work = begun(user)
    job_is(status)
    end_stalled_imports()
    work.refresh_from_db()
    assert work.state == ImportState.RUNNING
