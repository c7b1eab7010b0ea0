"""A version of an office that has not begun is taken back with a reason: nothing is deleted, and what held before goes on."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from okoce.community.association.actions.positions import end_position, take_back_position, write_position
from okoce.community.association.models import Position
from okoce.community.association.queries.positions import latest_version, offices_on
from okoce.community.association.queries.tenures import in_office, positions_for
from okoce.community.association.tests.factories import branch_at, holding, someone
from okoce.community.association.tests.test_write_positions import new, versions
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, Invalid, NotAllowed, NotFound, Refused
from tests.cast import SYSTEM, officer
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
FIRST = date(2018, 1, 1)
LIST = "/perkumpulan/jabatan/daftar"


def coming(code: str = "anggota_dewan", days: int = 10, **given: object) -> Position:
    day = today_wib() + timedelta(days=days)
    return write_position(SYSTEM, new(code=code, name="Anggota dewan pembina", from_on=day, **given))


def facts() -> int:
    return Event.objects.filter(kind="association.position_taken_back").count()


def test_what_was_taken_back_never_holds_and_the_version_before_goes_on(citra: Actor) -> None:
    row = coming()
    assert versions("anggota_dewan")[0][2] == row.from_on
    for _time in range(2):
        take_back_position(citra, row, "Salah ketik")
    row.refresh_from_db()
    assert (row.until_on, row.back_reason, facts()) == (row.from_on, "Salah ketik", 1)
    assert versions("anggota_dewan")[0] == ("Anggota dewan", FIRST, None)
    assert latest_version("anggota_dewan").name == "Anggota dewan"
    names = dict(positions_for(branch_at(), row.from_on))
    assert names["anggota_dewan"] == "Anggota dewan"


def test_its_day_is_free_again_and_another_version_can_be_written(citra: Actor) -> None:
    row = coming()
    take_back_position(citra, row, "Salah ketik")
    again = coming()
    assert again.pk != row.pk
    assert latest_version("anggota_dewan") == again
    with pytest.raises(IntegrityError), transaction.atomic(), opened_by(SYSTEM):
        Position.objects.filter(pk=row.pk).update(until_on=None, back_reason="")


def test_one_between_two_others_is_taken_out_of_their_row(citra: Actor) -> None:
    middle, last = coming(days=10), coming(days=20)
    take_back_position(citra, middle, "Tidak jadi")
    assert latest_version("anggota_dewan") == last
    assert versions("anggota_dewan")[0] == ("Anggota dewan", FIRST, last.from_on)
    take_back_position(citra, last, "Tidak jadi")
    assert versions("anggota_dewan")[0] == ("Anggota dewan", FIRST, None)


def test_an_end_that_was_decided_before_stays_decided(citra: Actor) -> None:
    day = today_wib() + timedelta(days=10)
    end_position(citra, "direktur_data", day)
    anew = coming("direktur_data", days=10)
    take_back_position(citra, anew, "Tidak jadi dilanjutkan")
    assert latest_version("direktur_data").until_on == day
    end_position(citra, "anggota_dewan", day + timedelta(days=5))
    take_back_position(citra, coming(), "Salah ketik")
    assert latest_version("anggota_dewan").until_on == day + timedelta(days=5)


def test_an_office_that_never_came_to_be_is_there_no_more(citra: Actor) -> None:
    made = write_position(citra, new(from_on=today_wib() + timedelta(days=3)))
    take_back_position(citra, made, "Rapat membatalkan")
    with pytest.raises(NotFound):
        latest_version(made.code)
    assert [one.is_taken_back for one in offices_on(today_wib()) if one.position.code == made.code] == [True]


def test_what_holds_already_is_not_taken_back(citra: Actor) -> None:
    today = write_position(citra, new(code="anggota_dewan", name="Lain", from_on=today_wib()))
    first = Position.objects.get(code="ketua_umum")
    for row in (today, first):
        before = versions(row.code)
        with pytest.raises(Refused, match="sudah berlaku sejak"), transaction.atomic():
            take_back_position(citra, row, "Salah ketik")
        assert (versions(row.code), facts()) == (before, 0)


def test_a_version_by_which_somebody_was_appointed_is_not_taken_back(citra: Actor) -> None:
    changed, made = coming(), write_position(citra, new(from_on=today_wib() + timedelta(days=3)))
    branch = branch_at()
    holding(branch, someone("dian"), "anggota_dewan", changed.from_on)
    holding(branch, someone("eka"), made.code, made.from_on)
    for row in (changed, made):
        before = versions(row.code)
        with pytest.raises(Refused, match="Sudah ada 1 masa jabatan"), transaction.atomic():
            take_back_position(citra, row, "Salah ketik")
        assert (versions(row.code), facts()) == (before, 0)


def test_whoever_holds_by_the_version_before_keeps_her_term(citra: Actor) -> None:
    branch = branch_at()
    holding(branch, someone("dian"), "anggota_dewan", date(2020, 1, 1))
    row = coming()
    take_back_position(citra, row, "Salah ketik")
    assert [one.position for one in in_office(branch, row.from_on)] == ["Anggota dewan"]


def test_without_a_reason_or_the_right_nothing_is_taken_back(citra: Actor) -> None:
    row = coming()
    chair = officer("ketua", "pengurus_cabang", Scope(region="31"), 71)
    tries: list[tuple[Actor, str, type[DomainError]]] = [
        (citra, " ", Invalid),
        (citra, "x" * 501, Invalid),
        (chair, "Salah ketik", NotAllowed),
    ]
    for actor, reason, refusal in tries:
        with pytest.raises(refusal), transaction.atomic():
            take_back_position(actor, row, reason)
        row.refresh_from_db()
        assert (row.until_on, row.back_reason, facts()) == (None, "", 0)


@pytest.fixture
def offices_as_before(transactional_db: None) -> Iterator[None]:
    """Offices are not emptied after a test of real threads, and no deed deletes one."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE association_position DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM association_position WHERE from_on > DATE '2018-01-01'")
        cursor.execute("UPDATE association_position SET until_on = NULL")
        cursor.execute("ALTER TABLE association_position ENABLE TRIGGER USER")


