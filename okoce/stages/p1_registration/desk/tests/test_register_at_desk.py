"""An officer registers the person at the counter: on one screen, with a witnessed consent, once per key."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Consent, DuplicateCandidate, GuardianConsent, Member
from okoce.community.members.queries import consent_wordings
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today, today_wib
from okoce.foundation.shared.errors import DomainError
from okoce.pipeline.models import StageRecord
from okoce.pipeline.tests.factories import registered
from okoce.stages.p1_registration.desk.actions import register_at_desk
from okoce.stages.p1_registration.desk.forms import RegisterAtDesk
from okoce.stages.p1_registration.desk.tests.people import typed
from okoce.stages.p1_registration.models import DeskSubmission
from tests.cast import COBLONG, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]

REGISTER = "/meja/daftar"
MOST_STATEMENTS = 26  # of them three to know who asks, seven for the door and its savepoints
UNDATED_NIK = "3171043202900001"


def notice(answer: Any) -> str:
    return words(page(answer).select_one("#desk-work .notice"))


def wrong(answer: Any) -> dict[str, str]:
    """The sentences beside the fields of a refused form."""
    found = page(answer, 422).select(".field-invalid")
    return {str(field.select_one("[name]")["name"]): words(field.select_one(".error")) for field in found}


class TestAPerson:
    def test_is_registered_with_the_consent_that_the_officer_witnessed(self, desk: Desk, ani: Actor) -> None:
        client = desk(ani)
        group = active_group("Mawar")
        told = typed(nik="3171044107900001", group="mawar", birth_on="1 Juli 1990", sex="female", source="Pasar",
                     contact="on", business_name="Kue Siti", workers="2")  # fmt: skip
        answer = client.post(REGISTER, told)
        member = Member.objects.get()
        assert member.number in notice(answer)
        assert (member.name, member.birth_on, member.group_id) == ("Siti Aminah", date(1990, 7, 1), group.pk)
        assert (member.business.name, member.business.workers) == ("Kue Siti", 2)
        consents = {consent.purpose: consent for consent in Consent.objects.all()}
        assert set(consents) == {"programme", "contact"}
        officer_id = int(client.session["_auth_user_id"])
        given = consents["programme"]
        assert (given.witnessed_by, given.given_on, given.text_version) == (
            officer_id, today_wib(), consent_wordings(today_wib())["programme"].version,
        )  # fmt: skip
        assert StageRecord.objects.get().completed_on == today_wib()
        sentences = [line.sentence for line in history_of(ani, member)]
        assert any("di depan petugas" in sentence for sentence in sentences)

    def test_leaves_the_screen_ready_for_the_next_with_what_is_alike_for_all(
        self, desk: Desk, ani: Actor
    ) -> None:
        active_group("Mawar")
        answer = desk(ani).post(REGISTER, typed(group="Mawar", source="Pasar Senen", paper_on="02-05-2018"))
        shown = page(answer)
        kept = {
            name: shown.select_one(f"[data-desk-form] [name={name}]")
            for name in ("group", "source", "paper_on")
        }
        assert {name: field["value"] for name, field in kept.items() if field} == {
            "group": "Mawar", "source": "Pasar Senen", "paper_on": "02-05-2018",
        }  # fmt: skip
        assert not shown.select_one("#id_name").get("value")  # type: ignore[union-attr]  # it is there
        assert not shown.select_one("#id_consent").has_attr("checked")  # type: ignore[union-attr]  # it is there
        assert shown.select_one("#id_q").has_attr("autofocus")  # type: ignore[union-attr]  # it is there
        assert words(shown.select_one("#desk-lately")).count("OK-") == 1

    def test_whose_consent_is_missing_is_gone_on_with_at_the_box(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(REGISTER, typed(consent=""))
        assert page(answer, 422).select_one("[autofocus]")["id"] == "id_consent"  # type: ignore[index]  # it is there

    def test_on_paper_keeps_the_day_of_the_paper(self, desk: Desk, ani: Actor) -> None:
        desk(ani).post(REGISTER, typed(paper_on="02-05-2018"))
        member = Member.objects.get()
        assert (member.registered_on, member.consent_on) == (date(2018, 5, 2), date(2018, 5, 2))
        assert DeskSubmission.objects.get().is_paper
        assert Event.objects.filter(kind="registration.paper_form_typed", subject_id=member.pk).exists()

    def test_who_is_known_is_shown_and_not_doubled(self, desk: Desk, ani: Actor) -> None:
        member = registered(name="Siti Aminah", phone="081234567890")
        answer = desk(ani).post(REGISTER, typed(phone="0812 3456 7890", address="Jalan Baru"))
        assert f"{member.number}. Tidak ada yang diubah." in notice(answer)
        member.refresh_from_db()
        assert (Member.objects.count(), member.address) == (1, "")

    def test_who_is_known_otherwise_waits_for_review_and_that_is_said(self, desk: Desk, ani: Actor) -> None:
        registered(name="Siti Aminah", phone="081234567890", nik="3171044107900001")
        told = typed(name="Budi Santoso", phone="0813 0000 0000", nik="3171044107900001")
        client = desk(ani)
        for _sent in range(2):
            said = notice(client.post(REGISTER, told))
            assert "Tidak ada yang diubah." in said
            assert "akan memeriksanya" in said
        fields = DuplicateCandidate.objects.order_by("field").values_list("field", flat=True)
        assert list(fields) == ["nama", "telepon"]
        assert Member.objects.get().name == "Siti Aminah"

    def test_who_is_known_elsewhere_is_neither_revealed_nor_doubled(self, desk: Desk, ani: Actor) -> None:
        member = registered(name="Rahasia Benar", nik="3273025708900001", region=COBLONG)
        answer = desk(ani).post(REGISTER, typed(name="Siapa Saja", nik="3273025708900001"))
        assert "sudah terdaftar" in notice(answer)
        text = answer.content.decode()
        assert not [hint for hint in ("Rahasia", member.number, "Coblong") if hint in text]
        assert Member.objects.count() == 1

    def test_with_an_odd_nik_is_taken_with_a_warning(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(REGISTER, typed(nik=UNDATED_NIK))
        assert "bukan tanggal lahir" in words(page(answer).select_one(".notice-waiting"))
        assert Member.objects.get().nik_masked.startswith("3171")

    def test_whose_nik_says_otherwise_is_taken_with_a_warning(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(REGISTER, typed(nik="9971044107900001", birth_on="02-07-1990", sex="male"))
        text = words(page(answer).select_one("#desk-work"))
        assert [
            part for part in ("01-07-1990", "Jenis kelamin menurut NIK", "99.71.04") if part not in text
        ] == []
        assert Member.objects.count() == 1


class TestAMinor:
    BORN = (latest_today() - timedelta(days=15 * 366)).strftime("%d-%m-%Y")
    GUARDIAN = {
        "guardian_name": "Ibu Aminah",
        "guardian_phone": "081277778888",
        "guardian_relation": "parent",
        "guardian_agrees": "on",
    }

    def test_comes_in_with_whoever_answers_for_her(self, desk: Desk, ani: Actor) -> None:
        client = desk(ani)
        answer = client.post(REGISTER, typed(birth_on=self.BORN, **self.GUARDIAN))
        assert "Terdaftar" in notice(answer)
        noted = GuardianConsent.objects.get()
        assert (noted.name, noted.relation, noted.consent.purpose) == ("Ibu Aminah", "parent", "programme")
        assert (noted.witnessed_by, noted.phone_proven_since) == (int(client.session["_auth_user_id"]), None)

    def test_is_asked_for_a_guardian_and_nothing_is_lost(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(REGISTER, typed(birth_on=self.BORN))
        assert set(wrong(answer)) == set(self.GUARDIAN)
        shown = page(answer, 422)
        assert shown.select_one("[data-desk-guardian][open]")
        assert not Member.objects.exists()

    def test_needs_a_guardian_who_can_be_named(self, desk: Desk, ani: Actor) -> None:
        told = typed(birth_on=self.BORN, **self.GUARDIAN | {"guardian_phone": "12"})
        assert list(wrong(desk(ani).post(REGISTER, told))) == ["guardian_phone"]
        assert not Member.objects.exists()

    def test_on_a_paper_of_long_ago_is_judged_by_the_day_of_the_paper(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(REGISTER, typed(birth_on="01-02-2001", paper_on="02-05-2018"))
        assert "guardian_name" in wrong(answer)

    @pytest.mark.parametrize(("paper_on", "is_refused"), [("02-05-2010", False), ("02-05-1918", True)])
    def test_a_paper_from_before_the_first_term_is_judged_by_the_first_one(
        self, desk: Desk, ani: Actor, paper_on: str, is_refused: bool
    ) -> None:
        answer = desk(ani).post(REGISTER, typed(birth_on="01-02-1980", paper_on=paper_on))
        assert Member.objects.exists() != is_refused
        if is_refused:
            assert "paper_on" in wrong(answer)


class TestTheWords:
    def test_are_those_of_the_day_and_their_version_is_kept(self, desk: Desk, ani: Actor) -> None:
        client = desk(ani)
        shown = page(client.get("/meja"))
        current = consent_wordings(today_wib())["programme"]
        assert current.text in words(shown.select_one("[data-desk-form]"))
        client.post(REGISTER, typed(version=current.version))
        assert Consent.objects.get().text_version == current.version

    def test_of_a_paper_are_those_of_its_day(self, desk: Desk, ani: Actor) -> None:
        desk(ani).post(REGISTER, typed(version="2", paper_on="02-05-2018"))
        assert Consent.objects.get().text_version == "1"

    def test_that_were_shown_before_new_ones_came_stay(self, desk: Desk, ani: Actor) -> None:
        desk(ani).post(REGISTER, typed(version="1"))
        assert Consent.objects.get().text_version == "1"

    def test_that_never_were_are_not_believed(self, desk: Desk, ani: Actor) -> None:
        desk(ani).post(REGISTER, typed(version="99"))
        assert Consent.objects.get().text_version == consent_wordings(today_wib())["programme"].version


@pytest.mark.parametrize(("days", "kept"), [(0, 0), (1, 1), (7, 7), (8, 0), (-1, 0)])
def test_who_waited_on_a_device_keeps_the_day_of_the_consent_for_a_week(
    desk: Desk, ani: Actor, days: int, kept: int
) -> None:
    desk(ani).post(REGISTER, typed(taken_on=(today_wib() - timedelta(days)).isoformat()))
    member = Member.objects.get()
    assert member.registered_on == member.consent_on == today_wib() - timedelta(kept)


def test_one_person_costs_few_statements(desk: Desk, ani: Actor, django_assert_max_num_queries: Any) -> None:
    client, part = desk(ani), {"HX-Request": "true", "HX-Target": "desk-work"}
    client.post(REGISTER, typed())
    told = typed(birth_on="01-07-1990", nik="3171044107900001", contact="on", version="2")
    with django_assert_max_num_queries(MOST_STATEMENTS):
        client.post(REGISTER, told, headers=part)


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "S" * 200),
            ("name", "Siti 😀"),
            ("name", "12345"),
            ("phone", "08123456"),
            ("phone", "08123456789012345678"),
            ("phone", "\u202e0812abc"),
            ("nik", "317104410790000"),
            ("nik", "3171044107900000"),
            ("birth_on", "besok"),
            ("birth_on", (latest_today() + timedelta(days=1)).strftime("%d-%m-%Y")),
            ("birth_on", "31-02-1990"),
            ("paper_on", (latest_today() + timedelta(days=1)).strftime("%d-%m-%Y")),
            ("paper_on", "02-05-1918"),
            ("district", ""),
            ("district", "Negeri Dongeng"),
            ("district", "Coblong, Kota Bandung"),
            ("village", "31.71.03.1001"),
            ("village", "Dago"),
            ("group", "Tidak Ada"),
            ("workers", "banyak"),
            ("nib", "123"),
            ("sex", "lain"),
            ("consent", ""),
        ],
    )
    def test_is_told_beside_the_field_and_nothing_typed_is_lost(
        self, desk: Desk, ani: Actor, field: str, value: str
    ) -> None:
        told = typed(address="Jalan yang tidak boleh hilang", sector="Kuliner") | {field: value}
        if field == "consent":
            del told["consent"]
        answer = desk(ani).post(REGISTER, told)
        assert list(wrong(answer)) == [field], wrong(answer)
        shown = page(answer, 422)
        kept = {
            str(tag["name"]): tag.get("value", "")
            for tag in shown.select("[data-desk-form] input[type=text]")
        }
        lost = [name for name, text in told.items() if name in kept and kept[name] != text]
        assert lost == []
        assert words(shown.title).startswith("Kesalahan:")
        assert not Member.objects.exists()
        assert not DeskSubmission.objects.exists()

    @pytest.mark.parametrize("name", ["Y", "سيتي أمينة", "Nur ʿAin", "S" * 150])
    def test_what_is_a_name_is_taken_as_it_is(self, desk: Desk, ani: Actor, name: str) -> None:
        answer = desk(ani).post(REGISTER, typed(name=name))
        assert Member.objects.get().name == name
        assert name in notice(answer)

    def test_no_field_that_may_be_refused_when_empty_is_said_to_be_needless(
        self, desk: Desk, ani: Actor
    ) -> None:
        refused = desk(ani).post(REGISTER, typed(phone="", birth_on=TestAMinor.BORN))
        assert set(wrong(refused)) >= {"phone", *TestAMinor.GUARDIAN}
        shown = page(refused, 422)
        labels = [label for name in wrong(refused) for label in shown.select(f"label[for=id_{name}]")]
        assert len(labels) >= 4
        assert not [words(label) for label in labels if "boleh kosong" in words(label)]

    def test_is_told_all_at_once(self, desk: Desk, ani: Actor) -> None:
        answer = desk(ani).post(REGISTER, {"key": str(uuid.uuid4()), "birth_on": "x"})
        assert list(wrong(answer)) == ["district", "name", "phone", "birth_on", "consent"]

    def test_a_key_that_no_browser_makes_is_passed_over(self, desk: Desk, ani: Actor) -> None:
        client = desk(ani)
        for _again in range(2):
            client.post(REGISTER, typed(key="'; --"))
        assert Member.objects.count() == 2


class TestTheSameKey:
    def test_gives_the_same_person_and_no_second_one(self, desk: Desk, ani: Actor) -> None:
        client, told = desk(ani), typed()
        first, second = client.post(REGISTER, told), client.post(REGISTER, told)
        assert notice(first) == notice(second)
        assert Member.objects.count() == 1
        assert StageRecord.objects.count() == 1

    def test_comes_again_from_the_queue_as_what_it_is(self, desk: Desk, ani: Actor) -> None:
        client, told = desk(ani), typed()
        client.post(REGISTER, told)
        answer = client.post(REGISTER, told | {"taken_on": today_wib().isoformat()})
        assert "belum disimpan" not in notice(answer)

    def test_with_something_else_says_that_this_is_not_stored(self, desk: Desk, ani: Actor) -> None:
        client, told = desk(ani), typed()
        client.post(REGISTER, told)
        answer = client.post(REGISTER, told | {"name": "Siti Aminnah", "phone": "081200001111"})
        assert "belum disimpan" in notice(answer)
        assert Member.objects.get().name == "Siti Aminah"

    def test_of_another_officer_is_another_key(self, desk: Desk, ani: Actor, citra: Actor) -> None:
        told = typed()
        desk(ani).post(REGISTER, told)
        answer = desk(citra).post(REGISTER, told | {"name": "Agus", "phone": "081200001111"})
        assert "Terdaftar: Agus" in notice(answer)
        assert Member.objects.count() == 2

    def test_may_be_sent_again_after_a_refusal(self, desk: Desk, ani: Actor) -> None:
        client, told = desk(ani), typed(phone="12")
        assert client.post(REGISTER, told).status_code == 422
        assert "Terdaftar: Siti" in notice(client.post(REGISTER, told | {"phone": "081200001111"}))


@pytest.mark.django_db(transaction=True)
def test_twenty_of_one_key_at_once_are_one_person(ani: Actor) -> None:
    actor = actor_for_user(account_of(ani))
    told = typed()

    def send(_place: int) -> Any:
        form = RegisterAtDesk(told)
        assert form.is_valid()
        return register_at_desk(actor, form.submission())

    outcomes = together(20, send)
    assert [outcome for outcome in outcomes if isinstance(outcome, DomainError)] == []
    assert len({outcome.member.pk for outcome in outcomes}) == 1
    assert sum(not outcome.is_repeated for outcome in outcomes) == 1
    assert (Member.objects.count(), DeskSubmission.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Sukajdi", "Kecamatan “Sukajdi” tidak ditemukan. Mungkin maksudnya: Sukajadi, Kota Bandung, Jawa Barat; Sukasari, Kota"),
        ("Bandar", "Ada beberapa kecamatan “Bandar”: Bandar, Kabupaten Bener Meriah, Aceh; Bandar, Kabupaten Simalungun"),
        ("Kebayoran, Jakarta Selatan", "Kebayoran Lama, Kota Jakarta Selatan, DKI Jakarta; Kebayoran Baru, Kota"),
    ],
)  # fmt: skip
def test_a_kecamatan_that_is_not_one_is_told_with_those_nearby_first_and_each_once(
    desk: Desk, budi: Actor, written: str, said: str
) -> None:
    sentence = wrong(desk(budi).post(REGISTER, typed(district=written)))["district"]
    assert said in sentence
    paths = sentence.partition(": ")[2].rpartition(". ")[0].split("; ")
    assert len(paths) == len(set(paths))
    assert "Yang mungkin" not in sentence
