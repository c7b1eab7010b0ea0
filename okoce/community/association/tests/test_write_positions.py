"""Which offices there are is decided by the secretariat from a day on; what was decided before stays as it was."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from okoce.community.association.actions.numbers import NewNumber, decide_number
from okoce.community.association.actions.positions import end_position, write_position
from okoce.community.association.models import AssociationTerm, Position, Tenure
from okoce.community.association.offices import NewPosition
from okoce.community.association.queries.branches import term_value
from okoce.community.association.queries.positions import offices_on
from okoce.community.association.queries.tenures import in_office, positions_for
from okoce.community.association.states import TermCode
from okoce.community.association.terms import begin
from okoce.community.association.tests.factories import branch_at, holding, someone
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from tests.cast import SYSTEM, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


def new(**given: object) -> NewPosition:
    told: dict[str, object] = {
        "code": "",
        "name": "Wakil ketua umum",
        "name_en": "Deputy general chair",
        "organ": "board",
        "is_single": True,
        "is_central": True,
        "role": "",
        "from_on": today_wib(),
    }
    return NewPosition(**{**told, **given})  # type: ignore[arg-type]  # a mapping


def versions(code: str) -> list[tuple[str, date, date | None]]:
    return list(
        Position.objects.filter(code=code).order_by("from_on").values_list("name", "from_on", "until_on")
    )


def facts() -> int:
    return Event.objects.filter(kind__startswith="association.position_").count()


@pytest.fixture
def chair() -> Actor:
    return officer("ketua", "pengurus_cabang", Scope(region="31"), 71)


def test_a_new_office_can_be_held_from_its_day_on(citra: Actor) -> None:
    made = write_position(citra, new())
    assert write_position(citra, new()) == made, "the same again is the one that stands"
    assert (made.code, facts()) == ("wakil_ketua_umum", 1)
    branch = branch_at()
    assert ("wakil_ketua_umum", "Wakil ketua umum") in positions_for(branch, today_wib())
    holding(branch, someone("dian"), made.code, today_wib())
    [one] = in_office(branch, today_wib())
    assert one.position == "Wakil ketua umum"


def test_another_version_holds_from_its_day_and_terms_that_run_keep_theirs(citra: Actor) -> None:
    branch = branch_at()
    tenure = holding(branch, someone("dian"), "anggota_dewan", date(2020, 1, 1))
    day = today_wib() + timedelta(days=10)
    write_position(
        citra, new(code="anggota_dewan", name="Anggota dewan pembina", is_central=False, from_on=day)
    )
    assert versions("anggota_dewan") == [
        ("Anggota dewan", date(2018, 1, 1), day),
        ("Anggota dewan pembina", day, None),
    ]
    assert Position.objects.get(code="anggota_dewan", from_on=day).is_central, "where an office is stays"
    assert not Tenure.objects.get(pk=tenure.pk).is_single
    assert in_office(branch, day)[0].position == "Anggota dewan"
    with pytest.raises(Refused):
        write_position(citra, new(code="anggota_dewan", name="Lain", from_on=day))
    assert len(versions("anggota_dewan")) == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name_en": "x" * 81}, "name_en"),
        ({"organ": "kabinet"}, "organ"),
        ({"role": "raja"}, "role"),
        ({"from_on": date(2020, 1, 1)}, "from_on"),
    ],
)
def test_what_cannot_be_an_office_is_refused_beside_its_field(
    citra: Actor, changed: dict[str, object], field: str
) -> None:
    before = Position.objects.count()
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        write_position(citra, replace(new(), **changed))  # type: ignore[arg-type]  # a mapping
    assert [wrong.field for wrong in refusal.value.errors] == [field]
    assert (Position.objects.count(), facts()) == (before, 0)


def test_an_office_that_somebody_holds_is_not_ended_and_another_one_is(citra: Actor) -> None:
    tenure = holding(branch_at(), someone("dian"), "ketua_umum", date(2020, 1, 1))
    day = today_wib() + timedelta(days=30)
    with pytest.raises(Refused, match="1 masa jabatan"), transaction.atomic():
        end_position(citra, "ketua_umum", day)
    assert versions("ketua_umum")[0][2] is None
    for _time in range(2):
        end_position(citra, "direktur_data", day)
    assert versions("direktur_data")[0][2] == day
    assert facts() == 1
    assert tenure.position not in {code for code, _name in positions_for(branch_at("31"), day)}
    with pytest.raises(Invalid), transaction.atomic():
        end_position(citra, "pembina", today_wib() - timedelta(days=1))
    with pytest.raises(NotFound), transaction.atomic():
        end_position(citra, "raja", day)


def test_a_branch_decides_on_no_office_and_nobody_else_either(chair: Actor, ani: Actor, dewi: Actor) -> None:
    before = Position.objects.count()
    for actor in (chair, ani, dewi):
        with pytest.raises(NotAllowed):
            write_position(actor, new())
        with pytest.raises(NotAllowed):
            end_position(actor, "direktur_data", today_wib())
    assert (Position.objects.count(), versions("direktur_data")[0][2]) == (before, None)


def test_the_database_wants_to_know_who_decides_and_deletes_none() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        Position.objects.filter(code="pembina").update(name="Lain")
    with pytest.raises(Exception, match="never deleted"), transaction.atomic():
        Position.objects.filter(code="pembina").delete()
    assert Position.objects.get(code="pembina").name == "Pembina"


@pytest.fixture
def offices_as_before(transactional_db: None) -> Iterator[None]:
    """Offices are not emptied after a test of real threads, and no deed deletes one."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE association_position DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM association_position WHERE from_on > DATE '2018-01-01'")
        cursor.execute("UPDATE association_position SET until_on = NULL")
        cursor.execute("ALTER TABLE association_position ENABLE TRIGGER USER")