@pytest.mark.usefixtures("offices_as_before")
@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_back_at_once_do_it_once(citra: Actor) -> None:
    row = coming("bendahara_umum")
    answers = together(2, lambda _place: take_back_position(citra, row, "Salah ketik").until_on)
    assert answers == [row.from_on, row.from_on]
    assert facts() == 1
    assert versions("bendahara_umum")[0][2] is None


def test_it_is_taken_back_on_a_page_and_the_list_says_so(desk: Desk, citra: Actor) -> None:
    row, secretariat = coming(), desk(citra)
    address = f"{LIST}/{row.pk}/batalkan"
    assert address in str(page(secretariat.get(LIST)).main)
    assert "tidak jadi mulai" in words(page(secretariat.get(address)).main)
    assert "Tulis alasannya" in words(page(secretariat.post(address, {"reason": ""}), 422).main)
    assert secretariat.post(address, {"reason": "Salah ketik " * 20}).status_code == 302
    shown = page(secretariat.get(LIST))
    assert "Dibatalkan: Salah ketik" in words(shown.main)
    assert address not in str(shown.main)
    begun = Position.objects.get(code="ketua_umum")
    refused = secretariat.post(f"{LIST}/{begun.pk}/batalkan", {"reason": "Salah ketik"})
    assert "sudah berlaku sejak" in words(page(refused, 422).main)
    assert secretariat.get(f"{LIST}/999999/batalkan").status_code == 404
    chair = officer("ketua", "pengurus_cabang", Scope(region="31"), 71)
    assert desk(chair).get(address).status_code == 403
    assert "Batalkan" not in words(page(desk(chair).get(LIST)).main)
