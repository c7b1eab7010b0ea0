"""Is a komunitas, an officer or a pendamping of that name genuine? Asked by anybody; persons are masked, harvesting is slowed."""

from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.association.actions.branches import found_branch
from okoce.community.association.actions.tenures import end_tenure
from okoce.community.association.tests.factories import branch_at, holding
from okoce.community.groups.actions.groups import close_group, pause_group, reopen_group
from okoce.community.groups.actions.officers import appoint_officer, end_officer
from okoce.community.groups.models import Group
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, applied_group
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.partners import close_partner, pause_partner
from okoce.community.partners.tests.factories import active_partner, proposed
from okoce.community.privacy.actions.restrictions import restrict_for
from okoce.community.trust.actions.names import give_group_name, withdraw_name
from okoce.community.trust.rules import NewName
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.verification import brake
from tests.cast import SENEN, SYSTEM
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_span")]
SINCE, ENDED = date(2026, 1, 5), date(2026, 3, 1)


def asked(name: str, status: int = 200, **headers: str) -> str:
    return words(page(Client().get("/verifikasi/cari", {"nama": name}, **headers), status).main)  # type: ignore[arg-type]  # headers as WSGI names them


def person(name: str) -> User:
    made = User.objects.count()
    return create_user(
        SYSTEM, NewUser(name=name, email=f"orang{made}@okoce.contoh", phone=f"08133300{made:04}")
    )


def chair_of(group: Group, name: str) -> User:
    user = person(name)
    appoint_officer(SYSTEM, group, user.email or "", Term("chair", SINCE))
    return user


def test_a_komunitas_is_found_by_a_part_of_its_name_and_an_application_is_not() -> None:
    active_group("Mawar Senen", SENEN)
    applied_group("Mawar Palsu", SENEN)
    shown = asked("mawar")
    for part in ("Mawar Senen", "Asli dan berlaku", "2 Januari 2018", "Senen, Kota Jakarta Pusat"):
        assert part in shown
    assert "Palsu" not in shown


def test_one_that_closed_says_until_when() -> None:
    close_group(SYSTEM, active_group("Mawar Senen", SENEN), "Bubar")
    shown = asked("Mawar Senen")
    assert "Sudah berakhir" in shown
    assert "Sampai" in shown


def test_whoever_serves_a_komunitas_and_its_name_rest_and_go_on_with_it() -> None:
    group = active_group("Mawar Senen", SENEN)
    give_group_name(SYSTEM, group, NewName("OK OCE Mawar", "Gratis", SINCE))
    user = chair_of(group, "Rahayu Mawar")
    grant_role(SYSTEM, user, "penggerak", Anchors(group_id=group.pk), SINCE)
    questions = {"Mawar Senen": 1, "OK OCE Mawar": 1, "Rahayu Mawar": 2}
    pause_group(SYSTEM, group, "Sepi")
    for name, count in questions.items():
        shown = asked(name)
        assert shown.count("Hari ini tidak berlaku") == count, name
        assert "Asli dan berlaku" not in shown
    assert "Mawar Senen berhenti sementara." in asked("Rahayu Mawar")
    reopen_group(SYSTEM, group, "Ramai lagi")
    for name, count in questions.items():
        assert asked(name).count("Asli dan berlaku") == count, name


def test_whoever_serves_a_mitra_rests_with_it() -> None:
    partner = active_partner("Bank Maju")
    grant_role(SYSTEM, person("Eka Putri"), "petugas_bank", Anchors(partner_id=partner.pk), SINCE)
    assert "Asli dan berlaku" in asked("Eka Putri")
    pause_partner(SYSTEM, partner, "Ditata ulang")
    shown = asked("Eka Putri")
    assert "Hari ini tidak berlaku" in shown
    assert "Asli dan berlaku" not in shown


def test_a_permitted_name_is_found_and_a_withdrawn_one_says_so() -> None:
    group = active_group("Melati", SENEN)
    one = give_group_name(SYSTEM, group, NewName("OK OCE Sejahtera", "Gratis", SINCE))
    assert "Dipakai oleh: Melati." in asked("oce sejahtera")
    withdraw_name(SYSTEM, one, "Menarik biaya")
    shown = asked("oce sejahtera")
    assert "Dicabut" in shown
    assert "Menarik biaya" not in shown


def test_an_officer_is_found_by_her_whole_name_and_shown_masked() -> None:
    group = active_group("Mawar", SENEN)
    user = chair_of(group, "Siti Wulandari")
    answer = Client().get("/verifikasi/cari", {"nama": " siti  WULANDARI "})
    shown = words(page(answer).main)
    for part in ("S*** W***", "Ketua komunitas", "Mawar", "5 Januari 2026", "Asli dan berlaku"):
        assert part in shown
    assert "Penggerak" not in shown
    assert shown.count("S*** W***") == 1, "the grant that came with the office is not told again"
    for secret in (user.phone or "x", user.email or "x", "Wulandari"):
        assert secret not in answer.content.decode()
    for part_of_it in ("Siti", "Wulandari", "Siti W"):
        assert "Tidak tercatat" in asked(part_of_it)