def test_a_new_version_of_an_office_that_ends_later_ends_with_it(citra: Actor) -> None:
    day = today_wib() + timedelta(days=60)
    end_position(citra, "direktur_data", day)
    renamed = new(code="direktur_data", name="Direktur riset", from_on=today_wib())
    assert write_position(citra, renamed) == write_position(citra, renamed)
    assert versions("direktur_data") == [
        ("Direktur data dan riset", date(2018, 1, 1), today_wib()),
        ("Direktur riset", today_wib(), day),
    ]
    write_position(citra, replace(renamed, from_on=day))
    assert versions("direktur_data")[-1] == ("Direktur riset", day, None), "decided anew, it goes on"


@pytest.mark.usefixtures("offices_as_before")
@pytest.mark.django_db(transaction=True)
def test_an_office_does_not_end_while_somebody_is_being_appointed_to_it(
    citra: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends it comes just after the office was found to be there and before the term is written."""
    branch, dian = branch_at(), someone("dian")
    found, ended = threading.Event(), threading.Event()

    def slowly(*told: Any) -> Tenure:
        found.set()
        ended.wait(timeout=2)
        return begin(*told)

    monkeypatch.setattr("okoce.community.association.actions.tenures.begin", slowly)

    def decide(place: int) -> str:
        try:
            if place == 0:
                holding(branch, dian, "direktur_data", today_wib())
            else:
                found.wait(timeout=30)
                end_position(citra, "direktur_data", today_wib() + timedelta(days=1))
                ended.set()
        except Refused:
            return "refused"
        return "done"

    assert together(2, decide) == ["done", "refused"]
    assert versions("direktur_data")[0][2] is None


@pytest.mark.usefixtures("offices_as_before")
@pytest.mark.django_db(transaction=True)
def test_two_who_change_the_same_office_at_once_leave_one_version(citra: Actor) -> None:
    day = today_wib() + timedelta(days=5)
    before = versions("bendahara_umum")

    def write(place: int) -> str:
        try:
            return write_position(citra, new(code="bendahara_umum", name=f"Nama {place}", from_on=day)).name
        except Refused:
            return "refused"

    answers = together(2, write)
    assert sorted(answers)[1] == "refused"
    assert len(versions("bendahara_umum")) == len(before) + 1


def test_the_secretariat_writes_an_office_on_a_page_and_a_branch_reads_them(
    desk: Desk, citra: Actor, chair: Actor
) -> None:
    secretariat = desk(citra)
    form = {
        "name": "Juru bicara",
        "name_en": "Spokesperson",
        "where": "pusat",
        "organ": "secretariat",
        "role": "",
        "from_on": today_wib().isoformat(),
    }
    wrong = secretariat.post("/perkumpulan/jabatan/daftar/tulis", {**form, "name_en": "", "from_on": "kapan"})
    assert "Juru bicara" in str(page(wrong, 422).select_one("#id_name"))
    assert secretariat.post("/perkumpulan/jabatan/daftar/tulis", form).status_code == 302
    told = words(page(desk(chair).get("/perkumpulan/jabatan/daftar")).main)
    assert "Juru bicara" in told
    assert "Tambah jabatan" not in told
    again = secretariat.get("/perkumpulan/jabatan/daftar/tulis?dari=juru_bicara")
    assert page(again).select_one("#id_where") is None
    held = holding(branch_at(), someone("dian"), "juru_bicara", today_wib())
    refused = secretariat.post(
        "/perkumpulan/jabatan/daftar/juru_bicara/akhiri",
        {"until_on": (today_wib() + timedelta(days=1)).isoformat()},
    )
    assert "Masih ada 1 masa jabatan" in words(page(refused, 422))
    assert desk(chair).get("/perkumpulan/jabatan/daftar/tulis").status_code == 403
    for unknown in ("tulis?dari=raja", "tulis?dari=%00", "%00/akhiri"):
        assert secretariat.get(f"/perkumpulan/jabatan/daftar/{unknown}").status_code == 404
    assert [one.holders for one in offices_on(today_wib()) if one.position.code == held.position] == [1]


def test_a_list_of_many_offices_costs_the_queries_of_few(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)

    def grow(number: int) -> None:
        standing = Position.objects.count()
        for added in range(number):
            write_position(SYSTEM, new(name=f"Jabatan {standing + added}"))

    assert_constant_queries(lambda: secretariat.get("/perkumpulan/jabatan/daftar"), grow)


def test_a_number_is_another_from_tomorrow_on_and_the_one_of_today_stays(citra: Actor, chair: Actor) -> None:
    tomorrow = today_wib() + timedelta(days=1)
    wanted = NewNumber("last_notice_days", 14, tomorrow, "Keputusan sekretariat 7")
    assert decide_number(citra, wanted) == decide_number(citra, wanted)
    assert term_value(TermCode.LAST_NOTICE_DAYS, today_wib()) == 7
    assert term_value(TermCode.LAST_NOTICE_DAYS, tomorrow) == 14
    before = AssociationTerm.objects.count()
    with pytest.raises(Conflict), transaction.atomic():
        decide_number(citra, replace(wanted, value=15))
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        decide_number(citra, NewNumber("x", 0, today_wib(), " "))
    assert [wrong.field for wrong in refusal.value.errors] == ["code", "value", "from_on", "source"]
    with pytest.raises(NotAllowed):
        decide_number(chair, replace(wanted, from_on=tomorrow + timedelta(days=1)))
    assert AssociationTerm.objects.count() == before
    assert Event.objects.filter(kind="association.number_decided").count() == 1


def test_a_number_is_decided_on_a_page_and_read_beside_the_offices(desk: Desk, citra: Actor) -> None:
    secretariat, tomorrow = desk(citra), today_wib() + timedelta(days=1)
    form = {"code": "first_notice_days", "value": "120", "from_on": tomorrow.isoformat(), "source": "SK 8"}
    wrong = secretariat.post("/perkumpulan/angka", {**form, "value": "banyak"})
    assert "angka saja" in words(page(wrong, 422))
    assert secretariat.post("/perkumpulan/angka", form).status_code == 302
    assert "SK 8" in words(page(secretariat.get("/perkumpulan/jabatan/daftar")).main)
