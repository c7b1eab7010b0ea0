from datetime import date

import pytest

from okoce.community.members.actions.corrections import Correction, correct_member, correct_own_contact
from okoce.community.members.actions.reviews import dismiss_duplicate
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
NIK = "3171044107900001"
OTHER_NIK = "3171044107900002"


def test_what_stood_before_and_stands_now_is_in_the_history(ani: Actor) -> None:
    member = member_with(name="Siti", phone="0812 3456 7890")
    corrected = correct_member(ani, member, Correction(name="Siti Aminah", phone="0813-1111-2222"))
    assert corrected.changed == ("name", "phone")
    now = Member.objects.get(pk=member.pk)
    assert (now.name, now.name_key, now.phone) == ("Siti Aminah", "siti aminah", "+6281311112222")
    line = history_of(ani, member)[0]
    assert line.sentence == "Data anggota diperbaiki: nama, telepon."
    assert line.changes == {"name": ["Siti", "Siti Aminah"], "phone": ["+6281234567890", "+6281311112222"]}


def test_the_trail_itself_holds_nothing_personal(ani: Actor) -> None:
    member = member_with(name="Siti")
    correct_member(ani, member, Correction(name="Aminah", nik=NIK, birth_on=date(1990, 7, 1)))
    told = " ".join(
        f"{event.payload} {bytes(event.changes or b'')!r}" for event in Event.objects.order_by("id")
    )
    assert not any(secret in told for secret in ("Aminah", NIK, "1990-07-01"))
    assert history_of(ani, member)[0].changes["nik_masked"] == ["", "3171••••••••0001"]


def test_what_is_the_same_already_changes_nothing(ani: Actor) -> None:
    member = member_with(name="Siti", nik=NIK)
    corrected = correct_member(ani, member, Correction(name="Siti", nik=NIK, sex=""))
    assert corrected.changed == ()
    assert not Event.objects.exists()


def test_an_emptied_text_is_empty_and_a_left_out_field_stays(ani: Actor) -> None:
    member = member_with(email="siti@contoh.id", address="Jalan Kramat 1")
    correct_member(ani, member, Correction(email=""))
    now = Member.objects.get(pk=member.pk)
    assert (now.email, now.address) == ("", "Jalan Kramat 1")


def test_a_phone_may_go_only_where_a_nik_stays(ani: Actor) -> None:
    without, with_nik = member_with(), member_with(nik=NIK)
    with pytest.raises(Invalid) as refusal:
        correct_member(ani, without, Correction(phone=""))
    assert [error.field for error in refusal.value.errors] == ["phone"]
    correct_member(ani, with_nik, Correction(phone=""))
    assert Member.objects.get(pk=with_nik.pk).phone is None


def test_every_wrong_field_is_named_and_nothing_changes(ani: Actor) -> None:
    member = member_with(name="Siti")
    with pytest.raises(Invalid) as refusal:
        correct_member(ani, member, Correction(name="=cmd()", phone="12", sex="x", birth_on=date(2999, 1, 1)))
    assert {error.field for error in refusal.value.errors} == {"name", "phone", "sex", "birth_on"}
    assert Member.objects.get(pk=member.pk).name == "Siti"
    assert not Event.objects.exists()


@pytest.mark.parametrize("correction", [Correction(nik=NIK), Correction(name="Budi", phone="0812 9999 0000")])
def test_data_of_another_person_go_to_the_review_queue(ani: Actor, correction: Correction) -> None:
    other = member_with(name="Budi", phone="0812 9999 0000", nik=NIK)
    member = member_with(name="Siti")
    for _click in range(2):
        corrected = correct_member(ani, member, correction)
        assert "daftar periksa" in corrected.conflict
    assert Member.objects.get(pk=member.pk).name == "Siti"
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.first_id, candidate.second_id) == (other.pk, member.pk)


def test_of_two_who_were_found_to_be_different_no_list_is_promised(ani: Actor, citra: Actor) -> None:
    member_with(name="Budi", phone="0812 9999 0000", nik=NIK)
    member = member_with(name="Siti")
    correct_member(ani, member, Correction(nik=NIK))
    dismiss_duplicate(citra, DuplicateCandidate.objects.get())
    before = Event.objects.count()
    told = correct_member(ani, member, Correction(nik=NIK)).conflict
    assert "orang yang berbeda" in told
    assert "masuk daftar periksa" not in told
    own = Actor("siti", None, (Grant("anggota", Scope(member_id=member.pk)),))
    Member.objects.filter(pk=member.pk).update(name="Budi", name_key="budi")
    herself = correct_own_contact(own, member, phone="0812 9999 0000").conflict
    assert "Bawa KTP ke petugas kecamatan" in herself
    assert "berbeda" not in herself, "what was decided about the two is not hers to read"
    assert Event.objects.count() == before
    assert Member.objects.get(pk=member.pk).nik_hash is None


def test_an_officer_of_another_area_finds_nobody_and_an_auditor_may_not(budi: Actor, dewi: Actor) -> None:
    member = member_with(name="Siti")
    with pytest.raises(NotFound):
        correct_member(budi, member, Correction(name="Lain"))
    with pytest.raises(NotAllowed):
        correct_member(dewi, member, Correction(name="Lain"))
    assert Member.objects.get(pk=member.pk).name == "Siti"