def test_who_served_once_says_until_when() -> None:
    group = active_group("Mawar", SENEN)
    chair_of(group, "Siti Wulandari")
    end_officer(SYSTEM, group.officers.get(), ENDED)
    shown = asked("Siti Wulandari")
    assert "Sudah berakhir" in shown
    assert "Sampai 28 Februari 2026" in shown, "she is none any more since 1 March"
    assert "Asli dan berlaku" not in shown


@pytest.mark.parametrize(
    ("role", "anchors", "place"),
    [
        ("pendamping", Anchors(), "Pendamping"),
        ("petugas_kecamatan", Anchors(region=SENEN), "Senen, Kota Jakarta Pusat"),
        ("sekretariat", Anchors(), "Sekretariat PGO"),
    ],
)
def test_pendamping_and_officers_of_places_are_found(role: str, anchors: Anchors, place: str) -> None:
    grant_role(SYSTEM, person("Budi Santoso"), role, anchors, SINCE, today_wib() + timedelta(days=30))
    shown = asked("Budi Santoso")
    for part in ("B*** S***", place, "Asli dan berlaku", "Sampai"):
        assert part in shown


def test_a_banks_officer_is_told_with_the_bank() -> None:
    partner = active_partner("Bank Maju")
    grant_role(SYSTEM, person("Budi Santoso"), "petugas_bank", Anchors(partner_id=partner.pk), SINCE)
    assert "Bank Maju" in asked("Budi Santoso")


def test_who_holds_an_office_of_the_association_is_found_with_office_branch_and_days() -> None:
    user = person("Contoh Ketua Umum")
    holding(branch_at(), user.email or "", "ketua_umum", SINCE)
    shown = asked("contoh ketua UMUM")
    for part in ("C*** K*** U***", "Ketua umum", "Pusat", "5 Januari 2026", "Asli dan berlaku"):
        assert part in shown
    assert "Contoh Ketua Umum" not in shown
    assert "Tidak tercatat" in asked("Contoh Ketua")


def test_a_holder_who_agreed_is_named_while_she_serves_and_masked_afterwards() -> None:
    user = person("Rina Hartati")
    tenure = holding(branch_at("31"), user.email or "", "ketua_cabang", SINCE, is_named=True)
    shown = asked("rina hartati")
    for part in ("Rina Hartati", "Cabang DKI Jakarta", "Asli dan berlaku"):
        assert part in shown
    end_tenure(SYSTEM, tenure, ENDED, "Pindah kota")
    shown = asked("rina hartati")
    for part in ("R*** H***", "Sudah berakhir", "28 Februari 2026"):
        assert part in shown
    for secret in ("Rina Hartati", "Asli dan berlaku", "Pindah kota"):
        assert secret not in shown


def test_a_member_without_an_account_is_found_in_her_office() -> None:
    siti = member_with(name="Siti Wulandari")
    holding(branch_at(), siti.number, "ketua_umum", SINCE)
    assert "S*** W***" in asked("siti wulandari")
    restrict_for(SYSTEM, siti, "Surat 7")
    assert "Tidak tercatat" in asked("Siti Wulandari")


def test_an_office_taken_back_yet_to_begin_or_of_a_branch_only_planned_is_none() -> None:
    centre = branch_at()
    later = person("Besok Mulai")
    holding(centre, later.email or "", "ketua_umum", today_wib() + timedelta(days=3))
    back = person("Ditarik Kembali")
    end_tenure(SYSTEM, holding(centre, back.email or "", "sekretaris_jenderal", SINCE), SINCE, "Salah tulis")
    planned = found_branch(SYSTEM, "32", SINCE, "SK-7")
    holding(planned, person("Calon Ketua").email or "", "ketua_cabang", SINCE)
    for name in ("Besok Mulai", "Ditarik Kembali", "Calon Ketua"):
        assert "Tidak tercatat" in asked(name)


def test_a_mitra_is_found_by_a_part_of_its_name_and_a_proposal_is_not() -> None:
    active_partner("Bank Contoh")
    proposed("Bank Palsu")
    shown = asked("bank")
    for part in ("Bank Contoh", "Bank atau pemberi pinjaman", "DKI Jakarta", "Asli dan berlaku", "Sejak"):
        assert part in shown
    assert "Palsu" not in shown
    assert "Rina Hartati" not in shown, "who speaks for it is nobody's to read"


