"""What I was told stands on my own page whatever channel brought it; how I am told is my choice."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import to_officer, welcomed
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.actions import choose_own_preference, mark_own_read
from okoce.foundation.notifications.models import Message, Preference
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.errors import NotFound
from tests.pages import next_page, page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
PAGE, CHOOSE = "/saya/pesan", "/saya/pesan/atur"


def test_i_read_my_messages_and_say_so(phone_of: Phone) -> None:
    siti = member_with(name="Siti Aminah")
    welcomed(siti)
    browser = phone_of(siti)
    assert "1 pesan baru" in words(page(browser.get("/saya")).main)
    shown = page(browser.get(PAGE))
    assert f"Halo Siti Aminah, selamat datang di OK OCE. Nomor anggota Anda {siti.number}." in words(
        shown.main
    )
    newest = shown.select_one("main input[name=newest]")["value"]
    later = welcomed(siti, "2")
    assert browser.post(f"{PAGE}/dibaca", {"newest": newest}).status_code == 302
    assert set(Message.objects.filter(opened_since__isnull=True)) == {later}
    assert "1 pesan baru" in words(page(browser.get("/saya")).main)


def test_without_messages_the_page_says_so(phone_of: Phone) -> None:
    siti = member_with()
    assert "Belum ada pesan" in words(page(phone_of(siti).get(PAGE)).main)


def test_nobody_reads_or_marks_the_messages_of_somebody_else(phone_of: Phone) -> None:
    siti, other = member_with(name="Siti Aminah"), member_with(name="Rina")
    message = welcomed(siti)
    browser = phone_of(other)
    assert "selamat datang" not in words(page(browser.get(PAGE)).main)
    browser.post(f"{PAGE}/dibaca", {"newest": str(message.pk)})
    with pytest.raises(NotFound):
        mark_own_read(herself(other), To(member_id=siti.pk), message.pk)
    message.refresh_from_db()
    assert message.opened_since is None


def test_a_withdrawn_message_is_gone_from_the_page(phone_of: Phone) -> None:
    siti = member_with()
    welcomed(siti)
    Message.objects.update(state="withdrawn")
    assert "Belum ada pesan" in words(page(phone_of(siti).get(PAGE)).main)


def test_messages_to_a_record_that_was_merged_are_hers_too(phone_of: Phone) -> None:
    siti, older, oldest = (member_with(name="Siti Aminah") for _one in range(3))
    welcomed(older)
    message = welcomed(oldest)
    Member.objects.filter(pk=oldest.pk).update(merged_into=older)
    Member.objects.filter(pk=older.pk).update(merged_into=siti)
    browser = phone_of(siti)
    assert words(page(browser.get(PAGE)).main).count("selamat datang") == 2
    browser.post(f"{PAGE}/dibaca", {"newest": str(message.pk)})
    assert not Message.objects.filter(opened_since__isnull=True).exists()
    assert "pesan baru" not in words(page(browser.get("/saya")).main)


def test_i_choose_channel_and_language_and_may_stop(phone_of: Phone) -> None:
    siti = member_with()
    browser = phone_of(siti)
    for _time in range(2):
        answer = browser.post(CHOOSE, {"channel": "email", "language": "en", "is_stopped": "on"})
        assert answer.status_code == 302
    chosen = Preference.objects.get()
    assert (chosen.member_id, chosen.channel, chosen.language, chosen.is_stopped) == (
        siti.pk,
        "email",
        "en",
        True,
    )
    assert Event.objects.filter(kind="notifications.preference_chosen").count() == 1
    shown = page(browser.get(CHOOSE))
    assert [box["value"] for box in shown.select("main input[type=radio][checked]")] == ["email", "en"]


@pytest.mark.parametrize("typed", [{}, {"language": "xx"}, {"channel": "fax", "language": "id"}])
def test_what_is_not_offered_is_refused_and_nothing_changes(phone_of: Phone, typed: dict[str, str]) -> None:
    answer = phone_of(member_with()).post(CHOOSE, typed)
    assert page(answer, 422).select("[role=alert]")
    assert not Preference.objects.exists()


def test_nobody_chooses_for_somebody_else() -> None:
    siti, other = member_with(), member_with()
    with pytest.raises(NotFound):
        choose_own_preference(
            herself(other), To(member_id=siti.pk), channel="", language="en", is_stopped=True
        )
    assert not Preference.objects.exists()


def test_an_officer_reads_her_own_with_their_number_in_the_menu(
    desk: Callable[[Actor], Client], citra: Actor
) -> None:
    browser = desk(citra)
    mine, others = User.objects.latest("id"), User.objects.create(name="Lain", email="lain@contoh.id")
    message = to_officer(mine.pk)
    to_officer(others.pk, "2")
    shown = page(browser.get("/pesan"))
    assert "1/MoU" in words(shown.main)
    assert "2/MoU" not in words(shown.main)
    [item] = [link for link in shown.select("nav a") if link.get("href") == "/pesan"]
    assert "1" in words(item)
    browser.post("/pesan/dibaca", {"newest": str(message.pk + 5)})
    assert set(Message.objects.filter(opened_since__isnull=True).values_list("user_id", flat=True)) == {
        others.pk
    }
    browser.post("/pesan/atur", {"channel": "", "language": "id"})
    assert Preference.objects.get().user_id == mine.pk


def test_the_list_costs_the_same_and_goes_on_behind_its_last(phone_of: Phone) -> None:
    siti = member_with()
    browser = phone_of(siti)
    serial = iter(range(100))
    assert_constant_queries(
        lambda: browser.get(PAGE), lambda count: [welcomed(siti, str(next(serial))) for _one in range(count)]
    )
    welcomed(siti, "last")
    first = browser.get(PAGE)
    assert len(page(first).select("main .bullets li")) == 30
    assert len(page(browser.get(next_page(first))).select("main .bullets li")) == 1
    assert browser.get(f"{PAGE}?sesudah=abc").status_code == 200
