"""The registers are read from the code: how long what is kept, with a dry run; and every table with a person, why and for whom."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.forgetting import forget_old_looks
from okoce.community.privacy.models import Look, PrivacyTerm
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.data_office.registers import (
    PROCESSING,
    record_of_processing,
    retention_dry_run,
    span_words,
)
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.personal.registry import FORGOTTEN, TOLD
from okoce.foundation.personal.retention import all_rules
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.cast import officer

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def indah() -> Actor:
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


def over(code: str) -> int:
    [rule] = [rule for rule in all_rules() if rule.code == code]
    return rule.over().count()


def test_the_dry_run_says_what_the_job_then_does_and_touches_nothing(
    desk: Desk, indah: Actor, ani: Actor
) -> None:
    for days in (400, 370, 10):
        note_look(ani, Sight.of(registered(), LookedAt.PERSON))
        newest = Look.objects.order_by("-id")[0]
        Look.objects.filter(pk=newest.pk).update(at=timezone.now() - timedelta(days=days))
    page = drawn(desk(indah).get("/data-pribadi/penyimpanan"))
    assert "Siapa yang melihat data siapa" in page
    assert "365 hari" in page
    # people read it: nothing is called as the code calls it
    assert not [name for rule in all_rules() for name in (rule.table, rule.job) if name in page]
    assert over("privacy.looks") == 2
    assert Look.objects.count() == 3
    assert forget_old_looks() == 2
    assert over("privacy.looks") == 0


def test_a_new_term_is_seen_at_once(indah: Actor, ani: Actor) -> None:
    note_look(ani, Sight.of(registered(), LookedAt.PERSON))
    Look.objects.update(at=timezone.now() - timedelta(days=10))
    assert over("privacy.looks") == 0
    PrivacyTerm.objects.create(code="looks_kept_days", value=5, from_on=today_wib(), source="Keputusan")
    assert over("privacy.looks") == 1
    assert "5 hari" in {one.kept_for for one in retention_dry_run()}


def test_every_rule_names_a_table_of_the_register() -> None:
    rules = all_rules()
    record_of_processing()
    assert {rule.table for rule in rules} <= set(TOLD) | set(FORGOTTEN)
    assert len(rules) >= 7


def test_every_table_with_a_person_stands_in_the_record_with_its_reason(desk: Desk, indah: Actor) -> None:
    answer = desk(indah).get("/data-pribadi/pemrosesan.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["Tabel"] for row in rows} == set(TOLD) | set(FORGOTTEN)
    assert all(row["Tujuan"] and row["Dasar"] and row["Data siapa"] and row["Dilihat oleh"] for row in rows)
    [consents] = [row for row in rows if row["Tabel"] == "members.Consent"]
    assert "Petugas pelindungan data" in consents["Dilihat oleh"]
    assert (consents["Ikut dalam unduhan orangnya"], consents["Dihapus bersama orangnya"]) == ("ya", "ya")
    assert "Mengikuti program" in drawn(desk(indah).get("/data-pribadi/pemrosesan"))


def test_every_feature_of_ours_that_keeps_people_says_why() -> None:
    record_of_processing()
    libraries = {"account", "admin", "mfa", "sessions", "usersessions", "socialaccount", "auth"}
    machinery = {"api", "demo", "verification"}
    features = {table.partition(".")[0] for table in set(TOLD) | set(FORGOTTEN)}
    assert features - set(PROCESSING) - libraries - machinery == set()


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(days=365), "365 hari"), (timedelta(hours=24), "24 jam"), (timedelta(minutes=20), "20 menit")],
)
def test_spans_are_said_in_the_largest_unit_that_fits(span: timedelta, words: str) -> None:
    assert span_words(span) == words


def test_the_auditor_reads_them_and_an_officer_of_a_place_does_not(
    desk: Desk, dewi: Actor, ani: Actor
) -> None:
    for page in ("penyimpanan", "pemrosesan", "pemrosesan.csv"):
        assert desk(dewi).get(f"/data-pribadi/{page}").status_code == 200
        assert desk(ani).get(f"/data-pribadi/{page}").status_code == 403
