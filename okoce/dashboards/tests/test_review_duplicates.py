"""The desk's pages about duplicates: the queue, two records side by side, deciding, undoing."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.events import ContradictionQueued
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import new_member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.trail import record
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import StageRecord
from okoce.pipeline.queries.merges import foretell
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import SYSTEM, completed, days_of, proof, registered, walked_to
from okoce.stages.p1_registration.actions import register_member
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN, officer
from tests.pages import next_page, page, posts, refusal, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NIK, OTHER_NIK = "3171044107900001", "3171044107900002"


def queued(first: Member, second: Member, reason: str = "same_phone_similar_name") -> DuplicateCandidate:
    DuplicateCandidate.objects.queue(reason, first.pk, second.pk)
    return DuplicateCandidate.objects.pair(first.pk, second.pk).get()


def pairs(count: int, region: str = SENEN) -> list[DuplicateCandidate]:
    return [
        queued(registered(name="Siti Aminah", region=region), registered(name="Siti Aminnah", region=region))
        for _pair in range(count)
    ]


def test_the_queue_shows_the_oldest_first_and_only_what_lies_wholly_in_ones_place(
    desk: Desk, ani: Actor, budi: Actor, citra: Actor
) -> None:
    first, second = pairs(2)
    queued(registered(name="Rahasia", region=COBLONG), registered(region=SENEN))
    listed = rows_of(desk(ani).get("/ganda"))
    assert [row[1] for row in listed] == [
        f"{row.first.number} · {row.second.number}" for row in (first, second)
    ]
    assert listed[0][0] == "Siti Aminah / Siti Aminnah"
    assert rows_of(desk(budi).get("/ganda")) == []
    assert len(rows_of(desk(citra).get("/ganda"))) == 3


def test_the_queue_is_narrowed_by_reason_and_by_territory(desk: Desk, citra: Actor) -> None:
    pairs(1)
    queued(registered(region=KEBAYORAN_BARU), registered(region=KEBAYORAN_BARU), "same_name_and_birth_date")
    queued(registered(region=COBLONG), registered(region=SENEN))
    client = desk(citra)
    assert [row[3] for row in rows_of(client.get("/ganda?alasan=same_name_and_birth_date"))] == [
        "Kebayoran Baru"
    ]
    for region, count in (("31", 2), ("31.71", 1), (SENEN, 1), ("32", 0)):
        assert len(rows_of(client.get(f"/ganda?wilayah={region}"))) == count, region
    for wrong in ("alasan=gaib", "wilayah=99", "sesudah=-1", "sesudah=99999999999999999999"):
        page(client.get(f"/ganda?{wrong}"), 422)


def test_only_regions_that_the_officer_sees_are_offered(desk: Desk, ani: Actor, citra: Actor) -> None:
    def offered(actor: Actor, query: str = "") -> list[str]:
        return [
            str(one["value"]) for one in page(desk(actor).get(f"/ganda{query}")).select("#id_wilayah option")
        ]

    ina = officer("ina", "petugas_skpd", Scope(region="31.71"), 31)
    assert offered(ani) == offered(ani, f"?wilayah={SENEN}") == ["", SENEN]
    assert offered(ina) == ["", "31.71"]
    below = offered(ina, "?wilayah=31.71")
    assert below[:2] == ["", "31.71"]
    assert SENEN in below
    assert all(code.startswith("31.71") for code in below[1:])
    assert len(offered(citra)) > 3
    for elsewhere in ("31", "32", COBLONG):
        page(desk(ani).get(f"/ganda?wilayah={elsewhere}"), 422)


def test_long_queues_come_in_pages_and_are_counted_to_a_hundred(desk: Desk, ani: Actor) -> None:
    people = [registered() for _person in range(17)]
    DuplicateCandidate.objects.bulk_create(
        DuplicateCandidate(first=one, second=other, reason="same_phone_similar_name")
        for place, one in enumerate(people)
        for other in people[place + 1 :]
    )
    client = desk(ani)
    answer = client.get("/ganda")
    assert "Menunggu: 100+" in words(page(answer).select_one("#h-pairs"))
    seen = {row[1] for row in rows_of(answer)}
    following = client.get(next_page(answer))
    assert len(seen | {row[1] for row in rows_of(following)}) == 100


def test_the_queue_costs_the_same_for_three_and_for_thirty(desk: Desk, ani: Actor) -> None:
    client = desk(ani)
    assert_constant_queries(lambda: client.get("/ganda"), pairs)


def test_the_page_of_a_pair_costs_the_same_however_much_hangs_on_both(desk: Desk, ani: Actor) -> None:
    candidate = pairs(1)[0]
    client = desk(ani)

    def grow(count: int) -> None:
        for place in range(count):
            day = date(2018, 2, 1 + place % 28)
            give_evidence(ani, candidate.first, proof(2, day, number=f"{place}-{count}"))
        pairs(count)

    assert_constant_queries(lambda: client.get(f"/ganda/{candidate.pk}"), grow)


def test_merges_cost_the_same_for_three_and_for_thirty(desk: Desk, ani: Actor, citra: Actor) -> None:
    client = desk(ani)

    def grow(count: int) -> None:
        for _merge in range(count):
            merge_members(citra, registered(), registered())

    assert_constant_queries(lambda: client.get("/ganda/digabung"), grow)


def test_both_records_stand_side_by_side_and_what_differs_is_said_in_words(desk: Desk, ani: Actor) -> None:
    first = registered(name="Siti Aminah", email="siti@contoh.id", business_name="Kue Siti")
    second = registered(name="Siti Aminnah", registered_on=date(2017, 12, 1))
    completed(second, p2=date(2018, 2, 1))
    shown = page(desk(ani).get(f"/ganda/{queued(first, second).pk}"))
    differing = [words(row.th).removesuffix(" berbeda") for row in shown.select("tr.differs")]
    assert {"Nama", "Surel", "Usaha", "Terdaftar"} <= set(differing)
    assert "Kecamatan" not in differing
    assert all("berbeda" in words(row.th) for row in shown.select("tr.differs"))
    assert shown.select_one(f"input[name=keep][value='{second.pk}']").has_attr("checked")
    assert "lebih banyak tahap selesai (2)" in words(shown.select_one("#id_keep"))
    [opened] = shown.select("#h-merge ~ details[open] summary")
    assert words(opened) == f"Bila {second.number} dipertahankan"
    told = words(shown.select_one("#h-merge").parent)
    assert "Tahap yang ikut atau menjadi selesai: P1, P2." in told
    assert "Isian kosong yang terisi:" in told


def test_the_officer_merges_into_the_record_she_chose_and_goes_on_to_the_next(desk: Desk, ani: Actor) -> None:
    first, second = pairs(2)
    client = desk(ani)
    answer = client.post(f"/ganda/{first.pk}/gabung", {"keep": first.second_id})
    assert answer["Location"] == f"/ganda/{second.pk}"
    assert Member.objects.get(pk=first.first_id).merged_into_id == first.second_id
    assert "Digabung ke" in words(page(client.get(answer["Location"])).select_one(".notice-verified"))


@pytest.mark.parametrize("keep", ["", "0", "abc", "stranger"])
def test_a_record_that_is_not_of_the_pair_is_refused_beside_the_field(
    desk: Desk, ani: Actor, keep: str
) -> None:
    [candidate] = pairs(1)
    value = str(registered().pk) if keep == "stranger" else keep
    shown = page(desk(ani).post(f"/ganda/{candidate.pk}/gabung", {"keep": value}), 422)
    assert shown.title.text.startswith("Kesalahan:")
    assert shown.select_one("#id_keep_error") is not None
    assert not Merge.objects.exists()


def test_two_different_nik_cannot_be_merged_and_the_page_says_so_before(desk: Desk, ani: Actor) -> None:
    first, second = registered(nik=NIK), registered(nik=OTHER_NIK)
    candidate = queued(first, second)
    client = desk(ani)
    shown = page(client.get(f"/ganda/{candidate.pk}"))
    assert "NIK yang berbeda" in words(shown.select_one("#h-merge").parent)
    assert f"/ganda/{candidate.pk}/gabung" not in posts(client.get(f"/ganda/{candidate.pk}"))
    refused = page(client.post(f"/ganda/{candidate.pk}/gabung", {"keep": first.pk}), 422)
    assert "NIK yang berbeda" in words(refused.select_one("main"))
    assert not Merge.objects.exists()


def test_what_is_foretold_is_what_happens(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(3, email="a@contoh.id", nik=NIK)
    before = StageRecord.objects.count()
    way, _other = foretell(citra, keep, absorb)
    assert StageRecord.objects.count() == before
    assert (way.refusal, way.completed, way.filled) == ("", (3,), ("email", "nik_masked"))
    assert way.moved["evidence"] == absorb.evidence.count()
    merge_members(citra, keep, absorb)
    assert set(days_of(keep)) == {1, 2, 3}
    assert Member.objects.get(pk=keep.pk).email == "a@contoh.id"


def test_visits_of_both_are_foretold_to_complete_p3(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(2)
    for member, days in ((keep, (2, 3)), (absorb, (4,))):
        for day in days:
            give_evidence(SYSTEM, member, proof(3, date(2018, 3, day), kind="visit"))
    assert foretell(citra, keep, absorb)[0].completed == (3,)


def test_a_broken_sequence_is_foretold(citra: Actor) -> None:
    keep, absorb = registered(region=SENEN), registered(region=COBLONG)
    completed(absorb, p4=date(2018, 3, 1))
    one, other = foretell(citra, keep, absorb)
    assert "P4" in one.refusal
    assert other.refusal == ""


def test_two_people_are_dismissed_with_a_note_and_the_decision_is_taken_back_with_a_reason(
    desk: Desk, ani: Actor
) -> None:
    [candidate] = pairs(1)
    client = desk(ani)
    answer = client.post(f"/ganda/{candidate.pk}/berbeda", {"note": "Kakak dan adik."})
    assert answer["Location"] == "/ganda"
    assert rows_of(client.get("/ganda")) == []
    assert len(rows_of(client.get("/ganda?status=berbeda"))) == 1
    page(client.post(f"/ganda/{candidate.pk}/buka-lagi", {"reason": ""}), 422)
    assert DuplicateCandidate.objects.get().state == "different"
    client.post(f"/ganda/{candidate.pk}/buka-lagi", {"reason": "KTP-nya sama."})
    assert DuplicateCandidate.objects.get().state == "open"


def test_a_note_that_is_too_long_is_said_and_not_lost(desk: Desk, ani: Actor) -> None:
    [candidate] = pairs(1)
    shown = page(desk(ani).post(f"/ganda/{candidate.pk}/berbeda", {"note": "x" * 501}), 422)
    assert shown.select_one("#id_note")["value"] == "x" * 501
    assert DuplicateCandidate.objects.get().state == "open"


def test_skipping_leads_to_the_next_one_and_around(desk: Desk, ani: Actor) -> None:
    first, second = pairs(2)
    client = desk(ani)
    for one, other in ((first, second), (second, first)):
        skip = page(client.get(f"/ganda/{one.pk}")).select_one("main .row-between a")
        assert (words(skip), skip["href"]) == ("Lewati", f"/ganda/{other.pk}")


def test_a_merge_is_undone_from_the_list(desk: Desk, ani: Actor) -> None:
    [candidate] = pairs(1)
    client = desk(ani)
    client.post(f"/ganda/{candidate.pk}/gabung", {"keep": candidate.first_id})
    [address] = posts(client.get("/ganda/digabung"))
    answer = client.post(address, follow=True)
    assert "Dibatalkan" in words(page(answer).select_one(".notice-verified"))
    assert not Member.objects.filter(merged_into__isnull=False).exists()
    assert posts(client.get("/ganda/digabung")) == []
    assert recount() == []


def test_an_undoing_that_is_refused_says_why_on_the_list(desk: Desk, citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(3)
    merge_members(citra, keep, absorb)
    give_evidence(SYSTEM, keep, proof(4, date(2018, 4, 1)))
    client = desk(citra)
    said = refusal(client.post(f"/ganda/digabung/{Merge.objects.get().pk}/batal"), 422)
    assert "P3" in said
    assert Merge.objects.get().undone_at is None


def test_somebody_outside_of_the_place_finds_neither_pair_nor_merge(
    desk: Desk, ani: Actor, budi: Actor, citra: Actor
) -> None:
    [candidate] = pairs(1)
    half = queued(registered(region=SENEN), registered(name="Rahasia", region=COBLONG))
    merge_members(citra, registered(), registered())
    merge = Merge.objects.get()
    client = desk(budi)
    assert client.get(f"/ganda/{candidate.pk}").status_code == 404
    for deed in (f"{candidate.pk}/gabung", f"{candidate.pk}/berbeda", f"digabung/{merge.pk}/batal"):
        assert client.post(f"/ganda/{deed}", {"keep": candidate.first_id}).status_code == 404
    for actor in (ani, budi):
        answer = desk(actor).get(f"/ganda/{half.pk}")
        assert answer.status_code == 404
        assert "Rahasia" not in answer.content.decode()
    assert DuplicateCandidate.objects.filter(state="open").count() == 2


def test_the_desk_counts_what_waits_for_this_officer(
    desk: Desk, ani: Actor, budi: Actor, gita: Actor
) -> None:
    pairs(2)
    for actor, said in ((ani, "Catatan ganda 2 menunggu"), (budi, "Catatan ganda"), (gita, "")):
        links = [words(link) for link in page(desk(actor).get("/anggota")).select("nav a[href='/ganda']")]
        assert links == ([said] if said else [])


def test_the_persons_page_leads_to_what_waits_about_her(desk: Desk, ani: Actor, gita: Actor) -> None:
    [candidate] = pairs(1)
    address = f"/anggota/{candidate.first.number}"
    assert page(desk(ani).get(address)).select_one(f"main a[href='/ganda/{candidate.pk}']") is not None
    assert page(desk(gita).get(address)).select_one("main a[href^='/ganda']") is None


def test_a_contradiction_shows_both_values_and_the_stored_one_stands(
    desk: Desk, ani: Actor, citra: Actor
) -> None:
    member = registered(name="Siti", phone="0812 3456 7890", nik=NIK)
    register_member(ani, new_member(name="Siti", phone="0812 3456 7890", nik=OTHER_NIK))
    candidate = DuplicateCandidate.objects.get()
    client = desk(ani)
    shown = words(page(client.get(f"/ganda/{candidate.pk}")).select_one("main table"))
    assert "3171••••••••0001" in shown
    assert "3171••••••••0002" in shown
    client.post(f"/ganda/{candidate.pk}/selesai", {"choice": "stored"})
    assert DuplicateCandidate.objects.get().state == "different"
    assert Member.objects.get(pk=member.pk).nik_masked == "3171••••••••0001"


def test_a_contradiction_is_settled_by_correcting_the_record(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti", phone="0812 3456 7890", nik=NIK)
    register_member(ani, new_member(name="Siti", phone="0812 3456 7890", nik=OTHER_NIK))
    candidate = DuplicateCandidate.objects.get()
    client = desk(ani)
    for value in ("", "123"):
        shown = page(client.post(f"/ganda/{candidate.pk}/selesai", {"choice": "came", "value": value}), 422)
        assert shown.select_one("#id_value_error") is not None
    assert DuplicateCandidate.objects.get().state == "open"
    client.post(f"/ganda/{candidate.pk}/selesai", {"choice": "came", "value": OTHER_NIK})
    assert DuplicateCandidate.objects.get().state == "different"
    assert Member.objects.get(pk=member.pk).nik_masked == "3171••••••••0002"


def test_a_correction_that_is_another_persons_queues_that_pair_instead(desk: Desk, ani: Actor) -> None:
    member, other = registered(nik=NIK), registered(nik=OTHER_NIK)
    DuplicateCandidate.objects.queue("contradiction", member.pk, None, "nik")
    candidate = DuplicateCandidate.objects.get()
    desk(ani).post(f"/ganda/{candidate.pk}/selesai", {"choice": "came", "value": OTHER_NIK})
    assert DuplicateCandidate.objects.get(pk=candidate.pk).state == "open"
    assert DuplicateCandidate.objects.pair(member.pk, other.pk).get().state == "open"
    assert Member.objects.get(pk=member.pk).nik_masked == "3171••••••••0001"


def test_what_stands_is_shown_as_of_now_and_in_words(desk: Desk, ani: Actor) -> None:
    member = registered(name="Siti", sex="female")
    DuplicateCandidate.objects.queue("contradiction", member.pk, None, "jenis_kelamin")
    with transaction.atomic(), opened_by(SYSTEM):
        came = {"jenis_kelamin": ["female", "male"]}
        record(ContradictionQueued(member_id=member.pk, field="jenis_kelamin"), subject=member, changes=came)
    address = f"/ganda/{DuplicateCandidate.objects.get().pk}"
    assert "Perempuan Laki-laki" in words(page(desk(ani).get(address)).select_one("main table tbody"))
    correct_member(ani, member, Correction(sex="male"))
    assert "Laki-laki Laki-laki" in words(page(desk(ani).get(address)).select_one("main table tbody"))


def test_a_contradiction_of_a_record_that_was_merged_keeps_what_came(desk: Desk, ani: Actor) -> None:
    kept, gone = registered(name="Siti"), registered(name="S", address="Jalan Kramat 1")
    DuplicateCandidate.objects.queue("contradiction", gone.pk, None, "alamat")
    with transaction.atomic(), opened_by(SYSTEM):
        came = {"alamat": ["Jalan Kramat 1", "Jalan Kramat 7"]}
        record(ContradictionQueued(member_id=gone.pk, field="alamat"), subject=gone, changes=came)
    merge_members(SYSTEM, kept, gone)
    waiting = DuplicateCandidate.objects.waiting().get()
    assert waiting.first_id == kept.pk
    assert "Jalan Kramat 7" in words(page(desk(ani).get(f"/ganda/{waiting.pk}")).select_one("main table"))


def test_a_field_that_no_deed_corrects_can_only_stand(desk: Desk, ani: Actor) -> None:
    member = registered()
    DuplicateCandidate.objects.queue("contradiction", member.pk, None, "p2_tanggal")
    candidate = DuplicateCandidate.objects.get()
    client = desk(ani)
    assert page(client.get(f"/ganda/{candidate.pk}")).select("input[value=came]") == []
    page(client.post(f"/ganda/{candidate.pk}/selesai", {"choice": "came", "value": "2018-02-01"}), 422)
    client.post(f"/ganda/{candidate.pk}/selesai", {"choice": "stored"})
    assert DuplicateCandidate.objects.get().state == "different"


def test_days_are_those_of_the_place_and_not_of_greenwich(desk: Desk, ani: Actor) -> None:
    late = datetime(2018, 5, 1, 20, tzinfo=UTC)  # 3 in the morning of 2 May in Jakarta
    pairs(1)
    DuplicateCandidate.objects.update(found_at=late)
    assert rows_of(desk(ani).get("/ganda"))[0][4] == "2 Mei 2018"
    merge_members(SYSTEM, *(registered() for _record in range(2)))
    with transaction.atomic(), opened_by(SYSTEM):
        Merge.objects.update(merged_at=late)
    told = desk(ani).post(f"/ganda/digabung/{Merge.objects.get().pk}/batal", follow=True)
    assert "seperti sebelum 2 Mei 2018" in words(page(told).main)


def test_the_history_of_the_kept_shows_the_others_past(desk: Desk, citra: Actor) -> None:
    keep, absorb = registered(), registered()
    correct_member(citra, absorb, Correction(email="lama@contoh.id"))
    merge_members(citra, keep, absorb)
    told = words(page(desk(citra).get(f"/anggota/{keep.number}/riwayat")).select_one("main"))
    assert "lama@contoh.id" in told