def test_a_mitra_that_rests_or_ended_says_so() -> None:
    pause_partner(SYSTEM, active_partner("Bank Istirahat"), "Pindah kantor")
    close_partner(SYSTEM, active_partner("Bank Tutup"), "Bubar")
    assert "Hari ini tidak berlaku" in asked("bank istirahat")
    shown = asked("bank tutup")
    assert "Sudah berakhir" in shown
    assert "Sampai" in shown


def test_who_meets_nobody_is_not_found() -> None:
    grant_role(SYSTEM, person("Fitri Ayu"), "administrator", Anchors(), SINCE)
    person("Dian Tanpa Tugas")
    later = person("Besok Mulai")
    grant_role(SYSTEM, later, "pendamping", Anchors(), today_wib() + timedelta(days=3))
    for name in ("Fitri Ayu", "Dian Tanpa Tugas", "Besok Mulai"):
        assert "Tidak tercatat" in asked(name)


def test_who_restricted_what_her_data_is_used_for_is_not_found() -> None:
    siti = member_with(name="Siti Wulandari")
    user = person("Siti Wulandari")
    User.objects.filter(pk=user.pk).update(member_id=siti.pk)
    grant_role(SYSTEM, user, "pendamping", Anchors(), SINCE)
    assert "S*** W***" in asked("Siti Wulandari")
    restrict_for(SYSTEM, siti, "Surat 7")
    assert "Tidak tercatat" in asked("Siti Wulandari")


@pytest.mark.parametrize(
    ("typed", "said"), [("ab", "paling sedikit"), ("x" * 300, "Terlalu panjang"), ("a\x00bc", "Ketik ulang")]
)
def test_what_cannot_be_asked_is_said_and_stays_typed(typed: str, said: str) -> None:
    answer = Client().get("/verifikasi/cari", {"nama": typed})
    shown = page(answer, 422)
    assert said in words(shown.main)
    assert shown.select_one("#id_nama")["value"][:1] == typed[:1]


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_the_empty_form(typed: str) -> None:
    assert "Yang tercatat" not in asked(typed)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "'; DROP TABLE", "%%%", "☺☺☺", "\u202eabc", "علي حسن"]
)
def test_what_somebody_types_breaks_nothing(typed: str) -> None:
    answer = Client().get("/verifikasi/cari", {"nama": typed})
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.content.decode()


def test_a_thousand_names_from_one_address_are_slowed_with_a_sentence_and_codes_are_not() -> None:
    active_group("Mawar", SENEN)
    statuses = [
        Client().get("/verifikasi/cari", {"nama": f"Orang {turn}"}).status_code for turn in range(100)
    ]
    assert statuses == [200] * brake.MOST_MISSED + [429] * (100 - brake.MOST_MISSED)
    assert "Terlalu banyak nama diperiksa dari jaringan ini. Tunggu 15 menit" in asked("Mawar", 429)
    assert Client().get("/verifikasi/cari", {"nama": "Mawar"})["Retry-After"] == str(brake.SPAN_SECONDS)
    assert Client().get("/verifikasi/KA-7RQ2-9XMP-3FDB").status_code == 404
    assert "Mawar" in asked("Mawar", REMOTE_ADDR="203.0.113.9")


def test_whoever_lists_all_komunitas_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    active_group("Mawar", SENEN)
    monkeypatch.setattr(brake, "MOST_ASKED", 3)
    for _turn in range(3):
        assert "Mawar" in asked("mawar")
    asked("mawar", 429)


def test_more_than_fit_are_cut_and_said_to_be() -> None:
    for place in range(25):
        active_group(f"Mawar {place:02}", SENEN)
    shown = asked("mawar")
    assert shown.count("Komunitas") >= 20
    assert "Mawar 24" not in shown
    assert "Tulis namanya lebih lengkap" in shown


def test_the_answer_costs_the_same_for_three_and_for_thirty() -> None:
    centre = branch_at()

    def grow(count: int) -> None:
        for _place in range(count):
            made = Group.objects.count()
            group = active_group(f"{made} Siti Aminah", SENEN)
            chair_of(group, "Siti Aminah")
            give_group_name(SYSTEM, group, NewName(f"OK OCE Siti Aminah {made}", "Gratis", SINCE))
            active_partner(f"{made} Siti Aminah")
            holding(centre, person("Siti Aminah").email or "", "anggota_dewan", SINCE)

    assert_constant_queries(lambda: Client().get("/verifikasi/cari", {"nama": "Siti Aminah"}), grow)


def test_the_search_is_named_where_codes_are_asked() -> None:
    assert page(Client().get("/verifikasi")).select_one('a[href="/verifikasi/cari"]')
    assert "no-store" in Client().get("/verifikasi/cari")["Cache-Control"]
