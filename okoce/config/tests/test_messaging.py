"""Which channels the settings open, and how members are reached."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from okoce.community.groups.actions.groups import check_group, validate_group
from okoce.community.groups.models import GroupArea
from okoce.community.groups.tests.factories import active_group
from okoce.community.groups.tests.founders import PHONE, applied, items
from okoce.community.members.actions.departures import note_departure
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.privacy.actions.restrictions import restrict_for
from okoce.config.messaging import ConfiguredAdapters, Members
from okoce.dashboards.messages.tests.letters import noon, reachable, to_officer, welcomed
from okoce.demo.outbox import latest_messages
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.tests.people import account, granted
from okoce.foundation.notifications.mail import Mail
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.recipients import Recipient, To, recipients_of
from okoce.foundation.notifications.tests.people import sent_at
from okoce.foundation.notifications.whatsapp import CloudApi
from okoce.foundation.shared.days import today_wib
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db
JAYAPURA = "91.71.01"


@pytest.fixture(autouse=True)
def nothing_set(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    settings.OKOCE_WHATSAPP_PHONE_ID = settings.OKOCE_WHATSAPP_TOKEN = ""


def test_nothing_is_set_and_no_channel_is_open() -> None:
    assert ConfiguredAdapters().configured() == {}


def test_what_is_set_opens_its_channel(settings: Settings) -> None:
    settings.OKOCE_WHATSAPP_URL = "https://graph.facebook.com/v21.0"
    settings.OKOCE_WHATSAPP_PHONE_ID = "42"
    assert ConfiguredAdapters().configured() == {}, "without the token it is not set"
    settings.OKOCE_WHATSAPP_TOKEN = "secret"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail", "OK OCE <kabar@okoce.contoh>"
    assert ConfiguredAdapters().configured() == {
        "whatsapp": CloudApi("https://graph.facebook.com/v21.0", "42", "secret"),
        "email": Mail("okoce.contoh"),
    }


def test_a_demo_shows_its_messages_whatever_else_is_set(settings: Settings) -> None:
    settings.DEMO, settings.EMAIL_HOST = "2018", "mail"
    siti = reachable(name="Siti Aminah")
    welcomed(siti)
    assert sent_at(noon()) == 1
    with patch("django.utils.timezone.now", return_value=noon()):
        [shown] = latest_messages()
    assert (shown.phone, shown.text.startswith("Halo Siti Aminah, selamat datang")) == (siti.phone, True)
    assert Message.objects.get().state == "sent"


def test_a_demo_shows_them_at_night_too_where_nobody_is_woken(settings: Settings) -> None:
    night = noon().replace(hour=23)
    settings.DEMO, settings.OKOCE_WHATSAPP_PHONE_ID, settings.OKOCE_WHATSAPP_TOKEN = "none", "42", "secret"
    welcomed(reachable(name="Siti Aminah"))
    with patch.object(CloudApi, "send") as sent:
        assert sent_at(night) == 0
        assert not sent.called
    assert Message.objects.get().state == "waiting"
    settings.DEMO = "2018"
    assert sent_at(night) == 1
    with patch("django.utils.timezone.now", return_value=night):
        assert len(latest_messages()) == 1


def test_the_founder_of_a_demo_reads_that_she_was_validated(
    settings: Settings,
    citra: Actor,
    territory_in_memory: None,  # noqa: F811  (the fixture)
) -> None:
    settings.DEMO = "2018"
    group = applied()
    check_group(citra, group, items())
    validate_group(citra, group, today_wib(), is_led_by_founder=True)
    assert sent_at(noon().replace(hour=23)) == 1
    with patch("django.utils.timezone.now", return_value=noon().replace(hour=23)):
        [shown] = latest_messages()
    assert "sudah divalidasi sebagai komunitas OK OCE" in shown.text
    assert shown.phone == PHONE


def test_a_member_is_reached_where_she_lives_and_only_as_far_as_she_allows() -> None:
    siti = reachable(name="Siti", region=JAYAPURA, email="siti@contoh.id")
    silent = reachable(purposes=("programme",))
    found = Members().of([siti.pk, silent.pk, 0])
    assert found[siti.pk] == Recipient(
        "Siti", siti.phone or "", "siti@contoh.id", "WIT", may_be_written_to=True
    )
    assert found[silent.pk].may_be_written_to is False
    assert set(found) == {siti.pk, silent.pk}


def test_a_merged_record_is_reached_by_the_one_that_speaks_for_her() -> None:
    siti, older = reachable(name="Siti"), reachable(name="Siti lama")
    Member.objects.filter(pk=older.pk).update(merged_into=siti)
    assert Members().of([older.pk])[older.pk].phone == siti.phone


def test_all_records_of_a_person_are_known_the_one_that_speaks_for_her_first() -> None:
    oldest, older, siti = reachable(), reachable(), reachable()
    Member.objects.filter(pk=oldest.pk).update(merged_into=older)
    Member.objects.filter(pk=older.pk).update(merged_into=siti)
    hers = [siti.pk, older.pk, oldest.pk]
    assert Members().records_of([oldest.pk, siti.pk, 0]) == {oldest.pk: hers, siti.pk: hers}


def test_who_has_left_or_was_made_up_is_not_reached(settings: Settings) -> None:
    gone, made_up = reachable(), reachable(is_synthetic=True)
    note_departure(SYSTEM, gone, today_wib())
    assert Members().of([gone.pk, made_up.pk]) == {}
    settings.DEMO = "2018"
    assert set(Members().of([gone.pk, made_up.pk])) == {made_up.pk}


def test_whoever_restricted_what_her_data_is_used_for_is_not_written_to() -> None:
    siti = reachable(name="Siti")
    restrict_for(SYSTEM, siti, "Surat 3/2026")
    assert not Members().of([siti.pk])[siti.pk].may_be_written_to


def chair(region: str = "", **anchors: int) -> User:
    known = User.objects.count()
    user = account(
        name=f"Ketua {known}", phone=f"+62812000000{known:02d}", email=f"ketua{known}@okoce.contoh"
    )
    role = "pengurus_komunitas" if anchors else "petugas_kecamatan" if region else "sekretariat"
    granted(user, role, region, **anchors)
    return user


def zone_of_officer(user: User) -> str:
    to = To(user_id=user.pk)
    return recipients_of([to])[to].zone


def test_an_officer_sleeps_by_the_clock_of_where_she_serves() -> None:
    assert zone_of_officer(chair(JAYAPURA)) == "WIT"
    assert zone_of_officer(chair("91.71")) == "WIT"
    assert zone_of_officer(chair("")) == "WIB"
    twice = chair("")
    granted(twice, region="73.71")
    assert zone_of_officer(twice) == "WITA", "the narrower place is where she is"


def test_the_chair_of_a_komunitas_sleeps_by_the_clock_of_its_area() -> None:
    papua, nation = active_group("Mama Papua", JAYAPURA), active_group("Rukun Timur")
    assert zone_of_officer(chair(group_id=papua.pk)) == "WIT"
    assert zone_of_officer(chair(group_id=nation.pk)) == "WIB"
    with transaction.atomic(), opened_by(SYSTEM):
        GroupArea.objects.create(group=nation, region=JAYAPURA, from_on=today_wib())
    assert zone_of_officer(chair(group_id=nation.pk)) == "WIT"


def test_a_chair_in_papua_is_not_written_to_at_half_past_nine_in_the_evening(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail", "OK OCE <kabar@okoce.contoh>"
    to_officer(chair(group_id=active_group("Mama Papua", JAYAPURA).pk).pk)
    half_past_nine = noon() + timedelta(hours=7, minutes=30)  # 19.30 in Jakarta
    with patch.object(Mail, "send", return_value="id") as sent:
        assert sent_at(half_past_nine) == 0
        assert Message.objects.get().state == "waiting"
        assert not sent.called
        assert sent_at(half_past_nine + timedelta(hours=12)) == 1


def test_a_hundred_officers_are_found_with_as_many_queries_as_one() -> None:
    group = active_group("Mama Papua", JAYAPURA)
    people = [To(user_id=chair(group_id=group.pk).pk) for _number in range(5)]

    def queries(asked: list[To]) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert len(recipients_of(asked)) == len(asked)
        return len(seen)

    assert queries(people) == queries(people[:1])
